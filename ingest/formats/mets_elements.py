"""A METS document as a stream of frozen values in document order, in one pass and with flat memory.

Containers come at their start tag (their children follow), everything else when it is complete: nothing is
ever read from a half-parsed element. Metadata wrapped in the document and embedded bytes are passed over.
Files can be had in runs (`file_runs`), for they are what there may be a million of.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

from lxml import etree

from ingest.formats.file_runs import FileRun, gather
from ingest.formats.mets_values import (
    METS,
    Agent,
    AltRecordId,
    AmdSection,
    Div,
    DocumentId,
    Element,
    File,
    FileGroup,
    FileSection,
    Fptr,
    Header,
    Location,
    MdRef,
    MdWrap,
    MetsElement,
    Mptr,
    Note,
    Other,
    Root,
    Section,
    SectionKind,
    StructMap,
    readable,
)
from ingest.formats.xml import Moment, XmlStream, stream
from ingest.formats.xml_words import line_of, text_of

__all__ = [
    "METS",
    "Agent",
    "AltRecordId",
    "AmdSection",
    "Div",
    "DocumentId",
    "Element",
    "File",
    "FileGroup",
    "FileRun",
    "FileSection",
    "Fptr",
    "Header",
    "Location",
    "MdRef",
    "MdWrap",
    "MetsElement",
    "Mptr",
    "Note",
    "Other",
    "Root",
    "Section",
    "SectionKind",
    "StructMap",
    "elements_of",
    "open_mets",
    "runs_of",
    "stream_mets",
]

_PREFIX = f"{{{METS}}}"
_FILE = _PREFIX + "file"
_LOCATION = _PREFIX + "FLocat"
_SECTIONS = {kind.value: kind for kind in SectionKind}
_WHOLE = frozenset(_PREFIX + name for name in ("agent", "altRecordID", "metsDocumentID", *_SECTIONS))
_CONTAINERS = ("mets", "metsHdr", "amdSec", "fileSec", "fileGrp", "structMap", "div", "fptr", "mptr")
_OPENED = frozenset(_PREFIX + name for name in (*_CONTAINERS, "structLink", "behaviorSec"))


def stream_mets(path: Path) -> Iterator[MetsElement]:
    """Read the METS document in a local file: its Root first, and nothing at all if it is no METS.

    Raises:
        XmlRefused: the document is not well-formed or breaks the parser's bounds; all before that has come.
        OSError: the file cannot be read.
    """
    return elements_of(open_mets(path, schema=None))


def open_mets(path: Path, *, schema: str | None) -> XmlStream:
    """Give the pass that `elements_of` reads, for one who also wants the schema's verdict of that pass."""
    return stream(path, schema=schema, tags=_WHOLE, openings=_OPENED, quiet=(_FILE,))


def elements_of(events: Iterable[tuple[Moment, etree._Element]]) -> Iterator[MetsElement]:
    """Turn the events of `open_mets` into METS elements; METS inside another's metadata is passed over."""
    for element in runs_of(events):
        if isinstance(element, FileRun):
            yield from element.files()
        else:
            yield element


def runs_of(events: Iterable[tuple[Moment, etree._Element]]) -> Iterator[MetsElement | FileRun]:
    """Give the same elements with ordinary files in runs, for one who can look at many of them at once."""
    stack = _Stack()
    for moment, element in events:
        if moment is Moment.PAUSE:
            yield from stack.pause()
            continue
        parent = element.getparent()
        if parent is None:
            if element.tag == _PREFIX + "mets" and moment is Moment.START:
                yield stack.enter(element, Root(line=line_of(element), attributes=_attributes(element)))
        elif stack.holds(parent):
            yield from stack.return_to(parent, before=element)
            if moment is Moment.START:
                yield stack.enter(element, _container(element, stack.values))
            else:
                yield from _whole(element, stack.values)
    yield from stack.leave()


