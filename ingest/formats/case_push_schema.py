"""What the published JSON Schema of a case delivery does not allow, as violations with pointer and line."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.case_push_json import JsonDocument, pointer, unwritable
from schemas.catalogue import PACKAGE

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMA = PACKAGE / "case-push" / "case-delivery.schema.json"
MISSING = "EARKIV-CASE-7"
UNKNOWN = "EARKIV-CASE-8"
OUTSIDE = "EARKIV-CASE-9"
_FILLED = r"\S"
_MAX_VALUE = 200


@lru_cache(maxsize=1)
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - a fifth of the start of a program that reads no case

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def breaches(document: JsonDocument, source: PackagePath) -> tuple[Violation, ...]:
    """Give all that the schema does not allow, in the order of the document, once per field and rule.

    A field that is required and absent or empty is EARKIV-CASE-7, one that the schema does not know
    EARKIV-CASE-8, a value outside its type, form or vocabulary EARKIV-CASE-9. `xpath` is the JSON pointer.
    """
    found = dict.fromkeys(
        _violation(rule, at, detail, document, source)
        for error in _validator().iter_errors(document.value)
        for rule, at, detail in _told(error)
    )
    found |= dict.fromkeys(
        _violation(OUTSIDE, at, "a character that cannot be kept", document, source)
        for at in unwritable(document.value)
    )
    return tuple(sorted(found, key=lambda violation: (violation.location.line, violation.location.xpath)))


def _told(error: "ValidationError") -> Iterator[tuple[str, str, str]]:
    at = "".join(pointer("", step) for step in error.absolute_path)
    asked: Any = error.validator_value
    given: Any = error.instance
    match error.validator:
        case "anyOf" | "oneOf" | "not" if not isinstance(given, dict):
            return  # These speak of an object's fields, and that this is none has been told.
        case "required":
            yield from ((MISSING, pointer(at, name), name) for name in asked if name not in given)
        case "additionalProperties":
            around: Any = error.schema
            unknown = (name for name in given if name not in around["properties"])
            yield from ((UNKNOWN, pointer(at, name), name) for name in unknown)
        case "anyOf":
            yield MISSING, at, "case, cases or records"
        case "oneOf":
            yield from _bytes_told(at, [choice["required"][0] for choice in asked], given)
        case "not":
            yield OUTSIDE, at, f"{' and '.join(asked['required'])} exclude each other"
        case "pattern" if asked == _FILLED:
            yield MISSING, at, str(error.absolute_path[-1])
        case _:
            yield OUTSIDE, at, error.message[:_MAX_VALUE]


def _bytes_told(at: str, names: list[str], given: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Tell a document without its bytes from one with them twice."""
    doubled = [name for name in names if name in given]
    if doubled:
        yield OUTSIDE, at, f"{' and '.join(doubled)} exclude each other"
    else:
        yield MISSING, at, ", ".join(names)


def _violation(rule: str, at: str, detail: str, document: JsonDocument, source: PackagePath) -> Violation:
    place = at
    while place not in document.lines:
        place = place.rpartition("/")[0]
    location = Location(file=source, line=document.lines[place], xpath=at, value=_value(document, at))
    return Violation(rule=rule, location=location, detail=detail)


def _value(document: JsonDocument, at: str) -> str:
    value: object = document.value
    for step in at.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        match value:
            case dict():
                value = value.get(name)
            case list():
                value = value[int(name)]
            case _:
                return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = "" if value is None or isinstance(value, dict | list) else text[:_MAX_VALUE]
    return shown.encode("utf-8", "backslashreplace").decode()
