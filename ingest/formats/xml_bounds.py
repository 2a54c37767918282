"""The bounds every XML document from outside is read within, and the parser that keeps them.

`ingest.formats.xml` says what the bounds are for and offers the ways of reading that callers use.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from lxml import etree

MAX_DEPTH = 256
MAX_ATTRIBUTES = 512
MAX_NAMESPACES = 64
MAX_REMARKS = 200_000
"""Comments and processing instructions together: each takes some 300 bytes of memory, however short it is."""
MAX_REMARKS_OUTSIDE = 10_000
"""Those before and after the root element: libxml2 goes through all of them for each one more."""
FARTHEST_ROOT_BYTES = 1 << 20
"""Where a document element's tag must have ended for those who want no more than its name."""
_CHUNK = 1 << 16
_OVERSIZED = ("too big found", "too long", "uge text node", "uge input", "uge name")
"""What libxml2 says of a comment, an instruction, a section, a name or a value beyond its own bounds."""
_XINCLUDE = "http://www.w3.org/2001/XInclude"


class XmlFault(StrEnum):
    """Why a document is refused."""

    NOT_WELL_FORMED = "not-well-formed"
    DOCTYPE = "doctype"
    DEPTH = "depth"
    ATTRIBUTES = "attributes"
    NAMESPACES = "namespaces"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    INCLUSION = "inclusion"


class XmlRefused(ValueError):
    """A document that is no acceptable XML: why, where (from 1; 0 = not known) and libxml2's words for it."""

    def __init__(self, *, code: XmlFault, line: int, column: int, detail: str) -> None:
        super().__init__(f"{code}: line {line}, column {column}: {detail}")
        self.code = code
        self.line = line
        self.column = column
        self.detail = detail


