"""Read a package in its container, before its files are staged: one that cannot be read is refused without that."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.containers import Content, Opened
from ingest.pipeline.landing import DeliveredFile, staged_alone
from ingest.pipeline.readings import read_package
from ingest.pipeline.step import Work


class NotKept(Exception):
    """A reader asks for a file that can be read only when it has been staged."""


class ContainerView:
    """A package in an open container. What readers want as a local file is staged under the key that it will have.

    A file that cannot describe the package is opened as an empty one. `paths` are all paths in the container's order.
    """

    def __init__(self, work: Work, container: Opened, first: int) -> None:
        """View the container of a delivery, whose files are numbered from `first`."""
        self._work = work
        self._descriptors = container.descriptors
        self.paths = tuple(container.inside(member) for member in container.members)
        sizes = zip(self.paths, (member.size for member in container.members), strict=True)
        self._entries = dict(sorted(sizes))
        self._ordinals = {path: n for n, path in enumerate(self.paths, first) if path in self._descriptors}
        self._lent: dict[int, StagedObject] = {}

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
        return BufferedReader(_Stream(self._content(path)()))

    @property
    def lent(self) -> Mapping[int, StagedObject]:
        """What was staged for a reader, by number."""
        return self._lent

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


def read_in_container(work: Work, view: ContainerView) -> Reading | Unreadable | None:
    """Read the package; None when that takes files which can be read only when they are staged.

    Raises ContainerDamaged.
    """
    staged = work.ports.catalogue.staged(work.delivery.id)
    try:
        return read_package(work.delivery, view, staged, work.ports.staging)
    except NotKept:
        return None
