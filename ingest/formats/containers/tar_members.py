"""TAR (POSIX ustar and pax, GNU), plain or gzipped, read strictly forwards."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.formats.containers.members import (
    CHUNK_BYTES,
    ContainerDamaged,
    ContainerKind,
    EntryKind,
    Limits,
    Listed,
)

_BLOCK = 512
_FARTHEST = (1 << 63) - 1  # What a file position can be.
_MAX_HEADER_BYTES = 8 * 1024 * 1024
_DAMAGE = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class TarEntry:
    """One entry of an open TAR."""

    listed: Listed
    archive: tarfile.TarFile
    source: tarfile.TarInfo

    def chunks(self) -> Iterator[bytes]:
        """Stream the content in chunks of at most 1 MiB; raises ContainerDamaged when it ends too early."""
        content = self.archive.extractfile(self.source)
        if content is None:
            return
        try:
            with content:
                while chunk := content.read(CHUNK_BYTES):
                    yield chunk
        except _DAMAGE as fault:
            raise ContainerDamaged.at(self.listed.name, "EARKIV-PKG-3", str(fault)) from fault


class _Forward(io.RawIOBase):
    """Counts what it gives and refuses what no honest TAR asks for: going back, huge headers, a bomb."""

    def __init__(self, container: str, source: io.BufferedIOBase, ceiling: int | None) -> None:
        super().__init__()
        self._container = container
        self._source = source
        self._ceiling = ceiling
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or offset < self._at - _BLOCK:
            raise ContainerDamaged.at(self._container, "EARKIV-PKG-3", "an entry points back")
        self._limit(offset)
        if offset > _FARTHEST:
            raise ContainerDamaged.at(self._container, "EARKIV-PKG-3", f"an entry ends at byte {offset}")
        self._at = self._source.seek(offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MAX_HEADER_BYTES:
            raise ContainerDamaged.at(self._container, "EARKIV-PKG-7", f"an entry header of {size} bytes")
        found = self._source.read(size)
        self._at += len(found)
        self._limit(self._at)
        return found

    def _limit(self, reached: int) -> None:
        if self._ceiling is not None and reached > self._ceiling:
            over = f"more than {self._ceiling} bytes unpacked"
            raise ContainerDamaged.at(self._container, "EARKIV-PKG-7", over)


def entries(path: Path, kind: ContainerKind, limits: Limits) -> Iterator[TarEntry]:
    """Give the entries in order. Raises ContainerDamaged; OSError passes through."""
    zipped = kind is ContainerKind.TAR_GZ
    ceiling = max(limits.ratio_floor, path.stat().st_size * limits.ratio) if zipped else None
    with gzip.open(path) if zipped else path.open("rb") as source:
        forward = _Forward(path.name, source, ceiling)
        try:
            yield from _walk(path.name, forward)
        except _DAMAGE as fault:
            raise ContainerDamaged.at(path.name, "EARKIV-PKG-3", str(fault)) from fault


def _walk(container: str, source: _Forward) -> Iterator[TarEntry]:
    with tarfile.TarFile(fileobj=source, mode="r", encoding="utf-8") as archive:
        while (entry := archive.next()) is not None:
            # Half a million entries need not stay in memory; typeshed does not know the attribute.
            archive.members.clear()  # type: ignore[attr-defined]
            if entry.name.strip("/") != ".":
                yield TarEntry(listed=_listed(entry), archive=archive, source=entry)
        _prove_end(container, source, archive.offset)


def _prove_end(container: str, source: _Forward, offset: int) -> None:
    """Ask for the zero block archives end with (POSIX pax): without it, it was cut, or is damaged."""
    source.seek(offset)
    if source.read(_BLOCK) != bytes(_BLOCK):
        raise ContainerDamaged.at(container, "EARKIV-PKG-3", "the archive ends without its end mark")
    while source.read(CHUNK_BYTES):  # To the end: only there gzip proves its CRC-32.
        pass


def _listed(entry: tarfile.TarInfo) -> Listed:
    # `tar -C folder .` writes ./ before every name: the same path in tar's own notation.
    return Listed(name=entry.name.removeprefix("./"), kind=_kind(entry), size=entry.size, packed=None)


def _kind(entry: tarfile.TarInfo) -> EntryKind:
    if entry.issym() or entry.islnk():
        return EntryKind.LINK
    if entry.isdir():
        return EntryKind.FOLDER
    return EntryKind.FILE if entry.isreg() and not entry.issparse() else EntryKind.SPECIAL
