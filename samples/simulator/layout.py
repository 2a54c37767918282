"""Where the documents of a delivery lie, and the names and ids that follow from it."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from samples.simulator.description import Case, Delivery, Document, Record

_SWEDISH = str.maketrans("åäöÅÄÖéÉüÜ ", "aaoAAOeEuU_")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A document, the case and record it belongs to, and its path from the package's root."""

    case: Case
    record: Record
    document: Document
    path: str


def place(delivery: Delivery, folder: str, name: Callable[[Document], str]) -> tuple[Placed, ...]:
    """Lay out all documents under a folder: directly for one case, in numbered folders for several.

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
    for number, case in enumerate(delivery.cases, start=1):
        below = PurePosixPath(folder) if len(delivery.cases) == 1 else PurePosixPath(folder, str(number))
        for record in case.records:
            for document in record.documents:
                path = str(below / name(document))
                yield Placed(case=case, record=record, document=document, path=path)


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
