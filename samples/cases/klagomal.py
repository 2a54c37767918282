"""A complaint about noise, sent by e-mail with a picture; a doctor's certificate in it is secret."""

from datetime import UTC, date, datetime
from functools import cache

from samples.cases.parties import CONTACT, DIARY, TOWN, TOWN_ARCHIVE, board, classified
from samples.documents import formats
from samples.documents.drawings import noisy_place
from samples.documents.images import jpeg
from samples.documents.letters import Letter
from samples.documents.mail import Mail, mail
from samples.documents.texts import text
from samples.documents.word import word
from samples.simulator.description import (
    Case,
    Delivery,
    Direction,
    Document,
    Party,
    Record,
    Restriction,
    RestrictionKind,
    Role,
    Status,
)

_BOARD = "Miljönämnden i Exempelstad"
_ID = "MN 2026/0093"
_NEIGHBOUR = Party(role=Role.SENDER, name="Gunnar Granneman", city="Exempelstad", email="gunnar.granneman@example.se")


@cache
def delivery() -> Delivery:
    """Give the delivery with its one case."""
    return Delivery(
        identity="3e1d7c52-6f0a-4f9e-8b43-51a2c7d90c01",
        title="Miljönämndens klagomålsärenden",
        created=datetime(2026, 6, 15, 8, 0, tzinfo=UTC),
        archival_creator=board(_BOARD),
        producer=TOWN,
        preservation=TOWN_ARCHIVE,
        system=DIARY,
        contact=CONTACT,
        agreement="EXSA 2026-03; 2026-01-20",
        reference_code="SE/EX/0040",
        archive="Miljönämndens arkiv",
        cases=(_case(),),
    )


def _case() -> Case:
    officer = Party(role=Role.RESPONSIBLE_PERSON, name="Lovisa Låtsasdotter", organisation=_BOARD, unit="Hälsoskydd")
    return Case(
        id=_ID,
        system_number="70093",
        title="Klagomål på buller från lastkaj vid Exempelgatan 3",
        type="Klagomål",
        status=Status.CLOSED,
        classification=classified("5.2.1", "Klagomål på miljö och hälsa"),
        opened=date(2026, 1, 15),
        decided=date(2026, 4, 22),
        closed=date(2026, 5, 29),
        parties=(officer, Party(role=Role.COUNTERPART, name="Påhittade Varor AB", city="Exempelstad")),
        records=(_complaint(), _certificate(), _inspection(), _decision()),
    )


def _complaint() -> Record:
    picture = Document(name="lastkaj.jpg", content=jpeg(noisy_place()), format=formats.JPEG)
    message = Mail(
        sender="Gunnar Granneman <gunnar.granneman@example.se>",
        receiver="miljo@exempelstad.example.se",
        subject="Klagomål på buller",
        sent=datetime(2026, 1, 15, 6, 52, tzinfo=UTC),
        message_id="20260115-0652-1@example.se",
        body="""\
Hej!

Lastbilarna vid Exempelgatan 3 står på tomgång från klockan fem varje morgon. Vi kan inte sova.
Jag bifogar en bild från i morse.

Hälsningar
Gunnar Granneman
""",
        attachment=picture,
    )
    return Record(
        id=f"{_ID}-1",
        number=1,
        title="Klagomål på buller",
        type="Klagomål",
        direction=Direction.INCOMING,
        dated=date(2026, 1, 15),
        parties=(_NEIGHBOUR,),
        documents=(
            Document(name="Klagomål på buller.eml", content=mail(message), format=formats.EMAIL),
            picture,
        ),
    )


def _certificate() -> Record:
    letter = Letter(
        sender="Påhittade vårdcentralen",
        recipient=_BOARD,
        reference=_ID,
        dated=date(2026, 2, 3),
        title="Läkarintyg",
        body="""\
Jag intygar att patienten har haft sömnsvårigheter under januari 2026 och att buller nattetid bidrar
till dem.

Intyget är påhittat och handlar inte om någon verklig person.
""",
        signature="Provdoktor Tora Test",
    )
    secret = Restriction(
        kind=RestrictionKind.CONFIDENTIAL,
        regulation="OSL 21 kap. 1 §",
        explanation="Uppgifter om enskilds hälsa",
        ends=date(2096, 2, 3),
    )
    return Record(
        id=f"{_ID}-2",
        number=2,
        title="Läkarintyg",
        type="Intyg",
        direction=Direction.INCOMING,
        dated=date(2026, 2, 3),
        restrictions=(secret,),
        documents=(Document(name="Läkarintyg.docx", content=word(letter), format=formats.DOCX),),
    )


def _inspection() -> Record:
    note = text("""\
Tjänsteanteckning från inspektion den 12 februari 2026, klockan 05.10-06.00

På plats: Lovisa Låtsasdotter.

Tre lastbilar stod på tomgång vid lastkaj 2. Den ekvivalenta ljudnivån vid fasaden på Exempelgatan 5
var 54 dBA. Riktvärdet för natt är 40 dBA.

Företaget har fått del av mätningen och ska yttra sig senast den 5 mars.
""")
    return Record(
        id=f"{_ID}-3",
        number=3,
        title="Anteckning från inspektion",
        type="Tjänsteanteckning",
        direction=Direction.INTERNAL,
        dated=date(2026, 2, 12),
        documents=(Document(name="Inspektion 2026-02-12.txt", content=note, format=formats.TEXT),),
    )


def _decision() -> Record:
    letter = Letter(
        sender=_BOARD,
        recipient="Påhittade Varor AB",
        reference=_ID,
        dated=date(2026, 4, 22),
        title="Beslut om försiktighetsmått mot buller",
        body="""\
# Beslut

Miljönämnden förelägger Påhittade Varor AB att se till att fordon inte går på tomgång vid lastkajen
mellan klockan 22 och 06.

# Skäl

Mätningen visar att riktvärdet för buller vid bostäder överskrids. Beslutet stöds på 26 kap. 9 §
miljöbalken.

# Hur man överklagar

Beslutet kan överklagas till länsstyrelsen inom tre veckor från den dag bolaget fick del av det.
""",
        signature="Enligt delegation: Lovisa Låtsasdotter",
    )
    receiver = Party(role=Role.RECEIVER, name="Påhittade Varor AB", city="Exempelstad")
    return Record(
        id=f"{_ID}-4",
        number=4,
        title="Beslut om försiktighetsmått",
        type="Beslut",
        direction=Direction.OUTGOING,
        dated=date(2026, 4, 22),
        parties=(receiver,),
        documents=(Document(name="Beslut om försiktighetsmått.docx", content=word(letter), format=formats.DOCX),),
    )
