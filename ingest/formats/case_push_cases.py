"""Cases, records and documents, from pushed JSON to the canonical case model."""

from collections.abc import Mapping
from typing import Any

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedDate
from ingest.domain.documents import Document
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.formats import case_push_parts as parts
from ingest.formats.case_push_fields import Fields

Names = Mapping[PackagePath, int]
_DIRECTIONS = {"internal": "internal_memo_without_follow-up"}


def read_case(fields: Fields, names: Names) -> Case:
    """Read a case with all that it holds."""
    short = (fields.date("opened", "opened"), fields.date("closed", "closed"))
    return Case(
        **_described(fields, short),
        aggregation_type=fields.text("aggregationType") or "caseFile",
        other_aggregation_type=fields.text("otherAggregationType"),
        documents=tuple(read_document(document, names) for document in fields.objects("documents")),
        records=tuple(read_record(record, names) for record in fields.objects("records")),
        parts=tuple(read_case(part, names) for part in fields.objects("parts")),
    )


def read_record(fields: Fields, names: Names) -> Record:
    """Read a record and its documents."""
    direction = fields.text("direction")
    return Record(
        **_described(fields, (fields.date("date", "created"),)),
        number=fields.text("number"),
        direction=None if direction is None else _DIRECTIONS.get(direction, direction),
        physical_or_digital=fields.text("physicalOrDigital"),
        documents=tuple(read_document(document, names) for document in fields.objects("documents")),
    )


def read_document(fields: Fields, names: Names) -> Document:
    """Read a document; `path` is set when a delivered file has exactly that path."""
    link = fields.word("path")
    sha256 = fields.text("sha256")
    return Document(
        name=fields.word("name"),
        link=link,
        path=PackagePath(link) if link in names else None,
        line=fields.line_of("path"),
        description=fields.text("description"),
        size=fields.number("size"),
        mime_type=fields.text("mimeType"),
        character_set=fields.text("characterSet"),
        digest=None if sha256 is None else DeclaredDigest(algorithm_name="SHA-256", value=sha256),
        file_format=fields.text("fileFormat"),
        original_file_format=fields.text("originalFileFormat"),
        schema_uri=fields.text("schemaUri"),
        e_signature=fields.flag("eSignature"),
        preserve=fields.flag("preserve"),
        disposable=fields.flag("disposable"),
        version=fields.text("version"),
        variant=fields.text("variant"),
    )


def _described(fields: Fields, short: tuple[TypedDate | None, ...]) -> dict[str, Any]:
    """Read what cases and records have in common; `short` are the dates that have a field of their own."""
    one = fields.object("classification")
    places = (*(() if one is None else (one,)), *fields.objects("classifications"))
    dates = (*(date for date in short if date is not None), *parts.typed_dates(fields.objects("dates")))
    return {
        "id": fields.word("id"),
        "system_id": fields.text("systemIdentifier"),
        "title": fields.text("title"),
        "other_titles": tuple(map(parts.typed_text, fields.objects("otherTitles"))),
        "type": fields.text("type"),
        "status": fields.text("status"),
        "description": fields.text("description"),
        "information_class": fields.text("informationClass"),
        "security_class": fields.text("securityClass"),
        "extra_ids": tuple(map(parts.extra_id, fields.objects("extraIds"))),
        "identifications": tuple(map(parts.identification, fields.objects("identifications"))),
        "classifications": tuple(map(parts.classification, places)),
        "keywords": fields.texts("keywords"),
        "subjects": fields.texts("subjects"),
        "relations": tuple(map(parts.relation, fields.objects("relations"))),
        "restrictions": tuple(map(parts.restriction, fields.objects("restrictions"))),
        "disposal": parts.disposal(fields.object("disposal")),
        "parties": tuple(map(parts.party, fields.objects("parties"))),
        "dates": dates,
        "access": fields.text("access"),
        "archival_history": fields.texts("archivalHistory"),
        "dispatch_mode": fields.text("dispatchMode"),
        "level_name": fields.text("levelName"),
        "parent_id": fields.text("parentId"),
        "locations": fields.texts("locations"),
        "notes": tuple(map(parts.note, fields.objects("notes"))),
        "additional": parts.additional(fields.object("additional")),
        "line": fields.line,
    }
