"""Runs of ordinary files: what comes by the hundred thousand comes column by column, not one value at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.domain.fixity import DigestAlgorithm
from ingest.formats.file_shapes import WITH_SCHEME, Shape, shape_of
from ingest.formats.mets_values import METS, File, FileGroup, Location
from ingest.formats.xml_words import line_of

LONGEST = 256
"""How many files a run has at most: memory stays flat, and one odd file costs its neighbours little."""

_LOCATION = f"{{{METS}}}FLocat"
_POSSIBLE = frozenset((algorithm.value, algorithm.hex_length) for algorithm in DigestAlgorithm)

Kind = tuple[object, ...]
"""What files have in common that no rule over single files can tell apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRun:
    """Ordinary files (`file_shapes`) of one shape that follow each other in one group, at least one.

    Each has one FLocat and a digest that its algorithm can give. `columns` answers `shape.names` one by one, with a
    value for each file; `lines` and `place_lines` are those of the files and of their locations.
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
        """Give an attribute's values by its readable name, () when files of this shape do not have it."""
        names = self.shape.names
        return self.columns[names.index(name)] if name in names else ()

    @property
    def kinds(self) -> Mapping[Kind, int]:
        """Every kind of file in the run, with the place of one of its kind."""
        shared = (self.columns[place] for place in self.shape.shared)
        schemes = (href.startswith(WITH_SCHEME) for href in self.column("xlink:href"))
        kinds = zip(*shared, schemes, strict=True)
        return {(self.shape, *kind): place for place, kind in enumerate(kinds)}

    def file(self, place: int) -> File:
        """Give one of the files as a value of its own."""
        values = [column[place] for column in self.columns]
        count = len(self.shape.stated)
        where = Location(
            line=self.place_lines[place], attributes=dict(zip(self.shape.placed, values[count:], strict=True))
        )
        stated = dict(zip(self.shape.stated, values[:count], strict=True))
        return File(line=self.lines[place], attributes=stated, group=self.group, locations=(where,))

    def files(self) -> Iterator[File]:
        """Give all of them, in document order."""
        return (self.file(place) for place in range(len(self)))


class RunGatherer:
    """Gathers ordinary files while elements come; `flush` before anything else is told."""

    def __init__(self) -> None:
        self._parent: etree._Element | None = None
        self._group: FileGroup | None = None
        self._shape: Shape | None = None
        self._stated: list[str] = []
        self._placed: list[str] = []
        self._rows: list[list[str]] = []
        self._lines: list[int] = []
        self._place_lines: list[int] = []

    def takes(self, element: etree._Element) -> bool:
        """Take a whole `file` in, if it is an ordinary one of the same group and shape as the last.

        A handful of calls into lxml and one match: what is done here is done for every file.
        """
        shape = self._shape
        if shape is None or len(element) != 1 or element.getparent() is not self._parent:
            return False
        place = element[0]
        if element.keys() != self._stated or place.keys() != self._placed or place.tag != _LOCATION:
            return False
        row = element.values() + place.values()
        if not shape.form.fullmatch("\n".join(row)):
            return False
        self._rows.append(row)
        self._lines.append(line_of(element))
        self._place_lines.append(line_of(place))
        return True

    def begin(self, element: etree._Element, parent: etree._Element, group: FileGroup) -> bool:
        """Begin a run with this file of that group, when none is open; False when it is not ordinary."""
        if len(element) != 1:
            return False
        self._stated, self._placed = list(element.keys()), list(element[0].keys())
        self._shape = shape_of(tuple(self._stated), tuple(self._placed))
        self._parent, self._group = parent, group
        return self.takes(element)

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return len(self._rows) >= LONGEST

    def flush(self) -> Iterator[FileRun | File]:
        """Give what was gathered, and gather anew."""
        if not self._rows or self._group is None or self._shape is None:
            return
        run = FileRun(
            group=self._group,
            shape=self._shape,
            lines=tuple(self._lines),
            place_lines=tuple(self._place_lines),
            columns=tuple(zip(*self._rows, strict=True)),
        )
        self._rows, self._lines, self._place_lines = [], [], []
        digests = zip(run.column("CHECKSUMTYPE"), map(len, run.column("CHECKSUM")), strict=True)
        if _POSSIBLE.issuperset(digests):
            yield run
        else:
            yield from run.files()
