"""Public records as the reading room reads them: exactly what was carried over, and nothing it does not know."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator

import schemas

_SCHEMA = Path(schemas.__file__).parent / "public-record" / "public-record.schema.json"
_KEPT = 512


class RecordRefused(ValueError):
    """These bytes are no public record; the reading room shows nothing of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocument:
    """A document that may be read and fetched; `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivalCreator:
    """The archival creator (arkivbildare); the identifier has its type before it."""

    name: str
    identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPlace:
    """One step in the classification scheme."""

    title: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicParty:
    """A party that was decided to be shown."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """A case or record of the reading room; one `on-request` is a stub and has no documents."""

    id: str
    kind: Literal["case", "record"]
    level: Literal["public", "on-request"]
    title: str
    documents: tuple[PublicDocument, ...]
    ark: str | None = None
    part_of: str | None = None
    reference: str | None = None
    type: str | None = None
    date: str | None = None
    date_to: str | None = None
    archival_creator: ArchivalCreator | None = None
    classification_scheme: str | None = None
    classification: tuple[ClassPlace, ...] = ()
    description: str | None = None
    language: str | None = None
    parties: tuple[PublicParty, ...] = ()
    places: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    released: str | None = None
    licence: str | None = None


# The same bytes are the same record, and to hold them against the schema is dear: what is looked at often is read once.
@lru_cache(maxsize=_KEPT)
def read_record(content: bytes | str) -> PublicRecord:
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
        ark=structure.get("ark"),
        part_of=structure.get("partOf"),
        reference=structure.get("reference"),
        type=structure.get("type"),
        date=structure.get("date"),
        date_to=structure.get("dateTo"),
        archival_creator=_creator(structure.get("archivalCreator")),
        classification_scheme=structure.get("classificationScheme"),
        classification=tuple(ClassPlace(**each) for each in structure.get("classification", ())),
        description=structure.get("description"),
        language=structure.get("language"),
        parties=tuple(PublicParty(**each) for each in structure.get("parties", ())),
        places=tuple(structure.get("places", ())),
        keywords=tuple(structure.get("keywords", ())),
        released=structure.get("released"),
        licence=structure.get("licence"),
    )


def _creator(structure: Mapping[str, Any] | None) -> ArchivalCreator | None:
    return None if structure is None else ArchivalCreator(**structure)


def _document(structure: Mapping[str, Any]) -> PublicDocument:
    return PublicDocument(
        name=structure["name"],
        media_type=structure["mediaType"],
        size=structure["size"],
        sha256=structure["sha256"],
        format=structure.get("format"),
    )
