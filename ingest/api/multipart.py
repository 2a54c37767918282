"""`multipart/form-data` (RFC 7578) part by part as it comes; no part is held in memory or put on a disk of its own."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ingest.api import texts
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.domain.findings import Text

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_PARTS: Final = 10_000
"""Each part is a file of its own in staging; what has more lies better in a package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """A part of a form: its name, the file name that its sender gave it ("" if none), and its bytes, read once."""

    name: str
    file_name: str
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    name: str
    file_name: str


class _Ended:
    """A part is over."""


_Event = _Begun | bytes | _Ended


def parts(chunks: Iterator[bytes], content_type: str) -> Iterator[FormPart]:
    """Give the parts in their order; each must be read, or left, before the next is asked for.

    Raises Problem (400) for a body that is no well-formed form, (413) before the bytes of one part too many are read,
    and what `chunks` raise.
    """
    events, begun = _events(chunks, content_type), 0
    for event in events:
        match event:
            case _Begun(name=name, file_name=file_name):
                begun += 1
                if begun > MOST_PARTS:
                    raise _too_many()
                content = _content(events)
                yield FormPart(name=name, file_name=file_name, chunks=content)
                for _ in content:
                    pass
            case _:
                raise _broken("a part without a beginning")


def _content(events: Iterator[_Event]) -> Iterator[bytes]:
    for event in events:
        match event:
            case bytes():
                yield event
            case _Ended():
                return
            case _Begun():
                raise _broken("a part inside a part")
    raise _broken("it ends in the middle of a part")


def _events(chunks: Iterator[bytes], content_type: str) -> Iterator[_Event]:
    reader = _Reader()
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise _broken("Content-Type names no boundary")
    try:
        parser = MultipartParser(boundary, reader.callbacks())
        for chunk in chunks:
            parser.write(chunk)
            yield from reader.taken()
        parser.finalize()
    except FormParserError as error:
        raise _broken(str(error)) from error
    yield from reader.taken()
    if not reader.is_over:
        raise _broken("it has no closing boundary")


def _broken(why: str) -> Exception:
    said = texts.BAD_MULTIPART
    return malformed(Text(sv=said.sv.format(why=why), en=said.en.format(why=why)))


def _too_many() -> Problem:
    said = texts.TOO_MANY_PARTS
    return Problem(
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        type=ProblemType.TOO_LARGE,
        title=texts.TOO_LARGE,
        detail=Text(sv=said.sv.format(most=MOST_PARTS), en=said.en.format(most=MOST_PARTS)),
    )


class _Reader:
    """Turns what the parser calls into events that can be waited for."""

    def __init__(self) -> None:
        self._events: deque[_Event] = deque()
        self._field, self._value = bytearray(), bytearray()
        self._headers: dict[str, bytes] = {}
        self.is_over = False

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._headers.clear,
            "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin,
            "on_part_data": lambda data, start, end: self._events.append(bytes(data[start:end])),
            "on_part_end": lambda: self._events.append(_Ended()),
            "on_end": self._end,
        }

    def taken(self) -> Iterator[_Event]:
        while self._events:
            yield self._events.popleft()

    def _end_header(self) -> None:
        self._headers[bytes(self._field).decode("latin-1").lower()] = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _begin(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        if b"name" not in options:
            raise _broken("a part has no name")
        name, file_name = (options.get(key, b"").decode("utf-8", "replace") for key in (b"name", b"filename"))
        self._events.append(_Begun(name=name, file_name=file_name))

    def _end(self) -> None:
        self.is_over = True
