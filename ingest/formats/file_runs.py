"""Runs of ordinary files: what comes by the hundred thousand comes column by column, not one value at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from ingest.formats.file_shapes import WITH_SCHEME, Shape, shape_of
from ingest.formats.mets_values import METS, File, FileGroup, Location

LONGEST = 256
"""How many files a run has at most: memory stays flat, and one odd file costs its neighbours little."""

_LOCATION = f"{{{METS}}}FLocat"
_HREF = "{http://www.w3.org/1999/xlink}href"

Kind = tuple[object, ...]
"""What files have in common that no rule over single files can tell apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRun:
    """Ordinary files (`file_shapes`) of one shape that follow each other in one group, at least one.

    Each has one FLocat and a digest that its algorithm can give. `columns` answers `shape.names`: a value for each
    file, or one for all. `lines` and `place_lines` are those of the files and of their locations.
    """

    group: FileGroup
    shape: Shape
    lines: tuple[int, ...]
    place_lines: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """Count the files."""
        return len(self.lines)

    def column(self, name: str) -> tuple[str, ...]:
        """Give an attribute's values by its readable name, one for all if they are the same; () when there are none."""
        names = self.shape.names
        return self.columns[names.index(name)] if name in names else ()

    def whole_column(self, name: str) -> tuple[str, ...]:
        """Give an attribute's values, one for each file."""
        column = self.column(name)
        return column * len(self) if len(column) == 1 else column

    @property
    def kinds(self) -> Mapping[Kind, int]:
        """Every kind of file in the run, with the place of one of its kind."""
        shared = [self.columns[place] for place in self.shape.shared]
        if all(len(column) == 1 for column in shared):
            return {(self.shape, *(column[0] for column in shared)): 0}
        whole = (column if len(column) > 1 else column * len(self) for column in shared)
        return {(self.shape, *kind): place for place, kind in enumerate(zip(*whole, strict=True))}

    def file(self, place: int) -> File:
        """Give one of the files as a value of its own."""
        values = [column[place if len(column) > 1 else 0] for column in self.columns]
        count = len(self.shape.stated)
        where = Location(
            line=self.place_lines[place], attributes=dict(zip(self.shape.placed, values[count:], strict=True))
        )
        stated = dict(zip(self.shape.stated, values[:count], strict=True))
        return File(line=self.lines[place], attributes=stated, group=self.group, locations=(where,))

    def files(self) -> Iterator[File]:
        """Give all of them, in document order."""
        return (self.file(place) for place in range(len(self)))


def gather(files: Sequence[etree._Element], group: FileGroup) -> Iterator[FileRun | etree._Element]:
    """Give whole `file` elements of one group as runs of ordinary files, and each odd one as it is."""
    place = 0
    while place < len(files):
        stretch = _stretch(files[place : place + LONGEST])
        if stretch is None:
            yield files[place]
            place += 1
            continue
        end = place + len(stretch.lines)
        run = _run(stretch, group)
        if run is None:
            yield from _sorted_out(stretch, files[place:end], group)
        else:
            yield run
        place = end


class _Stretch(NamedTuple):
    """Files with the same attributes, whatever their values."""

    shape: Shape
    columns: Sequence[Sequence[str]]
    lines: list[int]
    place_lines: list[int]


def _stretch(files: Sequence[etree._Element]) -> _Stretch | None:
    """Give the first files as far as they have the shape of the very first, None when that has none.

    A few calls into lxml: what the loop does, it does for every file of a package.
    """
    first = files[0]
    if len(first) != 1:
        return None
    stated, placed = first.keys(), first[0].keys()
    scheme = WITH_SCHEME if (first[0].get(_HREF) or "").startswith(WITH_SCHEME) else ""
    shape = shape_of(tuple(stated), tuple(placed), scheme)
    if shape is None or first[0].tag != _LOCATION:
        return None
    values: list[str] = []
    lines: list[int] = []
    place_lines: list[int] = []
    for element in files:
        if element.keys() != stated or len(element) != 1:
            break
        place = element[0]
        if place.keys() != placed or place.tag != _LOCATION:
            break
        values += element.values()  # type: ignore[arg-type]  # they are str, whatever the stubs say …
        values += place.values()  # type: ignore[arg-type]
        lines.append(element.sourceline)  # type: ignore[arg-type]  # … and a line is an int
        place_lines.append(place.sourceline)  # type: ignore[arg-type]
    width = len(stated) + len(placed)
    return _Stretch(shape, [values[column::width] for column in range(width)], lines, place_lines)


def _run(stretch: _Stretch, group: FileGroup) -> FileRun | None:
    """Make a run of a stretch, None when not all of it is ordinary."""
    shape, whole, lines, place_lines = stretch
    columns = tuple(tuple(column[:1] if column.count(column[0]) == len(column) else column) for column in whole)
    if not shape.fits(columns):
        return None
    return FileRun(group=group, shape=shape, lines=tuple(lines), place_lines=tuple(place_lines), columns=columns)


def _sorted_out(
    stretch: _Stretch, files: Sequence[etree._Element], group: FileGroup
) -> Iterator[FileRun | etree._Element]:
    """Give the ordinary files of a stretch in runs, and the others one by one."""
    shape, columns, lines, place_lines = stretch
    start = 0
    rows = zip(*columns, strict=True)
    for is_ordinary, alike in groupby(rows, lambda row: shape.fits([(value,) for value in row])):
        end = start + sum(1 for _ in alike)
        values = [column[start:end] for column in columns]
        part = _Stretch(shape, values, lines[start:end], place_lines[start:end])
        run = _run(part, group) if is_ordinary else None
        if run is None:
            yield from files[start:end]
        else:
            yield run
        start = end
