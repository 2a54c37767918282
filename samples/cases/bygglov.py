"""A building permit for a garage, applied for through an e-service and granted."""

from datetime import date, datetime, timedelta, timezone
from functools import cache

from samples.cases.parties import CONTACT, DIARY, EXAMPLE_NUMBER, TOWN, TOWN_ARCHIVE, board, classified
from samples.documents import formats
from samples.documents.drawings import facade, site_plan
from samples.documents.images import png, tiff
from samples.documents.letters import Letter
from samples.documents.pdf import pdf
from samples.documents.pdfa import pdf_a
from samples.documents.texts import form_xml
from samples.simulator.description import (
    Case,
    Delivery,
    Direction,
    Disposal,
    Document,
    Party,
    Record,
    Role,
    Status,
)

_BOARD = "Byggnadsnämnden i Exempelstad"
_ID = "BN 2026-000117"
_PROPERTY = "Exemplet 1:12"
_APPLICANT = Party(
    role=Role.SENDER,
    name="Siri Påhittsdotter",
    id_number=EXAMPLE_NUMBER,
    city="Exempelstad",
    phone="070-174 06 05",
    email="siri.pahittsdotter@example.se",
)
_OFFICER = Party(role=Role.RESPONSIBLE_PERSON, name="Anders Provberg", organisation=_BOARD, unit="Bygglovsenheten")


