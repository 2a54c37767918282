"""Where an export goes: a folder, a ZIP or a TAR, told by the target's name; the same files, the same bytes in each."""

import errno
import fcntl
import hashlib
import os
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj, rmtree
from typing import IO, BinaryIO, Protocol

from ingest.domain.paths import PackagePath

CHUNK = 1 << 20
CONTAINERS = frozenset({".zip", ".tar"})


class Container(StrEnum):
    """A container that an export can be sent in while it is written."""

    ZIP = "zip"
    TAR = "tar"


_FILE_MODE = 0o644


class Outlet(Protocol):
    """Takes the files of an export, one by one."""

    def add(self, path: PackagePath, size: int, source: BinaryIO) -> None:
        """Write one file of exactly `size` bytes under its path."""


class FolderOutlet:
    """Writes into a folder that must not exist yet."""

    def __init__(self, root: Path) -> None:
        """Make the folder; FileExistsError when there is something already."""
        root.mkdir(parents=True)
        self._root = root

    def add(self, path: PackagePath, size: int, source: BinaryIO) -> None:
        """Write one file."""
        _ = size
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as sink:
            copyfileobj(source, sink, CHUNK)


class ZipOutlet:
    """Writes into a ZIP, stored, ZIP64 where needed; every entry has the export's own time."""

    def __init__(self, archive: zipfile.ZipFile, at: datetime) -> None:
        """Write into this ZIP as of that time."""
        self._archive = archive
        self._at = at.timetuple()[:6]

    def add(self, path: PackagePath, size: int, source: BinaryIO) -> None:
        """Write one file."""
        entry = zipfile.ZipInfo(path, date_time=(*self._at,))
        entry.external_attr = _FILE_MODE << 16
        entry.file_size = size
        with self._archive.open(entry, "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as sink:
            copyfileobj(source, sink, CHUNK)


class TarOutlet:
    """Writes into a TAR (PAX), every entry with the export's own time."""

    def __init__(self, archive: tarfile.TarFile, at: datetime) -> None:
        """Write into this TAR as of that time."""
        self._archive = archive
        self._at = int(at.timestamp())

    def add(self, path: PackagePath, size: int, source: BinaryIO) -> None:
        """Write one file."""
        entry = tarfile.TarInfo(path)
        entry.size, entry.mtime, entry.mode = size, self._at, _FILE_MODE
        self._archive.addfile(entry, source)
        # A source proves itself at its end, and nobody else reads that far: a TAR takes just the bytes that it expects.
        if source.read(1):
            raise OSError(errno.EIO, "longer than it was said to be", path)


class WatchedOutlet:
    """Puts a folder before every path, and remembers the SHA-256 of all that it passed on, by that path."""

    def __init__(self, outlet: Outlet, folder: str) -> None:
        """Pass on to this outlet; `folder` ends in `/`."""
        self._outlet = outlet
        self._folder = folder
        self.written: dict[str, str] = {}

    def add(self, path: PackagePath, size: int, source: BinaryIO) -> None:
        """Write one file."""
        watched = _Watched(source)
        named = PackagePath(self._folder + path)
        self._outlet.add(named, size, watched)
        self.written[named] = watched.digest.hexdigest()


class _Watched(BytesIO):
    """A stream that is hashed while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = self._source.read(-1 if size is None else size)
        self.digest.update(chunk)
        return chunk


def members_of(container: Path) -> dict[str, str]:
    """Read a TAR again and give the SHA-256 of every file in it by path. Raises OSError, tarfile.TarError."""
    found: dict[str, str] = {}
    with tarfile.open(container, "r:") as tarred:
        for member in tarred:
            source = tarred.extractfile(member)
            if source is not None:
                found[member.name] = _digest_of(source)
    return found


def _digest_of(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def durable(path: Path) -> None:
    """Let a file that was written survive a power cut, and its name too. Raises OSError."""
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only one that writes an export into a folder. Raises BlockingIOError where another is at it."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def outlet_to(target: Path, at: datetime) -> Iterator[Outlet]:
    """Open `target` for an export: `.zip`, `.tar`, else a folder; it appears whole at the end, or not at all.

    FileExistsError when there is something under that name already.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    partial = target.with_name(f".{target.name}.partial")
    _remove(partial)
    try:
        with _opened(partial, target.suffix.lower(), at) as outlet:
            yield outlet
        partial.rename(target)
    finally:
        _remove(partial)


class _BreakableSink(BytesIO):
    """Passes on what is written until it is broken off; it cannot be asked where it is."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__()
        self._sink = sink
        self.is_broken_off = False

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))

    def write(self, piece: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # containers pass no other
        return memoryview(piece).nbytes if self.is_broken_off else self._sink.write(piece)


@contextmanager
def outlet_into(sink: BinaryIO, container: Container, at: datetime) -> Iterator[Outlet]:
    """Write a container into a stream that is written from the beginning to the end, such as a pipe.

    Where something fails, what a container ends with is not written: a ZIP without it cannot be opened.
    """
    breakable = _BreakableSink(sink)
    with _begun(breakable, container, at) as outlet:
        try:
            yield outlet
        except BaseException:
            breakable.is_broken_off = True
            raise


@contextmanager
def _begun(sink: BinaryIO, container: Container, at: datetime) -> Iterator[Outlet]:
    match container:
        case Container.ZIP:
            with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as zipped:
                yield ZipOutlet(zipped, at)
        case Container.TAR:
            with tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tarred:
                yield TarOutlet(tarred, at)


@contextmanager
def _opened(partial: Path, suffix: str, at: datetime) -> Iterator[Outlet]:
    match suffix:
        case ".zip":
            with zipfile.ZipFile(partial, "x", zipfile.ZIP_STORED) as zipped:
                yield ZipOutlet(zipped, at)
        case ".tar":
            with tarfile.open(partial, "x", format=tarfile.PAX_FORMAT) as tarred:
                yield TarOutlet(tarred, at)
        case _:
            yield FolderOutlet(partial)


def _remove(partial: Path) -> None:
    if partial.is_dir():
        rmtree(partial)
    else:
        partial.unlink(missing_ok=True)
