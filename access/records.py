"""Public records as the reading room reads them: exactly what was carried over, and nothing it does not know."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator

import schemas

_SCHEMA = Path(schemas.__file__).parent / "public-record" / "public-record.schema.json"


class RecordRefused(ValueError):
    """These bytes are no public record; the reading room shows nothing of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocument:
    """A document that may be read and fetched; `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """A case or record of the reading room; one `on-request` is a stub and has no documents."""

    id: str
    kind: Literal["case", "record"]
    level: Literal["public", "on-request"]
    title: str
    documents: tuple[PublicDocument, ...]
    part_of: str | None = None
    reference: str | None = None
    date: str | None = None
    archival_creator: str | None = None
    classification: tuple[str, ...] = ()
    description: str | None = None


def read_record(content: bytes) -> PublicRecord:
    """Read a public record. Raises RecordRefused for anything its schema does not allow, unknown fields above all."""
    try:
        structure = json.loads(content)
    except ValueError as error:
        raise RecordRefused(str(error)) from error
    fault = next(_validator().iter_errors(structure), None)
    if fault is not None:
        raise RecordRefused(fault.message)
    return _record(structure)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(_SCHEMA.read_text("utf-8")))


def _record(structure: Mapping[str, Any]) -> PublicRecord:
    return PublicRecord(
        id=structure["id"],
        kind=structure["kind"],
        level=structure["level"],
        title=structure["title"],
        documents=tuple(_document(document) for document in structure["documents"]),
        part_of=structure.get("partOf"),
        reference=structure.get("reference"),
        date=structure.get("date"),
        archival_creator=structure.get("archivalCreator"),
        classification=tuple(structure.get("classification", ())),
        description=structure.get("description"),
    )


def _document(structure: Mapping[str, Any]) -> PublicDocument:
    return PublicDocument(
        name=structure["name"],
        media_type=structure["mediaType"],
        size=structure["size"],
        sha256=structure["sha256"],
    )