@cache
def delivery() -> Delivery:
    """Give the delivery with its one case."""
    return Delivery(
        identity="5f1c1c0e-8a52-4f0b-9a53-6a0c7d3a1b11",
        title="Byggnadsnämndens avslutade bygglov, mars 2026",
        created=datetime(2026, 4, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
        archival_creator=board(_BOARD),
        producer=TOWN,
        preservation=TOWN_ARCHIVE,
        system=DIARY,
        contact=CONTACT,
        agreement="EXSA 2025-44; 2025-12-01",
        reference_code="SE/EX/0021",
        archive="Byggnadsnämndens arkiv",
        cases=(_case(),),
    )


def _case() -> Case:
    return Case(
        id=_ID,
        system_number="417001",
        title=f"Ansökan om bygglov för garage, fastigheten {_PROPERTY}",
        type="Bygglov",
        status=Status.CLOSED,
        classification=classified("3.1.2", "Bygglov"),
        opened=date(2026, 1, 14),
        decided=date(2026, 3, 3),
        closed=date(2026, 3, 27),
        description="Nybyggnad av garage om 36 kvadratmeter på en bebyggd villatomt.",
        parties=(_OFFICER, _counterpart()),
        disposal=Disposal(disposable=False, mandate="Bevaras enligt nämndens plan", earliest=date(2026, 3, 27)),
        records=(_application(), _plans(), _opinion(), _decision()),
    )


def _counterpart() -> Party:
    return Party(
        role=Role.COUNTERPART,
        name=_APPLICANT.name,
        id_number=EXAMPLE_NUMBER,
        city=_APPLICANT.city,
        phone=_APPLICANT.phone,
        email=_APPLICANT.email,
    )


def _application() -> Record:
    fields = {
        "diarienummer": _ID,
        "inkommen": "2026-01-14",
        "sokande": _APPLICANT.name,
        "personnummer": EXAMPLE_NUMBER,
        "fastighet": _PROPERTY,
        "atgard": "Nybyggnad av garage",
        "byggnadsarea": "36 kvadratmeter",
        "kontrollansvarig": "Behövs inte enligt sökanden",
    }
    form = form_xml("https://example.se/e-tjanst/bygglov/1", "bygglovsansokan", fields)
    letter = Letter(
        sender=_APPLICANT.name,
        recipient=_BOARD,
        reference=_ID,
        dated=date(2026, 1, 14),
        title="Ansökan om bygglov",
        body="""\
Jag ansöker om bygglov för ett garage på min tomt, fastigheten Exemplet 1:12, Exempelgatan 12 i
Exempelstad.

Garaget blir 36 kvadratmeter, har träfasad i samma röda färg som bostadshuset och sadeltak med svart
plåt. Det placeras 4,5 meter från gränsen mot Exemplet 1:13.

# Bilagor

Situationsplan i skala 1:400 och fasadritningar i skala 1:100.
""",
        signature="Siri Påhittsdotter, Exempelstad den 14 januari 2026",
    )
    return Record(
        id=f"{_ID}:1",
        number=1,
        title="Ansökan om bygglov",
        type="Ansökan",
        direction=Direction.INCOMING,
        dated=date(2026, 1, 14),
        parties=(_APPLICANT,),
        documents=(
            Document(name="Ansökan om bygglov.pdf", content=pdf(letter), format=formats.PDF),
            Document(name="Ansökan om bygglov.xml", content=form, format=formats.XML),
        ),
    )


def _plans() -> Record:
    return Record(
        id=f"{_ID}:2",
        number=2,
        title="Situationsplan och fasadritningar",
        type="Ritning",
        direction=Direction.INCOMING,
        dated=date(2026, 1, 14),
        parties=(_APPLICANT,),
        documents=(
            Document(name="Situationsplan.tif", content=tiff(site_plan(_PROPERTY)), format=formats.TIFF),
            Document(name="Fasader söder och väster.png", content=png(facade(_PROPERTY)), format=formats.PNG),
        ),
    )


def _opinion() -> Record:
    letter = Letter(
        sender=_BOARD,
        recipient="Till nämnden",
        reference=_ID,
        dated=date(2026, 2, 16),
        title="Tjänsteutlåtande: bygglov för garage",
        body="""\
# Förslag till beslut

Nämnden beviljar bygglov för garaget.

# Ärendet

Ansökan kom in den 14 januari 2026 och var komplett samma dag. Tomten är bebyggd med ett bostadshus
om 130 kvadratmeter. Detaljplanen tillåter komplementbyggnader om sammanlagt 50 kvadratmeter.

# Bedömning

Åtgärden följer detaljplanen. Ägarna till Exemplet 1:13 har fått tillfälle att yttra sig och har
inget att invända. Placeringen är lämplig med hänsyn till stadsbilden, och sikten mot Exempelgatan
är god.
""",
        signature="Anders Provberg, bygglovshandläggare",
    )
    return Record(
        id=f"{_ID}:3",
        number=3,
        title="Tjänsteutlåtande",
        type="Tjänsteutlåtande",
        direction=Direction.INTERNAL,
        dated=date(2026, 2, 16),
        documents=(Document(name="Tjänsteutlåtande.pdf", content=pdf(letter), format=formats.PDF),),
    )


def _decision() -> Record:
    letter = Letter(
        sender=_BOARD,
        recipient=_APPLICANT.name,
        reference=_ID,
        dated=date(2026, 3, 3),
        title="Beslut om bygglov",
        body="""\
# Beslut

Byggnadsnämnden beviljar bygglov för garage på fastigheten Exemplet 1:12. Ingen kontrollansvarig
behövs.

# Skäl

Åtgärden följer detaljplanen och uppfyller kraven i 9 kap. 30 § plan- och bygglagen (2010:900).

# Upplysningar

Bygglovet slutar att gälla om åtgärden inte har påbörjats inom två år och avslutats inom fem år från
den dag beslutet fick laga kraft. Du får inte börja bygga innan nämnden har gett startbesked.

# Hur man överklagar

Beslutet kan överklagas till länsstyrelsen inom tre veckor från den dag du fick del av det. Skicka
överklagandet till byggnadsnämnden.
""",
        signature="På byggnadsnämndens vägnar: Berit Låtsasson, ordförande",
    )
    receiver = Party(role=Role.RECEIVER, name=_APPLICANT.name, city=_APPLICANT.city)
    return Record(
        id=f"{_ID}:4",
        number=4,
        title="Beslut om bygglov",
        type="Beslut",
        direction=Direction.OUTGOING,
        dated=date(2026, 3, 3),
        parties=(receiver,),
        documents=(Document(name="Beslut om bygglov.pdf", content=pdf_a(letter), format=formats.PDF_A_2B),),
    )
