"""What descriptors list, for packages of any size: single entries, and runs of ordinary ones in compact form.

A `References` is a sequence of `FileReference` values like any other, but makes those of a run only when it is gone
through. Whoever has to look at each of half a million entries asks for its `parts` and looks at a run by its columns.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import overload

from ingest.domain.fixity import DeclaredDigest, DigestAlgorithm
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import FileReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The entries of a run column by column; an optional column is () when no entry has a value in it.

    `paths` is () when no delivered file answers to any of them, else each has one. Every digest is one that its
    algorithm, by its METS name, can give, in the letter case that was written.
    """

    ids: Sequence[str]
    hrefs: Sequence[str]
    paths: Sequence[PackagePath]
    sizes: Sequence[str]
    algorithms: Sequence[str]
    digests: Sequence[str]
    mime_types: Sequence[str]
    original_names: Sequence[str]
    created: Sequence[str]
    lines: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferenceRun:
    """So many entries of one descriptor, one after another; `columns` fetches them from where they are kept."""

    source: PackagePath
    element: str
    count: int
    columns: Callable[[], Columns]

    def __len__(self) -> int:
        """Count the entries."""
        return self.count

    def __iter__(self) -> Iterator[FileReference]:
        """Give each entry as a value."""
        columns = self.columns()
        return (self.entry(columns, place) for place in range(self.count))

    def entry(self, columns: Columns, place: int) -> FileReference:
        """Give one entry of these columns, which are the run's own, as a value."""
        return FileReference(
            href=columns.hrefs[place],
            path=columns.paths[place] if columns.paths else None,
            source=self.source,
            line=columns.lines[place],
            size=int(columns.sizes[place]),
            digest=DeclaredDigest(algorithm_name=columns.algorithms[place], value=columns.digests[place]),
            mime_type=columns.mime_types[place] if columns.mime_types else None,
            original_name=columns.original_names[place] if columns.original_names else None,
            created=columns.created[place] if columns.created else None,
            id=columns.ids[place],
            element=self.element,
        )


Part = FileReference | ReferenceRun


class References(Sequence[FileReference]):
    """Entries in the order of their descriptors."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        """Hold these parts, in this order."""
        self.parts: tuple[Part, ...] = tuple(parts)
        self._ends = tuple(accumulate(len(part) if isinstance(part, ReferenceRun) else 1 for part in self.parts))

    def __len__(self) -> int:
        """Count the entries."""
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[FileReference]:
        """Give each entry as a value."""
        for part in self.parts:
            if isinstance(part, ReferenceRun):
                yield from part
            else:
                yield part

    @overload
    def __getitem__(self, place: int) -> FileReference: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FileReference]: ...
    def __getitem__(self, place: int | slice) -> FileReference | Sequence[FileReference]:
        """Give one entry, or some."""
        if isinstance(place, slice):
            return tuple(self)[place]
        index = range(len(self))[place]
        found = bisect_right(self._ends, index)
        part = self.parts[found]
        if isinstance(part, FileReference):
            return part
        return next(islice(part, index - (self._ends[found] - len(part)), None))

    def __eq__(self, other: object) -> bool:
        """Whether the other holds equal entries in the same order."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]  # as for a list: entries are fetched anew each time


def _same(one: object, other: object) -> bool:
    return one == other


def parts_of(references: Sequence[FileReference]) -> Sequence[Part]:
    """Give the parts of references, each entry its own part where they have no runs."""
    return references.parts if isinstance(references, References) else references


def paths_of(references: Sequence[FileReference]) -> Iterator[PackagePath | None]:
    """Give the delivered file that each entry leads to, None for none."""
    for part in parts_of(references):
        if isinstance(part, ReferenceRun):
            yield from part.columns().paths or (None,) * part.count
        else:
            yield part.path


def names_of(references: Sequence[FileReference]) -> Iterator[Sequence[PackagePath | str]]:
    """Give what each entry of a part is known by, part by part: its file, or its link where no file answers."""
    for part in parts_of(references):
        if isinstance(part, ReferenceRun):
            columns = part.columns()
            yield columns.paths or columns.hrefs
        else:
            yield (part.path or part.href,)


def algorithms_of(columns: Columns) -> Iterator[DigestAlgorithm]:
    """Give the algorithm of each digest."""
    return map(_ALGORITHMS.__getitem__, columns.algorithms)


_ALGORITHMS = {algorithm.value: algorithm for algorithm in DigestAlgorithm}
