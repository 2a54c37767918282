"""A land permit that nobody closed: the case behind the broken delivery."""

from dataclasses import replace
from datetime import date
from functools import cache

from samples.cases import bygglov
from samples.cases.parties import classified
from samples.documents import formats
from samples.documents.letters import Letter
from samples.documents.pdf import pdf
from samples.documents.texts import text
from samples.simulator.description import Case, Delivery, Direction, Document, Record, Status

_ID = "BN 2026-000131"


@cache
def delivery() -> Delivery:
    """Give the delivery with its one case, which is still open."""
    return replace(
        bygglov.delivery(),
        identity="0d0a3f7e-31c5-4b55-8a1f-2f8f4a5f7c12",
        title="Byggnadsnämndens marklov, april 2026",
        cases=(_case(),),
    )


def _case() -> Case:
    return Case(
        id=_ID,
        system_number="417015",
        title="Ansökan om marklov för stödmur, fastigheten Exemplet 2:7",
        type="Marklov",
        status=Status.OPEN,
        classification=classified("3.1.3", "Marklov"),
        opened=date(2026, 2, 9),
        closed=None,
        records=(_record(1, "Ansökan", "2026-02-09"), _record(2, "Komplettering", "2026-02-20"), _note()),
    )


def _record(number: int, title: str, day: str) -> Record:
    letter = Letter(
        sender="Torsten Test",
        recipient="Byggnadsnämnden i Exempelstad",
        reference=_ID,
        dated=date.fromisoformat(day),
        title=f"{title}: marklov för stödmur",
        body="""\
Jag vill bygga en stödmur om 1,2 meter och fylla upp marken innanför den.
""",
        signature="Torsten Test",
    )
    return Record(
        id=f"{_ID}:{number}",
        number=number,
        title=f"{title} om marklov",
        type=title,
        direction=Direction.INCOMING,
        dated=date.fromisoformat(day),
        documents=(Document(name=f"{title}.pdf", content=pdf(letter), format=formats.PDF),),
    )


def _note() -> Record:
    content = text("""\
Tjänsteanteckning 2026-03-02

Sökanden ringde. Muren ska sänkas till en meter; ny ritning kommer.
""")
    return Record(
        id=f"{_ID}:3",
        number=3,
        title="Tjänsteanteckning efter telefonsamtal",
        type="Tjänsteanteckning",
        direction=Direction.INTERNAL,
        dated=date(2026, 3, 2),
        documents=(Document(name="Tjänsteanteckning.txt", content=content, format=formats.TEXT),),
    )
