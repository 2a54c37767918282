"""Domain values as JSON and back: for the catalogue, and as RFC 8785 bytes for everything that is hashed or signed.

A value of a closed union carries the name of its class as `kind`.
"""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import rfc8785
from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from ingest.domain.conversions import ConversionOutcome, Converted, NotConverted
from ingest.domain.packages import Clean, Infected, NotScanned, ScanResult
from ingest.formats.finding_documents import writable

ValueT = TypeVar("ValueT")
Json = dict[str, Any] | list[Any] | str | int | float | bool | None


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(StrEnum, lambda member: member.value)
    _ = (Clean, Infected, NotScanned, Converted, NotConverted)
    for union in (ScanResult, ConversionOutcome):
        configure_tagged_union(union, converter, tag_name="kind")
    return converter


def to_json(value: object, as_type: object = None) -> Json:
    """Give the JSON structure of a value; name `as_type` for a member of a union or of a generic class."""
    structure: Json = _converter().unstructure(value, unstructure_as=as_type)
    return structure


def from_json(structure: Json, as_type: type[ValueT]) -> ValueT:
    """Read a value of that type from its JSON structure; raises cattrs' errors for a structure that is none."""
    return _converter().structure(structure, as_type)


def to_text(value: object, as_type: object = None) -> str:
    """Give compact JSON text of a value."""
    return json.dumps(to_json(value, as_type), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str, as_type: type[ValueT]) -> ValueT:
    """Read a value of that type from JSON text."""
    return from_json(json.loads(text), as_type)


def canonical(structure: Json) -> bytes:
    r"""Give the RFC 8785 bytes of a JSON structure; raises ValueError for what JSON cannot say exactly.

    Half a surrogate pair, from a name that is no UTF-8 on disk, is written as `\udcff`.
    """
    try:
        return rfc8785.dumps(structure)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        return rfc8785.dumps(_writable(structure))


def _writable(structure: Json) -> Json:
    match structure:
        case str():
            return writable(structure)
        case list():
            return [_writable(part) for part in structure]
        case dict():
            return {writable(name): _writable(part) for name, part in structure.items()}
        case _:
            return structure


def canonical_digest(structure: Json) -> str:
    """Give the SHA-256 of the RFC 8785 bytes of a JSON structure, in hexadecimal."""
    return hashlib.sha256(canonical(structure)).hexdigest()


def without_lines(structure: Json) -> Json:
    """Leave out where in a file something stood (`line`): it is no part of what was said."""
    match structure:
        case dict():
            return {name: without_lines(value) for name, value in structure.items() if name != "line"}
        case list():
            return [without_lines(value) for value in structure]
        case _:
            return structure
