"""As many cases and documents as a test wants, of any size, none like another."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from samples.cases import foreningsbidrag
from samples.cases.parties import classified
from samples.documents import formats
from samples.simulator.description import Case, Delivery, Direction, Document, Record, Status

_FIRST_DAY = date(2020, 1, 1)
_SENTENCE = "Detta är rad {line} i en påhittad handling om ingenting särskilt.\n"


def crowd(*, cases: int, documents: int, size: int) -> Delivery:
    """Give a delivery of so many cases, each with so many text documents of exactly `size` bytes, from 64.

    All contents are held in memory.
    """
    return replace(
        foreningsbidrag.delivery(),
        identity="6a2e1b54-93f7-4c0e-8f1d-0b5c9d7e4411",
        title=f"{cases} ärenden med {documents} handlingar var",
        cases=tuple(_case(number, documents, size) for number in range(1, cases + 1)),
    )


def _case(number: int, documents: int, size: int) -> Case:
    opened = _FIRST_DAY + timedelta(days=number % 1000)
    case_id = f"KFN 2020/{number:06}"
    return Case(
        id=case_id,
        system_number=str(100000 + number),
        title=f"Påhittat ärende nummer {number}",
        type="Föreningsbidrag",
        status=Status.CLOSED,
        classification=classified("4.3.1", "Bidrag till föreningar"),
        opened=opened,
        closed=opened + timedelta(days=90),
        records=tuple(_record(case_id, place, opened, size) for place in range(1, documents + 1)),
    )


def _record(case_id: str, place: int, opened: date, size: int) -> Record:
    record_id = f"{case_id}-{place}"
    return Record(
        id=record_id,
        number=place,
        title=f"Handling {place}",
        type="Handling",
        direction=Direction.INCOMING,
        dated=opened + timedelta(days=place % 90),
        documents=(Document(name=f"handling-{place:05}.txt", content=_content(record_id, size), format=formats.TEXT),),
    )


def _content(record_id: str, size: int) -> bytes:
    head = f"{hashlib.sha256(record_id.encode()).hexdigest()[:32]} {record_id}\n".encode()
    lines = (_SENTENCE.format(line=line).encode() for line in range(size // 60 + 1))
    filled = head + b"".join(lines)
    # A cut inside a Swedish letter would leave no valid UTF-8: the end is made of full stops.
    return filled[: size - 4].decode(errors="ignore").encode().ljust(size, b".")
