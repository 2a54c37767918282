"""What of cases, records and documents a correction can name, and how the published schema of a push judges it.

A correction says no more than what changes; what a push must have beside that is filled in here, to be judged, and
never comes into a package.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.case_push_json import pointer
from ingest.formats.case_push_schema import MISSING, OUTSIDE

NAME: Final = PackagePath("correction.json")
DOCUMENTS: Final = "documents"
INSIDE: Final = ("records", "parts")
_COMMON: Final = {
    "systemIdentifier": "system_id",
    "title": "title",
    "otherTitles": "other_titles",
    "type": "type",
    "status": "status",
    "description": "description",
    "informationClass": "information_class",
    "securityClass": "security_class",
    "extraIds": "extra_ids",
    "identifications": "identifications",
    "classification": "classifications",
    "classifications": "classifications",
    "keywords": "keywords",
    "subjects": "subjects",
    "relations": "relations",
    "restrictions": "restrictions",
    "disposal": "disposal",
    "parties": "parties",
    "access": "access",
    "archivalHistory": "archival_history",
    "dispatchMode": "dispatch_mode",
    "levelName": "level_name",
    "parentId": "parent_id",
    "locations": "locations",
    "notes": "notes",
    "additional": "additional",
}
OF_CASES: Final = {**_COMMON, "aggregationType": "aggregation_type", "otherAggregationType": "other_aggregation_type"}
OF_RECORDS: Final = {
    **_COMMON,
    "number": "number",
    "direction": "direction",
    "physicalOrDigital": "physical_or_digital",
}
OF_DOCUMENTS: Final = {
    "name": "name",
    "description": "description",
    "mimeType": "mime_type",
    "characterSet": "character_set",
    "fileFormat": "file_format",
    "originalFileFormat": "original_file_format",
    "schemaUri": "schema_uri",
    "eSignature": "e_signature",
    "preserve": "preserve",
    "disposable": "disposable",
    "version": "version",
    "variant": "variant",
}
"""The fields that can be corrected by their names in JSON, and what they are called in the model."""
OF_BYTES: Final = ("content", "upload", "part", "size", "sha256")
"""What a push says of a document's bytes: these are what was delivered."""
CASE_DATES: Final = {"opened": "opened", "closed": "closed"}
RECORD_DATES: Final = {"date": "created"}
"""The dates that have a field of their own, with their ERMS kind; `dates` are all the others."""
_DOCUMENT_FILLER: Final = {"name": "-", "sha256": "0" * 64}
_NO_PATH: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What tells cases from records: which fields one has, which dates of its own, and what it must have."""

    attributes: Mapping[str, str]
    dates: Mapping[str, str]
    filler: Mapping[str, str]


CASE: Final = Kind(
    attributes=OF_CASES, dates=CASE_DATES, filler={"title": "-", "status": "closed", "closed": "2000-01-01"}
)
RECORD: Final = Kind(attributes=OF_RECORDS, dates=RECORD_DATES, filler={"title": "-"})


def filled_whole(value: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a push must have around the correction, so that the published schema judges all that it says."""
    whole: dict[str, Any] = {**value, "delivery": "-", "archivalCreator": {"name": "-"}}
    for name, kind in (("cases", CASE), ("records", RECORD)):
        if isinstance(value.get(name), list):
            whole[name] = [_filled(one, kind) for one in value[name]]
    return whole


def _filled(unit: object, kind: Kind) -> object:
    if not isinstance(unit, dict):
        return unit
    kept = {name: value for name, value in unit.items() if value is not None}
    filler = {name: value for name, value in kind.filler.items() if name not in unit}
    for name in INSIDE:
        if isinstance(kept.get(name), list):
            kept[name] = [_filled(one, RECORD if name == "records" else CASE) for one in kept[name]]
    if isinstance(kept.get(DOCUMENTS), list):
        kept[DOCUMENTS] = [_filled_document(one) for one in kept[DOCUMENTS]]
    return {**filler, **kept}


def _filled_document(document: object) -> object:
    """What `document_faults` has told is left out."""
    if not isinstance(document, dict):
        return document
    kept = {name: value for name, value in document.items() if value is not None and name not in OF_BYTES}
    filler = {name: value for name, value in _DOCUMENT_FILLER.items() if name in OF_BYTES or name not in document}
    return {"path": _NO_PATH, **filler, **kept}


def document_faults(value: object, at: str = "") -> Iterator[Violation]:
    """Tell the documents that are not named by their path, or of which something is said that no correction changes."""
    match value:
        case dict():
            for name, inside in value.items():
                if name == DOCUMENTS:
                    yield from _documents_told(inside, pointer(at, name))
                elif name in ("cases", *INSIDE):
                    yield from document_faults(inside, pointer(at, name))
        case list():
            for number, inside in enumerate(value):
                yield from document_faults(inside, pointer(at, number))
        case _:
            pass


def _documents_told(documents: object, at: str) -> Iterator[Violation]:
    if documents is None:
        yield _told(OUTSIDE, at, "documents are not taken away")
    for number, document in enumerate(documents if isinstance(documents, list) else ()):
        if isinstance(document, dict):
            place = pointer(at, number)
            if document.get("path") is None:
                yield _told(MISSING, pointer(place, "path"), "path")
            for name in OF_BYTES:
                if name in document:
                    yield _told(OUTSIDE, pointer(place, name), "what was delivered is not corrected")


def _told(rule: str, at: str, detail: str) -> Violation:
    return Violation(rule=rule, location=Location(file=NAME, xpath=at), detail=detail)