class _Stack:
    """The open elements that have been told, innermost last; gives the files in them, once each, in document order.

    Files have no events of their own, for there may be a million. They are found among the finished children of an open
    element: before the next thing in it is told, when the reading pauses, and when the element is left. What has been
    looked at is taken out of the tree.
    """

    def __init__(self) -> None:
        self._elements: list[etree._Element] = []
        self.values: list[MetsElement] = []

    def enter(self, element: etree._Element, value: MetsElement) -> MetsElement:
        """Go into an element and give its value."""
        self._elements.append(element)
        self.values.append(value)
        return value

    def holds(self, parent: etree._Element) -> bool:
        """Say whether that element was entered and not left."""
        return any(parent is known for known in reversed(self._elements))

    def return_to(self, parent: etree._Element, before: etree._Element) -> Iterator[File | FileRun]:
        """Leave what lies deeper than that element, and give all files up to the one of its children."""
        while self._elements[-1] is not parent:
            yield from self._left()
        if before.getprevious() is not None:
            yield from self._finished(parent.index(before))

    def pause(self) -> Iterator[File | FileRun]:
        """Give the files that have been read to their end; the last child of an open element may not have been."""
        while self._elements:
            innermost = self._elements[-1]
            if innermost.getnext() is None:
                yield from self._finished(len(innermost) - 1)
                return
            yield from self._left()

    def leave(self) -> Iterator[File | FileRun]:
        """Leave everything, at the end of the document."""
        while self._elements:
            yield from self._left()

    def _left(self) -> Iterator[File | FileRun]:
        yield from self._finished(len(self._elements[-1]))
        del self._elements[-1], self.values[-1]

    def _finished(self, count: int) -> Iterator[File | FileRun]:
        parent, group = self._elements[-1], _group(self.values[-1])
        files = [child for child in islice(parent, max(count, 0)) if child.tag == _FILE]
        for found in files if group is None else gather(files, group):
            if isinstance(found, FileRun):
                yield found
            else:
                yield from _files(found, group)
        del parent[: max(count, 0)]


def _container(element: etree._Element, around: Sequence[MetsElement]) -> MetsElement:
    name = str(element.tag)[len(_PREFIX) :]
    line, attributes, parent = line_of(element), _attributes(element), around[-1]
    div = parent if isinstance(parent, Div) else None
    match name:
        case "metsHdr":
            return Header(line=line, attributes=attributes)
        case "amdSec":
            return AmdSection(line=line, attributes=attributes)
        case "fileSec":
            return FileSection(line=line, attributes=attributes)
        case "fileGrp":
            return FileGroup(line=line, attributes=attributes, parent=_group(parent))
        case "structMap":
            return StructMap(line=line, attributes=attributes)
        case "div":
            return Div(line=line, attributes=attributes, map=_map(parent), parent=div)
        case "fptr":
            return Fptr(line=line, attributes=attributes, div=div)
        case "mptr":
            return Mptr(line=line, attributes=attributes, div=div)
        case _:
            return Other(line=line, attributes=attributes, name=name)


def _whole(element: etree._Element, around: Sequence[MetsElement]) -> Iterator[MetsElement]:
    name, parent = str(element.tag)[len(_PREFIX) :], around[-1]
    match name:
        case "agent":
            yield _agent(element)
        case "altRecordID":
            yield AltRecordId(line=line_of(element), attributes=_attributes(element), text=text_of(element).strip())
        case "metsDocumentID":
            yield DocumentId(line=line_of(element), attributes=_attributes(element), text=text_of(element).strip())
        case _:
            yield _section(SectionKind(name), element, parent)


def _files(element: etree._Element, group: FileGroup | None) -> Iterator[File]:
    places: list[Location] = []
    nested: list[etree._Element] = []
    for child in element:
        if child.tag == _LOCATION:
            places.append(Location(line=line_of(child), attributes=_attributes(child)))
        elif child.tag == _FILE:
            nested.append(child)
    yield File(line=line_of(element), attributes=_attributes(element), group=group, locations=tuple(places))
    for inner in nested:
        yield from _files(inner, group)


def _agent(element: etree._Element) -> Agent:
    notes = tuple(
        Note(line=line_of(note), attributes=_attributes(note), text=text_of(note).strip())
        for note in _children(element, "note")
    )
    name = next((text_of(child).strip() for child in _children(element, "name")), "")
    return Agent(line=line_of(element), attributes=_attributes(element), name=name, notes=notes)


def _section(kind: SectionKind, element: etree._Element, parent: MetsElement) -> Section:
    return Section(
        line=line_of(element),
        attributes=_attributes(element),
        kind=kind,
        amd=parent if isinstance(parent, AmdSection) else None,
        references=tuple(MdRef(line=line_of(r), attributes=_attributes(r)) for r in _children(element, "mdRef")),
        wrapped=tuple(MdWrap(line=line_of(w), attributes=_attributes(w)) for w in _children(element, "mdWrap")),
    )


def _group(parent: MetsElement) -> FileGroup | None:
    return parent if isinstance(parent, FileGroup) else None


def _map(parent: MetsElement) -> StructMap | None:
    match parent:
        case StructMap():
            return parent
        case Div():
            return parent.map
        case _:
            return None


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(_PREFIX + name)


def _attributes(element: etree._Element) -> dict[str, str]:
    stated = cast("list[tuple[str, str]]", element.items())
    return {readable(name) if name[0] == "{" else name: value for name, value in stated}
