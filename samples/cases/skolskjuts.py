"""A school matter: a pupil's application for school transport, with a report that is secret."""

from datetime import UTC, date, datetime
from functools import cache

from samples.cases.parties import CONTACT, DIARY, EXAMPLE_NUMBER, TOWN, TOWN_ARCHIVE, board, classified
from samples.documents import formats
from samples.documents.letters import Letter
from samples.documents.pdf import pdf
from samples.documents.pdfa import pdf_a
from samples.documents.texts import form_schema, form_xml, text
from samples.documents.word import word
from samples.simulator.description import (
    Case,
    Delivery,
    Direction,
    Disposal,
    Document,
    Party,
    Record,
    Restriction,
    RestrictionKind,
    Role,
    Status,
)

_BOARD = "Utbildningsnämnden i Exempelstad"
_ID = "UN 2025/0482"
_NAMESPACE = "https://example.se/e-tjanst/skolskjuts/1"
_FIELDS = {
    "diarienummer": _ID,
    "inkommen": "2025-08-11",
    "vardnadshavare": "Maja Fiktivgren",
    "elev": "Elev i årskurs 2",
    "skola": "Provskolan",
    "avstand": "5,4 kilometer",
    "skal": "Skolvägen saknar gångbana och korsar länsväg 999",
}
_GUARDIAN = Party(
    role=Role.SENDER,
    name="Maja Fiktivgren",
    id_number=EXAMPLE_NUMBER,
    city="Exempelstad",
    phone="070-174 06 10",
)


@cache
def delivery() -> Delivery:
    """Give the delivery with its one case, a schema of its form and a word of documentation."""
    schema = form_schema(_NAMESPACE, "skolskjutsansokan", list(_FIELDS))
    about = text("""\
Om leveransen

Ärendet kommer från utbildningsnämndens diarium. Ansökan gjordes i e-tjänsten för skolskjuts; dess
schema ligger i mappen schemas.
""")
    return Delivery(
        identity="b7a3e0d4-52f1-4c49-8d0e-90f3f6f0a201",
        title="Utbildningsnämndens skolskjutsärenden, läsåret 2025/2026",
        created=datetime(2026, 2, 2, 13, 5, tzinfo=UTC),
        archival_creator=board(_BOARD),
        producer=TOWN,
        preservation=TOWN_ARCHIVE,
        system=DIARY,
        contact=CONTACT,
        agreement="EXSA 2025-51; 2025-12-15",
        reference_code="SE/EX/0034",
        archive="Utbildningsnämndens arkiv",
        cases=(_case(),),
        documentation=(Document(name="Om leveransen.txt", content=about, format=formats.TEXT),),
        schemas=(Document(name="skolskjutsansokan.xsd", content=schema, format=formats.SCHEMA),),
    )


def _case() -> Case:
    officer = Party(
        role=Role.RESPONSIBLE_PERSON,
        name="Hjalmar Hittepåsson",
        organisation=_BOARD,
        unit="Skolskjutsgruppen",
    )
    counterpart = Party(role=Role.COUNTERPART, name=_GUARDIAN.name, id_number=EXAMPLE_NUMBER, city="Exempelstad")
    return Case(
        id=_ID,
        system_number="90482",
        title="Ansökan om skolskjuts till Provskolan",
        type="Skolskjuts",
        status=Status.CLOSED,
        classification=classified("3.4.5", "Skolskjuts"),
        opened=date(2025, 8, 11),
        decided=date(2025, 9, 18),
        closed=date(2025, 10, 20),
        description="Skolskjuts beviljas för läsåret med hänsyn till trafikförhållandena.",
        parties=(officer, counterpart),
        disposal=Disposal(disposable=True, mandate="UN 2024-12-10 § 88, tio år", earliest=date(2036, 1, 1)),
        records=(_application(), _report(), _decision()),
    )


def _application() -> Record:
    form = form_xml(_NAMESPACE, "skolskjutsansokan", _FIELDS)
    return Record(
        id=f"{_ID}-1",
        number=1,
        title="Ansökan om skolskjuts",
        type="Ansökan",
        direction=Direction.INCOMING,
        dated=date(2025, 8, 11),
        parties=(_GUARDIAN,),
        documents=(Document(name="Ansökan om skolskjuts.xml", content=form, format=formats.XML),),
    )


def _report() -> Record:
    letter = Letter(
        sender=_BOARD,
        recipient="Akten",
        reference=_ID,
        dated=date(2025, 9, 4),
        title="Utredning om elevens skolväg och behov",
        body="""\
# Skolvägen

Vägen mellan hemmet och Provskolan är 5,4 kilometer. Sträckan längs länsväg 999 saknar gångbana och
belysning, och hastigheten är 80 kilometer i timmen.

# Elevens behov

Skolsköterskan har lämnat uppgifter om elevens hälsa som talar för att eleven inte bör gå ensam.
Uppgifterna är påhittade och finns bara i detta exempel.
""",
        signature="Hjalmar Hittepåsson, utredare",
    )
    secret = Restriction(
        kind=RestrictionKind.CONFIDENTIAL,
        regulation="OSL 23 kap. 2 §",
        explanation="Uppgifter om elevens hälsa",
        ends=date(2095, 9, 4),
    )
    return Record(
        id=f"{_ID}-2",
        number=2,
        title="Utredning",
        type="Utredning",
        direction=Direction.INTERNAL,
        dated=date(2025, 9, 4),
        restrictions=(secret,),
        documents=(
            Document(name="Utredning skolväg.docx", content=word(letter), format=formats.DOCX),
            Document(name="Utredning skolväg.pdf", content=pdf(letter), format=formats.PDF),
        ),
    )


def _decision() -> Record:
    letter = Letter(
        sender=_BOARD,
        recipient=_GUARDIAN.name,
        reference=_ID,
        dated=date(2025, 9, 18),
        title="Beslut om skolskjuts",
        body="""\
# Beslut

Utbildningsnämnden beviljar skolskjuts mellan hemmet och Provskolan under läsåret 2025/2026.

# Skäl

Eleven har rätt till kostnadsfri skolskjuts enligt 10 kap. 32 § skollagen (2010:800), eftersom
färdvägens längd och trafikförhållandena kräver det.

# Hur man överklagar

Beslutet kan överklagas till förvaltningsrätten inom tre veckor från den dag du fick del av det.
""",
        signature="Enligt delegation: Hjalmar Hittepåsson",
    )
    receiver = Party(role=Role.RECEIVER, name=_GUARDIAN.name, city="Exempelstad")
    return Record(
        id=f"{_ID}-3",
        number=3,
        title="Beslut om skolskjuts",
        type="Beslut",
        direction=Direction.OUTGOING,
        dated=date(2025, 9, 18),
        parties=(receiver,),
        documents=(Document(name="Beslut om skolskjuts.pdf", content=pdf_a(letter), format=formats.PDF_A_2B),),
    )
