"""Typed fields of a JSON document: one of another type is as absent, for the schema has told it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.domain.dates import parse_date
from ingest.domain.descriptions import TypedDate
from ingest.formats.case_push_json import Json, JsonDocument, pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """An object of a JSON document: its fields, and where it is (JSON pointer)."""

    values: Mapping[str, Json]
    at: str
    lines: Mapping[str, int]

    @property
    def line(self) -> int:
        """The line where the object begins, from 1."""
        return self.lines.get(self.at, 0)

    def line_of(self, name: str) -> int:
        """Give the line of a field, or of the object when it has no such field."""
        return self.lines.get(pointer(self.at, name), self.line)

    def text(self, name: str) -> str | None:
        """Give a text, None when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def word(self, name: str) -> str:
        """Give a required text, "" when it is absent."""
        return self.text(name) or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of texts."""
        value = self.values.get(name)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def flag(self, name: str) -> bool | None:
        """Give a truth value, None when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None

    def number(self, name: str) -> int | None:
        """Give a whole number, None when there is none."""
        match self.values.get(name):
            case bool():
                return None
            case int(value):
                return value
            case float(value) if value.is_integer():
                return int(value)
            case _:
                return None

    def object(self, name: str) -> "Fields | None":
        """Give an object inside, None when there is none."""
        value = self.values.get(name)
        at = pointer(self.at, name)
        return Fields(values=value, at=at, lines=self.lines) if isinstance(value, dict) else None

    def objects(self, name: str) -> tuple["Fields", ...]:
        """Give a list of objects."""
        value, at = self.values.get(name), pointer(self.at, name)
        return tuple(
            Fields(values=item, at=pointer(at, number), lines=self.lines)
            for number, item in enumerate(value if isinstance(value, list) else ())
            if isinstance(item, dict)
        )

    def date(self, name: str, kind: str) -> TypedDate | None:
        """Give a date as one of that kind, None when there is none."""
        raw = self.text(name)
        return None if raw is None else TypedDate(type=kind, raw=raw, value=parse_date(raw), line=self.line_of(name))


def fields_of(document: JsonDocument) -> Fields | None:
    """Give the outermost object, None when the document is none."""
    match document.value:
        case dict() as values:
            return Fields(values=values, at="", lines=document.lines)
        case _:
            return None
