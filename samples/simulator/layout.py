"""Where the documents of a delivery lie, and the names and ids that follow from it."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from samples.simulator.description import Delivery, Document, Record, Restriction

_SWEDISH = str.maketrans("åäöÅÄÖéÉüÜ ", "aaoAAOeEuU_")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A document, the record it belongs to, and its path from the package's root."""

    record: Record
    document: Document
    path: str


def place(delivery: Delivery, folder: str, name: Callable[[Document], str]) -> tuple[Placed, ...]:
    """Lay out all documents under a folder: directly for one case, in numbered folders for more.

    Raises:
        ValueError: two documents would get the same path.
    """
    placed = tuple(_placed(delivery, folder, name))
    paths = [entry.path for entry in placed]
    twice = sorted({path for path in paths if paths.count(path) > 1})
    if twice:
        raise ValueError(f"more than one document for {', '.join(twice)}")
    return placed


def _placed(delivery: Delivery, folder: str, name: Callable[[Document], str]) -> Iterator[Placed]:
    groups = [case.records for case in delivery.cases]
    groups += [delivery.records] if delivery.records else []
    for number, records in enumerate(groups, start=1):
        below = PurePosixPath(folder) if len(groups) == 1 else PurePosixPath(folder, str(number))
        for record in records:
            for document in record.documents:
                yield Placed(record=record, document=document, path=str(below / name(document)))


def all_records(delivery: Delivery) -> tuple[Record, ...]:
    """List the records of all cases, and then those of none."""
    return tuple(record for case in delivery.cases for record in case.records) + delivery.records


def period(delivery: Delivery) -> tuple[date, date]:
    """Give the first and the last day of what is delivered."""
    days = [day for case in delivery.cases for day in (case.opened, case.closed) if day is not None]
    days += [record.dated for record in delivery.records]
    return min(days), max(days)


def restrictions(delivery: Delivery) -> tuple[Restriction, ...]:
    """List all marks of secrecy and privacy, those of the cases first."""
    on_cases = tuple(mark for case in delivery.cases for mark in case.restrictions)
    return on_cases + tuple(mark for record in all_records(delivery) for mark in record.restrictions)


def require_one_kind(delivery: Delivery) -> None:
    """Refuse a delivery that holds both cases and loose records, which one FGS or ERMS document cannot.

    Raises:
        ValueError: there are both, or neither.
    """
    if bool(delivery.cases) == bool(delivery.records):
        raise ValueError("an FGS or ERMS document holds either cases or loose records")


def original_name(document: Document) -> str:
    """Keep the document's own name."""
    return document.name


def plain_name(document: Document) -> str:
    """Give a name of what FGS Paketstruktur 1.x allows: A-Z, a-z, 0-9, hyphen, underscore, one full stop."""
    path = PurePosixPath(document.name)
    stem = _NOT_ALLOWED.sub("", path.stem.translate(_SWEDISH))
    return f"{stem}{path.suffix.lower()}"


def identifier(delivery: Delivery, subject: str) -> str:
    """Give a UUID that is always the same for this delivery and subject."""
    return str(uuid.uuid5(uuid.UUID(delivery.identity), subject))


def xml_id(delivery: Delivery, subject: str) -> str:
    """Give an XML ID that is always the same for this delivery and subject."""
    return "ID" + identifier(delivery, subject)


def write(folder: Path, path: str, content: bytes) -> None:
    """Write a file below a folder, making the folders on the way."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
