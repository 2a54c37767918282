"""Three cases of one board in one delivery: grants to associations, each with a list and a decision."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from samples.cases.parties import CONTACT, DIARY, TOWN, TOWN_ARCHIVE, board, classified
from samples.documents import formats
from samples.documents.letters import Letter
from samples.documents.pdf import pdf
from samples.documents.texts import semicolon_csv
from samples.simulator.description import Case, Delivery, Direction, Document, Party, Record, Role, Status

_BOARD = "Kultur- och fritidsnämnden i Exempelstad"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grant:
    number: int
    association: str
    purpose: str
    amount: str
    decided: date


_GRANTS = (
    _Grant(
        number=11,
        association="Exempelstads schackklubb",
        purpose="Skolturnering",
        amount="12 000",
        decided=date(2025, 3, 20),
    ),
    _Grant(
        number=12,
        association="Föreningen Påhittets vänner",
        purpose="Höstutställning",
        amount="8 500",
        decided=date(2025, 3, 20),
    ),
    _Grant(
        number=17,
        association="Provbygdens hembygdsförening",
        purpose="Tak på smedjan",
        amount="40 000",
        decided=date(2025, 5, 15),
    ),
)


@cache
def delivery() -> Delivery:
    """Give the delivery with its three cases."""
    return Delivery(
        identity="c2f4d1aa-0c58-4a11-b9d2-7be0f3fd1e31",
        title="Föreningsbidrag 2025",
        created=datetime(2026, 1, 26, 10, 15, tzinfo=UTC),
        archival_creator=board(_BOARD),
        producer=TOWN,
        preservation=TOWN_ARCHIVE,
        system=DIARY,
        contact=CONTACT,
        agreement="EXSA 2025-60; 2026-01-12",
        reference_code="SE/EX/0052",
        archive="Kultur- och fritidsnämndens arkiv",
        cases=tuple(_case(grant) for grant in _GRANTS),
    )


def _case(grant: _Grant) -> Case:
    case_id = f"KFN 2025/{grant.number:04}"
    officer = Party(role=Role.RESPONSIBLE_PERSON, name="Ylva Exempelqvist", organisation=_BOARD, unit="Föreningsstöd")
    return Case(
        id=case_id,
        system_number=f"5200{grant.number}",
        title=f"Bidrag till {grant.association}: {grant.purpose.lower()}",
        type="Föreningsbidrag",
        status=Status.CLOSED,
        classification=classified("4.3.1", "Bidrag till föreningar"),
        opened=date(2025, 1, 31),
        decided=grant.decided,
        closed=date(2025, 12, 12),
        parties=(officer, Party(role=Role.COUNTERPART, name=grant.association, city="Exempelstad")),
        records=(_account(grant, case_id), _decision(grant, case_id)),
    )


def _account(grant: _Grant, case_id: str) -> Record:
    rows = [
        ["Post", "Budget (kr)", "Utfall (kr)", "Anmärkning"],
        ["Sökt bidrag", grant.amount, grant.amount, "Kultur- och fritidsnämnden"],
        ["Egna medel", "3 000", "3 250", "Medlemsavgifter och lotterier"],
        ["Material", "6 500", "6 430,50", "Enligt kvitton 1-14"],
        ["Lokalhyra", "2 000", "2 000", "Provgården"],
    ]
    return Record(
        id=f"{case_id}-1",
        number=1,
        title="Ansökan med budget och redovisning",
        type="Ansökan",
        direction=Direction.INCOMING,
        dated=date(2025, 1, 31),
        parties=(Party(role=Role.SENDER, name=grant.association, city="Exempelstad"),),
        documents=(Document(name="Budget och redovisning.csv", content=semicolon_csv(rows), format=formats.CSV),),
    )


def _decision(grant: _Grant, case_id: str) -> Record:
    letter = Letter(
        sender=_BOARD,
        recipient=grant.association,
        reference=case_id,
        dated=grant.decided,
        title="Protokollsutdrag: bidrag till föreningar",
        body=f"""\
# Närvarande

Berit Låtsasson, ordförande, och ytterligare sex ledamöter.

# Beslut

Nämnden beviljar {grant.association} ett bidrag om {grant.amount} kronor till
{grant.purpose.lower()}.

# Skäl

Verksamheten är öppen för alla och följer nämndens riktlinjer för stöd till föreningar.
""",
        signature="Justerat: Berit Låtsasson, Ylva Exempelqvist",
    )
    return Record(
        id=f"{case_id}-2",
        number=2,
        title="Protokollsutdrag med beslut",
        type="Protokoll",
        direction=Direction.OUTGOING,
        dated=grant.decided,
        parties=(Party(role=Role.RECEIVER, name=grant.association, city="Exempelstad"),),
        documents=(Document(name="Protokollsutdrag.pdf", content=pdf(letter), format=formats.PDF),),
    )
