"""Keeps the entries of a long listing packed: in memory while they are few, in a temporary file beyond that.

The file has no name in any folder (or loses it at once), so nothing is left behind, however the process ends.
"""

import weakref
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from tempfile import SpooledTemporaryFile

from ingest.domain.paths import PackagePath
from ingest.domain.references import Columns, ReferenceRun
from ingest.formats.file_runs import FileRun
from ingest.formats.file_shapes import WITH_SCHEME

IN_MEMORY = 32 << 20
"""How many bytes of entries are kept in memory."""

_LINES = "I"
_COLUMNS = ("ID", "xlink:href", "SIZE", "CHECKSUMTYPE", "CHECKSUM", "MIMETYPE", "CREATED")


class EntryStore:
    """The packed entries of one descriptor; `folder` is where its links lead from, None when nothing answers to them.

    `element` is what the references say of themselves, and `original_name` the attribute with the original name.
    """

    def __init__(self, source: PackagePath, folder: str | None, *, element: str, original_name: str) -> None:
        """Hold nothing."""
        self._source = source
        self._folder = folder
        self._element = element
        self._names = (*_COLUMNS, original_name)
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - open as long as the store lives
        weakref.finalize(self, self._file.close)

    def pack(self, run: FileRun) -> ReferenceRun:
        """Keep a run of files as entries."""
        columns = [run.column(name) for name in self._names]
        text = "\n".join(value for column in columns for value in column).encode()
        lines = array(_LINES, run.place_lines).tobytes()
        start = self._file.seek(0, 2)
        self._file.write(text)
        self._file.write(lines)
        packed = _Packed(
            store=self, start=start, length=len(text), count=len(run), lengths=tuple(len(column) for column in columns)
        )
        return ReferenceRun(source=self._source, element=self._element, count=len(run), columns=packed)

    def read(self, start: int, length: int) -> bytes:
        """Give bytes that were kept."""
        self._file.seek(start)
        return self._file.read(length)

    def path(self, href: str) -> PackagePath:
        """Give the file that answers to a link."""
        return PackagePath(f"{self._folder}{href.removeprefix(WITH_SCHEME)}")

    @property
    def answers(self) -> bool:
        """Whether files answer to the links."""
        return self._folder is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """Where a run lies: its values with line feeds between them, then the lines."""

    store: EntryStore
    start: int
    length: int
    count: int
    lengths: tuple[int, ...]

    def __call__(self) -> Columns:
        lines = array(_LINES)
        packed = self.store.read(self.start, self.length + self.count * lines.itemsize)
        lines.frombytes(packed[self.length :])
        values = iter(packed[: self.length].decode().split("\n"))
        columns = [self._whole(list(islice(values, length))) for length in self.lengths]
        ids, hrefs, sizes, algorithms, digests, mime_types, created, original_names = columns
        return Columns(
            ids=ids,
            hrefs=hrefs,
            paths=[self.store.path(href) for href in hrefs] if self.store.answers else (),
            sizes=sizes,
            algorithms=algorithms,
            digests=digests,
            mime_types=mime_types,
            original_names=original_names,
            created=created,
            lines=lines,
        )

    def _whole(self, column: list[str]) -> Sequence[str]:
        return column * self.count if len(column) == 1 else column
