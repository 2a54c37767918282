"""What the forms tell alike: identifiers, dates and classes of a public record, in letters that XML can carry."""

import re
from collections.abc import Mapping
from typing import Any, Final

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def carried(text: str) -> str:
    """Give a text as XML can carry it."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def token(text: str) -> str:
    """Give a text for an attribute, in one line."""
    return " ".join(carried(text).split())


def identifier(record: Mapping[str, Any]) -> str:
    """Give what a record is called for ever: its ARK, or the public id where it has none."""
    name: str = record.get("ark") or record["id"]
    return name


def dates(record: Mapping[str, Any]) -> str | None:
    """Give a date, or the span between two with a slash (ISO 8601); None where none is told."""
    begun, ended = record.get("date"), record.get("dateTo")
    return f"{begun}/{ended}" if begun and ended else begun


def classes(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Give each class, with its code where it has one, from the top."""
    told = record.get("classification", ())
    return tuple(f"{one['code']} {one['title']}" if "code" in one else one["title"] for one in told)


def is_on_request(record: Mapping[str, Any]) -> bool:
    """Tell a stub."""
    return bool(record["level"] == "on-request")
