"""A METS document in the order a person reads it: what it is, who made it, its files, and its structure as an outline.

Every dialect's METS is told alike (CSIP, SIP, FGS 1.x, eARD). However long the document, only what is to be seen is
kept in memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, assert_never

from ingest.domain.windows import Gathered, Piece, Window
from ingest.formats.mets_elements import (
    Agent,
    AltRecordId,
    Div,
    DocumentId,
    File,
    FileGroup,
    FileRun,
    Fptr,
    Header,
    MetsElement,
    Mptr,
    Root,
    Section,
    StructMap,
    open_mets,
    runs_of,
)

DEEPEST: Final = 12
"""What lies deeper in a structure is told as if it lay so deep: nobody sees more levels apart."""
_FEW: Final = Window(first=0, most=200)


class LineKind(StrEnum):
    """What a line of the outline is: a whole map, a division, or what a division points at."""

    MAP = "map"
    DIVISION = "division"
    FILE = "file"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineLine:
    """A line of the structure; `depth` from 0. `target` is the id (of a file or group) or link that it points at."""

    depth: int
    kind: LineKind
    label: str = ""
    type: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMets:
    """A METS document; of what may be long only a piece. `files_by_id` and `groups_by_id` answer the outline's ids."""

    root: Root
    header: Header | None
    agents: Piece[Agent]
    other_ids: Piece[AltRecordId]
    document_id: str
    sections: Piece[Section]
    files: Piece[File]
    outline: Piece[OutlineLine]
    files_by_id: dict[str, File]
    groups_by_id: dict[str, FileGroup]


def tell_mets(path: Path, *, files: Window, outline: Window) -> ToldMets | None:
    """Tell what the METS document in a local file says; None when it is no METS.

    Raises:
        XmlRefused: the document is not well-formed or breaks the parser's bounds.
        OSError: the file cannot be read.
    """
    telling = _Telling(files, outline)
    for element in _elements(path):
        telling.take(element)
    if telling.root is None:
        return None
    told = telling.told(telling.root)
    wanted = frozenset(line.target for line in told.outline.rows if line.kind is LineKind.FILE)
    if wanted:
        _answer(_elements(path), wanted, told)
    return told


def group_path(group: FileGroup | None) -> tuple[str, ...]:
    """Name a group by its uses, the outermost first; a group that says none by its id."""
    above = group_path(group.parent) if group is not None and group.parent is not None else ()
    return () if group is None else (*above, group.use or group.id or "–")


def _elements(path: Path) -> Iterator[MetsElement | FileRun]:
    return runs_of(open_mets(path, schema=None))


class _Telling:
    """The reading of one document, as far as it has come."""

    def __init__(self, files: Window, outline: Window) -> None:
        self.root: Root | None = None
        self._header: Header | None = None
        self._document_id = ""
        self._agents: Gathered[Agent] = Gathered(_FEW)
        self._other_ids: Gathered[AltRecordId] = Gathered(_FEW)
        self._sections: Gathered[Section] = Gathered(_FEW)
        self._files: Gathered[File] = Gathered(files)
        self._outline: Gathered[OutlineLine] = Gathered(outline)

    def take(self, element: MetsElement | FileRun) -> None:
        match element:
            case Root():
                self.root = element
            case Header():
                self._header = element
            case DocumentId(text=text):
                self._document_id = text
            case Agent():
                self._agents.add(element)
            case AltRecordId():
                self._other_ids.add(element)
            case Section():
                self._sections.add(element)
            case File():
                self._files.add(element)
            case FileRun():
                self._take_run(element)
            case StructMap() | Div() | Fptr() | Mptr():
                self._outline.add(_line(element))
            case _:
                pass

    def _take_run(self, run: FileRun) -> None:
        for place in range(len(run)):
            if self._files.wants_next:
                self._files.add(run.file(place))
            else:
                self._files.pass_over(1)

    def told(self, root: Root) -> ToldMets:
        return ToldMets(
            root=root,
            header=self._header,
            agents=self._agents.whole(),
            other_ids=self._other_ids.whole(),
            document_id=self._document_id,
            sections=self._sections.whole(),
            files=self._files.whole(),
            outline=self._outline.whole(),
            files_by_id={},
            groups_by_id={},
        )


def _line(element: StructMap | Div | Fptr | Mptr) -> OutlineLine:
    kind, depth, target = _kind(element)
    stated = element.attributes
    return OutlineLine(
        depth=min(depth, DEEPEST),
        kind=kind,
        label=stated.get("LABEL", stated.get("xlink:label", "")),
        type=stated.get("TYPE", ""),
        target=target,
    )


def _kind(element: StructMap | Div | Fptr | Mptr) -> tuple[LineKind, int, str]:
    match element:
        case StructMap():
            return LineKind.MAP, 0, ""
        case Div():
            return LineKind.DIVISION, _depth(element), ""
        case Fptr(div=div, file_id=file_id):
            return LineKind.FILE, _depth(div) + 1, file_id or ""
        case Mptr(div=div, href=href):
            return LineKind.DOCUMENT, _depth(div) + 1, href or ""
        case _ as never:
            assert_never(never)


def _depth(div: Div | None) -> int:
    depth = 0
    while div is not None:
        depth, div = depth + 1, div.parent
    return depth


def _answer(elements: Iterable[MetsElement | FileRun], wanted: frozenset[str], told: ToldMets) -> None:
    """Find the files and groups of those ids, in a pass of its own: files come before what points at them."""
    for element in elements:
        match element:
            case FileRun():
                for place, one in enumerate(element.whole_column("ID")):
                    if one in wanted:
                        told.files_by_id[one] = element.file(place)
            case File(id=str(one)) if one in wanted:
                told.files_by_id[one] = element
            case FileGroup(id=str(one)) if one in wanted:
                told.groups_by_id[one] = element
            case _:
                pass