class GuardedParser:
    """A push parser with the bounds of this module; `feed` and `close` give ("start" | "end", element) pairs.

    Each pair is given when the element's tag has been read, in document order. After `close`, `root` is the
    root element and `schema_valid` says whether the schema, if there is one, holds. `shown` are the names of the
    elements that give events, None for all of them; `SelectiveParser` is for those who name some.
    """

    def __init__(self, *, schema: etree.XMLSchema | None, shown: Collection[str] | None = None) -> None:
        # lxml's stubs describe only a part of this parser, of its errors and of elements: hence Any and cast
        # here.
        self._parser: Any = cast("Any", etree.XMLPullParser)(
            events=("start", "end", "start-ns", "comment", "pi"),
            tag=shown,
            schema=schema,
            # Not False: with a schema, lxml then takes a document that is cut short for a good one. "internal"
            # fetches nothing either, and a document with entities of its own is refused at its root element.
            resolve_entities="internal",
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        self._pending: Iterator[tuple[str, Any]] = self._parser.read_events()
        self._namespaces: set[tuple[str, str]] = set()
        self._has_schema = schema is not None
        self._depth = 0
        self._remarks = 0
        self._remarks_outside = 0
        self._prolog = b""
        self._root: etree._Element | None = None
        self.schema_valid = True

    @property
    def has_root(self) -> bool:
        """Whether an event has been given."""
        return self._root is not None

    @property
    def root(self) -> etree._Element:
        """Give the root element; there is one as soon as an event has been given."""
        if self._root is None:
            raise XmlRefused(code=XmlFault.NOT_WELL_FORMED, line=0, column=0, detail="no element found")
        return self._root

    @property
    def schema_faults(self) -> tuple[str, ...]:
        """Give libxml2's words for what the schema does not allow, so far; each question costs a copy."""
        log = self._parser.feed_error_log
        return tuple(entry.message for entry in log if entry.domain == etree.ErrorDomains.SCHEMASV)

    def read(self, pieces: Iterable[bytes]) -> Iterator[Iterator[tuple[str, etree._Element]]]:
        """Read a document to its end and give what `feed` gives for each piece, then what `close` gives."""
        for piece in pieces:
            yield self.feed(piece)
        yield self.close()

    def feed(self, chunk: bytes) -> Iterator[tuple[str, etree._Element]]:
        """Read on.

        Raises:
            XmlRefused: what has been read so far is not acceptable.
        """
        if self._root is None and len(self._prolog) < _CHUNK:
            self._prolog += chunk
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as fault:
            raise self._refusal(fault) from fault
        return self._drained()

    def close(self) -> Iterator[tuple[str, etree._Element]]:
        """End the document, with the same promise as `feed`.

        With a schema, a document that is not well-formed may count as one the schema does not allow: libxml2
        loses that difference, and `check_bounds` finds it.
        """
        try:
            self._parser.close()
        except etree.XMLSyntaxError as fault:
            if not self._has_schema:
                raise self._refusal(fault) from fault
            self.schema_valid = False
        yield from self._drained()

    def _drained(self) -> Iterator[tuple[str, etree._Element]]:
        for event in self._pending:
            kind, item = event
            if kind == "end":
                self._depth -= 1
            elif kind == "start":
                self._depth += 1
                if self._depth > MAX_DEPTH:
                    raise _at(item, XmlFault.DEPTH, f"more than {MAX_DEPTH} levels")
                if len(item.attrib) > MAX_ATTRIBUTES:
                    raise _at(item, XmlFault.ATTRIBUTES, f"more than {MAX_ATTRIBUTES} attributes")
                if self._root is None:
                    self._begin(item)
            else:
                self._note(kind, item)
                continue
            yield event

    def _begin(self, root: etree._Element) -> None:
        self._root = root
        self._prolog = b""
        docinfo = cast("Any", root.getroottree().docinfo)
        if docinfo.internalDTD is not None:
            raise _at(root, XmlFault.DOCTYPE, docinfo.doctype)

    def _note(self, kind: str, item: object) -> None:
        """Count what is no element: a namespace declaration, a comment, a processing instruction."""
        if kind == "start-ns":
            self._note_namespace(cast("tuple[str, str]", item))
            return
        self._remarks += 1
        self._remarks_outside += self._depth == 0
        if self._remarks > MAX_REMARKS or self._remarks_outside > MAX_REMARKS_OUTSIDE:
            most = MAX_REMARKS_OUTSIDE if self._depth == 0 else MAX_REMARKS
            detail = f"more than {most} comments and processing instructions"
            raise XmlRefused(code=XmlFault.TOO_LARGE, line=0, column=0, detail=detail)

    def _note_namespace(self, declaration: tuple[str, str]) -> None:
        if declaration[1] == _XINCLUDE:
            raise XmlRefused(code=XmlFault.INCLUSION, line=0, column=0, detail="XInclude is not carried out")
        self._namespaces.add(declaration)
        if len(self._namespaces) > MAX_NAMESPACES:
            detail = f"more than {MAX_NAMESPACES} namespace declarations"
            raise XmlRefused(code=XmlFault.NAMESPACES, line=0, column=0, detail=detail)

    def _refusal(self, fault: etree.XMLSyntaxError) -> XmlRefused:
        log = self._parser.feed_error_log
        first = next((e for e in log if e.domain != etree.ErrorDomains.SCHEMASV), None)
        if first is None:
            code = self._code(0, "")
            return XmlRefused(code=code, line=0, column=0, detail=fault.msg or "no element found")
        code = self._code(first.type, first.message)
        return XmlRefused(code=code, line=first.line, column=first.column, detail=first.message.strip())

    def _code(self, number: int, message: str) -> XmlFault:
        kinds = etree.ErrorTypes
        if number == kinds.ERR_NO_MEMORY:
            return XmlFault.TOO_LARGE
        if any(words in message for words in _OVERSIZED):
            return XmlFault.TOO_LARGE
        encodings = (kinds.ERR_INVALID_ENCODING, kinds.ERR_UNSUPPORTED_ENCODING, kinds.ERR_UNKNOWN_ENCODING)
        if self._root is None and b"<!DOCTYPE" in self._prolog.replace(b"\0", b""):
            return XmlFault.DOCTYPE
        if number == kinds.ERR_RESOURCE_LIMIT:
            return XmlFault.DEPTH if "depth" in message else XmlFault.TOO_LARGE
        return XmlFault.ENCODING if number in encodings else XmlFault.NOT_WELL_FORMED


def check_bounds(path: Path) -> None:
    """Read a document without a schema, and do nothing else.

    Raises:
        XmlRefused: it is not well-formed or breaks a bound; the place is exact.
    """
    guarded = GuardedParser(schema=None)
    for events in guarded.read(chunks(path, None)):
        for kind, element in events:
            if kind == "end":
                forget(element)


def forget(element: etree._Element) -> None:
    """Empty a finished element and drop its elder siblings; it stays, for the parser still knows it."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # missing in lxml's stubs; a cast costs time here
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def chunks(path: Path, limit: int | None) -> Iterator[bytes]:
    """Read a file in pieces of 64 KiB; beyond `limit` bytes it is refused as too large."""
    read = 0
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            read += len(chunk)
            if limit is not None and read > limit:
                raise XmlRefused(code=XmlFault.TOO_LARGE, line=0, column=0, detail=f"more than {limit} bytes")
            yield chunk


def _at(element: etree._Element, code: XmlFault, detail: str) -> XmlRefused:
    return XmlRefused(code=code, line=cast("int | None", element.sourceline) or 0, column=0, detail=detail)
