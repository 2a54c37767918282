"""Does a document follow its schema, and where does it not?

The verdict is one streaming pass in flat memory. libxml2 gives schema faults no place in that mode, so only a
document that fails is read once more, tag by tag: what libxml2 says after a tag belongs to that tag's
element. Double xs:ID values and dangling xs:IDREF are not found by either pass; rules check them.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest.formats.xml import stream
from ingest.formats.xml_bounds import GuardedParser, chunks, forget
from ingest.formats.xsd import compiled

_NEWLINES = {b"\xff\xfe": b"\n\0", b"\xfe\xff": b"\0\n"}  # UTF-16, told by its byte order mark


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaError:
    """One thing the schema does not allow: where, and libxml2's words for it.

    `line` is the one where the element's start tag ends, from 1.
    `column` is 0: libxml2 does not know it. `xpath` is empty only when the place is not known; it names
    elements as the document does (prefix and all) and counts among siblings of that name.
    """

    line: int
    column: int
    xpath: str
    message: str


def schema_errors(path: Path, schema_name: str, *, limit: int) -> tuple[SchemaError, ...]:
    """Give the first `limit` (at least 1) faults against a schema of the catalogue; () when there are none.

    Raises:
        XmlRefused: the document is no acceptable XML.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    verdict = stream(path, schema=schema_name, tags=())
    for _ in verdict:
        pass
    return () if verdict.schema_valid else located_errors(path, schema_name, limit=limit)


def located_errors(path: Path, schema_name: str, *, limit: int) -> tuple[SchemaError, ...]:
    """Find the faults of a document that a `stream` with this schema has read to its end and found not valid."""
    guarded = GuardedParser(schema=compiled(schema_name))
    place = _Place()
    found: list[SchemaError] = []
    for piece in _tags(path):
        place.pass_over(piece)
        place.follow(guarded.feed(piece))
        found.extend(place.fault(words) for words in guarded.schema_faults[len(found) :])
        if len(found) >= limit:
            return tuple(found[:limit])
    place.follow(guarded.close())
    found.extend(place.fault(words) for words in guarded.schema_faults[len(found) :])
    return tuple(found[:limit])


def lines_at(path: Path, xpaths: Collection[str]) -> Mapping[str, int]:
    """Find the line where the start tag of each element ends, by paths as `SchemaError.xpath` has them.

    Raises:
        XmlRefused: the document is no acceptable XML.
        OSError: the file cannot be read.
    """
    guarded = GuardedParser(schema=None)
    place = _Place()
    found: dict[str, int] = {}
    for events in guarded.read(_counted(_tags(path), place)):
        for event in events:
            place.follow(iter((event,)))
            if event[0] == "start" and place.xpath in xpaths:
                found[place.xpath] = place.line
    return found


def _counted(pieces: Iterator[bytes], place: "_Place") -> Iterator[bytes]:
    for piece in pieces:
        place.pass_over(piece)
        yield piece


def _tags(path: Path) -> Iterator[bytes]:
    """Cut a document after each byte of a `>`, so that no piece ends more than one tag."""
    for chunk in chunks(path, None):
        *whole, rest = chunk.split(b">")
        for piece in whole:
            yield piece + b">"
        if rest:
            yield rest


class _Place:
    """The element that the reading has come to, with its path; forgets what has passed.

    Lines are counted here: libxml2 keeps no line number above 65,535 for an element that no text follows.
    """

    def __init__(self) -> None:
        self._steps: list[str] = []
        self._seen: list[Counter[str]] = [Counter()]
        self._starts: list[int] = []
        self._newline = b""
        self._reached = 1
        self._line = 0
        self._xpath = ""

    @property
    def line(self) -> int:
        """Give the line where the start tag of the element just entered or left ends."""
        return self._line

    @property
    def xpath(self) -> str:
        """Give the path of the element just entered or left."""
        return self._xpath

    def pass_over(self, piece: bytes) -> None:
        """Count the lines of what is to be read next."""
        self._newline = self._newline or _NEWLINES.get(piece[:2], b"\n")
        self._reached += piece.count(self._newline)

    def follow(self, events: Iterator[tuple[str, etree._Element]]) -> None:
        """Go where the tags just read lead."""
        for kind, element in events:
            if kind == "start":
                self._enter(element)
            self._line = self._starts[-1]
            self._xpath = "/" + "/".join(self._steps)
            if kind == "end":
                self._steps.pop()
                self._seen.pop()
                self._starts.pop()
                forget(element)

    def _enter(self, element: etree._Element) -> None:
        local = str(element.tag).rpartition("}")[2]
        name = f"{element.prefix}:{local}" if element.prefix else local
        self._seen[-1][name] += 1
        self._steps.append(f"{name}[{self._seen[-1][name]}]" if self._steps else name)
        self._seen.append(Counter())
        self._starts.append(self._reached)

    def fault(self, words: str) -> SchemaError:
        """Put what libxml2 just said in its place."""
        return SchemaError(line=self._line, column=0, xpath=self._xpath, message=words)
