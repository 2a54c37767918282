"""Read a package where it was handed over, before its files are staged: one that cannot be read is refused there.

A container is staged itself, so what was read in it holds. The files of a folder may change until they are staged: what
was read before is then good for a refusal only, for it lets nothing in.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from io import BufferedReader, BytesIO, RawIOBase
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.containers import Content, Opened
from ingest.formats.wire import canonical_digest
from ingest.pipeline.landing import DeliveredFile, staged_alone
from ingest.pipeline.readings import read_package
from ingest.pipeline.step import Work


class NotKept(Exception):
    """A reader asks for a file that can be read only when it has been staged."""


class UnstagedView:
    """A package in an open container or folder. What readers want as a local file is staged under the key it will have.

    A file that cannot describe the package is opened as an empty one. `paths` are all paths in the order of the source.
    """

    def __init__(self, work: Work, source: Opened, first: int) -> None:
        """View what was handed over for a delivery, its files numbered from `first`."""
        self._work = work
        self._descriptors = source.descriptors
        self.paths = tuple(source.inside(member) for member in source.members)
        sizes = zip(self.paths, (member.size for member in source.members), strict=True)
        self._entries = dict(sorted(sizes))
        self._ordinals = {path: n for n, path in enumerate(self.paths, first) if path in self._descriptors}
        self._lent: dict[int, StagedObject] = {}
        self._shown: dict[PackagePath, str | None] = {}

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every file by its path from the package's root, with its size in bytes, sorted."""
        return self._entries

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Stage a file and lend it; KeyError when there is no such file. Raises NotKept, ContainerDamaged."""
        content = self._content(path)
        ordinal, ports = self._ordinals[path], self._work.ports
        if ordinal not in self._lent:
            file = DeliveredFile(ordinal=ordinal, path=path, chunks=content())
            self._lent[ordinal] = staged_alone(self._work.delivery.id, file, ports)
        return ports.staging.local(self._lent[ordinal].key)

    def open(self, path: PackagePath) -> BinaryIO:
        """Read a file from its start; KeyError when there is no such file. Raises NotKept, ContainerDamaged."""
        if path in self._entries and path not in self._descriptors:
            return BytesIO()
        chunks = self._content(path)()
        first, second = next(chunks, b""), next(chunks, None)
        # One digest of all that a reader can be shown: a file that is larger than a chunk may change while it is read.
        self._shown[path] = hashlib.sha256(first).hexdigest() if second is None else None
        return BufferedReader(_Stream(chain((first,), () if second is None else (second,), chunks)))

    @property
    def lent(self) -> Mapping[int, StagedObject]:
        """What was staged for a reader, by number."""
        return self._lent

    def seen(self) -> str:
        """Give one SHA-256 of all that a reader could tell the package by: names, sizes, the bytes of what was read."""
        read = {o.path: o.sha256 for o in self._lent.values()}
        read |= {p: shown or _digest(self._content(p)()) for p, shown in self._shown.items() if p not in read}
        return canonical_digest([[path, size, read.get(path)] for path, size in self._entries.items()])

    def rests_on(self, staged: Sequence[StagedObject]) -> bool:
        """Say whether reading the staged files would give the same: all that a reader was shown is what was staged.

        Whether a file in the root that was no descriptor is one now is not looked at: then the answer is no.
        """
        digests = {o.path: o.sha256 for o in staged}
        return (
            {o.path: o.size for o in staged} == self._entries
            and all(digests[path] == shown for path, shown in self._shown.items())
            and all("/" in path or path in self._descriptors for path in self._entries)
        )

    def _content(self, path: PackagePath) -> Content:
        if path not in self._entries:
            raise KeyError(path)
        content = self._descriptors.get(path)
        if content is None:
            raise NotKept(path)
        return content


class _Stream(RawIOBase):
    """Chunks read as a stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # io passes no other
        while not self._held:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._held = memoryview(chunk)
        length = min(len(buffer), len(self._held))
        buffer[:length] = self._held[:length]
        self._held = self._held[length:]
        return length


def _digest(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def read_unstaged(work: Work, view: UnstagedView) -> Reading | Unreadable | None:
    """Read the package; None when that takes files which can be read only when they are staged.

    Raises ContainerDamaged, and OSError for a folder that the system refuses to read.
    """
    staged = work.ports.catalogue.staged(work.delivery.id)
    try:
        return read_package(work.delivery, view, staged, work.ports.staging)
    except NotKept:
        return None
