"""JSON as strictly as a delivery needs it, with the line of every value.

Beyond RFC 8259: no field twice in an object, no NaN or Infinity, at most `MAX_DEPTH` levels, `MAX_BYTES` bytes,
`MAX_VALUES` commas, and `MAX_TEXT` characters in one text but for bytes in base64, UTF-8 with or without byte order
mark. Values are addressed by JSON pointer (RFC 6901).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_BYTES = 64 * 1024 * 1024
MAX_VALUES = 500_000
"""Each value takes some hundred bytes of memory with its place, however short it is."""
MAX_TEXT = 1_000_000
"""A text is written into many documents of the package, and held in memory as often."""
_BYTES = "content"
"""The field of a document's bytes in base64: they may be as long as the whole allows."""
MAX_DEPTH = 64
# Possessive, and with its end optional: no string takes memory or a second look, whether it is closed or not.
_STRING = r'"(?:[^"\\]++|\\.)*+"?+'
_TOKEN = re.compile(_STRING + r'|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_BRACKET = re.compile(_STRING + r"|[{}\[\]]", re.DOTALL)
_LEVELS = {"{": 1, "[": 1, "}": -1, "]": -1}
_NOT_JSON = frozenset({"NaN", "Infinity", "-Infinity"})
# What no XML 1.0 document can hold could never be written down in the archive's own description.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Json = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFault:
    """Why a text is no acceptable JSON, and the line (from 1, which is also that of the text as a whole)."""

    line: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonDocument:
    """A JSON value, and for each value in it (by JSON pointer) the line where it begins."""

    value: Json
    lines: Mapping[str, int]


def read_json(content: bytes) -> JsonDocument | JsonFault:
    """Read a document, or say the first thing that is wrong with it."""
    if len(content) > MAX_BYTES:
        return JsonFault(line=1, detail=f"more than {MAX_BYTES} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return JsonFault(line=content.count(b"\n", 0, fault.start) + 1, detail=str(fault))
    if text.count(",") > MAX_VALUES:
        return JsonFault(line=1, detail=f"more than {MAX_VALUES} commas")
    too_deep = _line_too_deep(text)
    if too_deep:
        return JsonFault(line=too_deep, detail=f"more than {MAX_DEPTH} levels")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as fault:
        return JsonFault(line=fault.lineno, detail=f"{fault.msg} (column {fault.colno})")
    except ValueError as fault:  # An integer longer than Python reads.
        return JsonFault(line=1, detail=str(fault))
    if _has_long_text(value):
        return JsonFault(line=1, detail=f"a text of more than {MAX_TEXT} characters")
    return _located(text, value)


def _has_long_text(value: Json) -> bool:
    """Whether any text is too long, save a document's bytes."""
    match value:
        case str():
            return len(value) > MAX_TEXT
        case list():
            return any(map(_has_long_text, value))
        case dict():
            return any(
                len(name) > MAX_TEXT or (not (name == _BYTES and isinstance(inside, str)) and _has_long_text(inside))
                for name, inside in value.items()
            )
        case _:
            return False


def unwritable(value: Json, at: str = "") -> Iterator[str]:
    """Give the pointers of all texts with a character that XML cannot hold: controls, half surrogates."""
    match value:
        case str() if _UNWRITABLE.search(value):
            yield at
        case list():
            for number, item in enumerate(value):
                yield from unwritable(item, f"{at}/{number}")
        case dict():
            for name, item in value.items():
                yield from unwritable(item, pointer(at, name))
        case _:
            pass


def pointer(parent: str, name: str | int) -> str:
    """Give the pointer of a value by its parent's and its name or number."""
    return f"{parent}/{str(name).replace('~', '~0').replace('/', '~1')}"


def _line_too_deep(text: str) -> int:
    """Give the line where more levels are open than are read, 0 when that is nowhere."""
    depth = 0
    for token in _BRACKET.finditer(text):
        depth += _LEVELS.get(text[token.start()], 0)
        if depth > MAX_DEPTH:
            return text.count("\n", 0, token.start()) + 1
    return 0


@dataclass(slots=True, kw_only=True)
class _Frame:
    """An object or array that is being read; `name` is None while an object's next field name is awaited."""

    at: str
    is_object: bool
    name: str | int | None
    names: set[str] = field(default_factory=set)

    def advance(self) -> None:
        self.name = None if self.is_object or self.name is None else int(self.name) + 1


def _located(text: str, value: Json) -> JsonDocument | JsonFault:
    """Walk the tokens of a text that is JSON already, noting lines."""
    lines: dict[str, int] = {}
    frames: list[_Frame] = []
    line, reached = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", reached, token.start())
        reached = token.start()
        match token[0]:
            case "}" | "]":
                frames.pop()
            case ",":
                frames[-1].advance()
            case ":":
                pass
            case word if frames and frames[-1].name is None:
                name = frames[-1].name = json.loads(word)
                if name in frames[-1].names:
                    return JsonFault(line=line, detail=f"the field {word} twice in one object")
                frames[-1].names.add(name)
            case word if word in _NOT_JSON:
                return JsonFault(line=line, detail=f"{word} is no JSON number")
            case word:
                at = pointer(frames[-1].at, frames[-1].name or 0) if frames else ""
                lines[at] = line
                if word in "{[":
                    frames.append(_Frame(at=at, is_object=word == "{", name=None if word == "{" else 0))
    return JsonDocument(value=value, lines=lines)
