"""What the case model says and CITS ERMS has no place for: kept in one own element, and taken out again.

A case or record of which ERMS can say something only in part, or not at all, has a last `ownElement` with the
description `earkiv:beyond-erms`. Inside it stands one element per part concerned, named as in a pushed case,
with the whole of that part exactly as delivered: texts, named parts, and lists (dataType `list`) of `item`.
An element without a value is a part that was not given.

| name | when | what stands in the standard place |
|---|---|---|
| `systemId` | the source has no system identifier | objectId once more (ERMS130 demands one) |
| `type` | a case has a type | nothing: an aggregation has no place for it |
| `status`, `direction` | a word outside the vocabulary | nothing |
| `number` | no xs:int | nothing |
| `physicalOrDigital` | `physical_and_digital` | `physcical_and_digital`, as 3.0.0 spells it |
| `aggregationType`, `otherAggregationType` | a word outside the vocabulary | own_aggregation_definition |
| `otherTitles` | a title has a second kind | the titles |
| `dates` | a date that is not a whole second | a day as its midnight; a month, a year, no date: nothing |
| `notes` | a note's date is no xs:dateTime | the notes without that date |
| `parties` | no name; a kind outside the vocabulary | an empty name; `other` with the word |
| `restrictions` | no legal ground; dates as above; a kind outside the vocabulary | likewise |
| `disposal` | no date (ERMS126 demands one); dates as above | nothing without a date |
| `relations` | a kind outside the vocabulary | own_relation_definition with the word |
| `classifications` | a version; several schemes; no scheme | title and codes |
| `documents` | link, size, media type, digest … of a document | `appendix`, in the same order |
| `additional` | an own element with a value of its own; text that is no XML | what fits |
"""

import re
from collections.abc import Iterable
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, TypeVar, get_type_hints

from ingest.domain.cases import Case, Described, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import OwnElement, TypedDate
from ingest.domain.documents import Document
from ingest.formats.wire import Json, from_json, to_json

BEYOND = "earkiv:beyond-erms"
LOOSE_RECORDS = "earkiv:loose-records"
"""The otherAggregationType of an aggregation that is no case but holds the records without one."""
IN_APPENDIX = frozenset({"name", "description", "file_format", "original_file_format", "disposable", "e_signature"})
_LIST, _ITEM, _INTEGER, _BOOLEAN = "list", "item", "integer", "boolean"
DescribedT = TypeVar("DescribedT", Case, Record)


def beyond(described: Described, names: Iterable[str], in_appendix: frozenset[str] = IN_APPENDIX) -> OwnElement | None:
    """Give the own element with these fields of a case or record, None when there is none to keep.

    `in_appendix` are the fields of a document that stand with the document itself.
    """
    left_out = in_appendix | {"line", "path"}  # Where a document lies and is described: it says so itself.
    kept = tuple(_tree(_camel(one), _structure(getattr(described, one), left_out)) for one in names)
    return OwnElement(name=BEYOND, elements=kept) if kept else None


def restored(described: DescribedT) -> DescribedT:
    """Give a case or record, read from a document that `write_erms` wrote, as it was delivered.

    Its parts and records are restored too; without our own element it stays as it is. The documents' `line`
    and `path` remain those of the document that was read.

    Raises (only for documents that others wrote: ask this of ours alone):
        KeyError, ValueError, TypeError, or cattrs' errors: the own element is not as we write it.
    """
    own = described.additional.own_elements
    kept = own[-1].elements if own and own[-1].name == BEYOND else ()
    if kept:
        described = replace(described, additional=replace(described.additional, own_elements=own[:-1]))
    hints = get_type_hints(type(described))
    changes: dict[str, Any] = {}
    for tree in kept:
        field = _snake(tree.name)
        changes[field] = _value(described, field, _json(tree), hints[field])
    if isinstance(described, Case):
        parts, records = restored_all(described.parts, described.records)
        changes.update(parts=parts, records=records)
    return replace(described, **changes)


def restored_all(cases: tuple[Case, ...], records: tuple[Record, ...]) -> tuple[tuple[Case, ...], tuple[Record, ...]]:
    """Restore cases and records, and take the records out of the aggregation for those without a case."""
    loose = tuple(record for case in cases if case.other_aggregation_type == LOOSE_RECORDS for record in case.records)
    real = tuple(restored(case) for case in cases if case.other_aggregation_type != LOOSE_RECORDS)
    return real, tuple(restored(record) for record in (*records, *loose))


# ------------------------------------------------------------------------------------------- to own elements


def _structure(value: object, left_out: frozenset[str]) -> Json:
    match value:
        case None | str() | bool() | int():
            return value
        case tuple():
            return [_structure(one, left_out) for one in value]
        case TypedDate():
            other = {} if value.other_type is None else {"other_type": value.other_type}
            return {"type": value.type, "raw": value.raw, **other}
        case _ if is_dataclass(value):
            omitted = left_out if isinstance(value, Document) else frozenset()
            said = (one for one in fields(value) if one.name not in omitted and not _is_default(value, one))
            return {one.name: _structure(getattr(value, one.name), left_out) for one in said}
        case _:
            raise TypeError(type(value))


def _is_default(value: object, field: Field[Any]) -> bool:
    return field.default is not MISSING and bool(getattr(value, field.name) == field.default)


def _tree(name: str, structure: Json) -> OwnElement:
    match structure:
        case None:
            return OwnElement(name=name)
        case bool():
            return OwnElement(name=name, value=str(structure).lower(), type=_BOOLEAN)
        case int() | float():
            return OwnElement(name=name, value=str(structure), type=_INTEGER)
        case str():
            return OwnElement(name=name, value=structure)
        case list():
            return OwnElement(name=name, type=_LIST, elements=tuple(_tree(_ITEM, one) for one in structure))
        case dict():
            return OwnElement(name=name, elements=tuple(_tree(_camel(k), v) for k, v in structure.items()))


# ------------------------------------------------------------------------------------------- and back


def _json(tree: OwnElement) -> Json:
    match tree.type:
        case "list":
            # An item that says nothing is one whose parts were all left out: no list has absent items.
            return [{} if (item := _json(one)) is None else item for one in tree.elements]
        case "boolean":
            return tree.value == "true"
        case "integer":
            return int(tree.value or 0)
        case _ if tree.elements:
            return _with_value({_snake(one.name): _json(one) for one in tree.elements})
        case _:
            return tree.value


def _with_value(structure: dict[str, Json]) -> Json:
    """Give a date what its words say."""
    raw = structure.get("raw")
    return {**structure, "value": to_json(parse_date(raw))} if isinstance(raw, str) else structure


def _value(described: Described, field: str, structure: Json, hint: Any) -> object:  # noqa: ANN401 - any type hint
    if field != "documents" or not isinstance(structure, list):
        return from_json(structure, hint)
    said = getattr(described, field)
    # A reader may find more after ours: files that foreign XML names (Svenska kyrkan's svkAppendix), there as here.
    return tuple(
        from_json({**_object(to_json(document)), **_object(kept)}, Document)
        for document, kept in zip(said, structure, strict=False)
    )


def _object(structure: Json) -> dict[str, Any]:
    return structure if isinstance(structure, dict) else {}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _snake(name: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", name).lower()
