"""The file system's own words and moves: faults by errno, folders by descriptor, files that follow no link.

Folders are walked one segment at a time through descriptors, so that no path is too long and no symbolic link
inside a store is followed.
"""

import errno
import hashlib
import io
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ingest.errors import (
    DamageFound,
    EarkivError,
    InvalidKey,
    ObjectExists,
    OutOfSpace,
    StoreReadOnly,
    StoreUnavailable,
)
from ingest.ports import Fixity

CHUNK = 1 << 20
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a named pipe that somebody put there must not hang.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_MAKING = threading.Lock()
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_TAKEN = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY})


def store_fault(error: OSError, folder: Path) -> EarkivError:
    """Translate what the operating system said into the error tree, with texts that name the folder."""
    reason = f"{errno.errorcode.get(error.errno or 0, '?')}: {error.strerror}"
    if error.errno in _FULL:
        return OutOfSpace(
            f"Det finns inget utrymme kvar i {folder} ({reason}).", f"No space left in {folder} ({reason})."
        )
    if error.errno in _REFUSED:
        return StoreReadOnly(
            f"Mappen {folder} är skrivskyddad, eller så saknas rättigheter till den ({reason}).",
            f"The folder {folder} is read-only, or rights to it are missing ({reason}).",
        )
    if error.errno in _TAKEN:
        return ObjectExists(
            f"I {folder} finns redan en fil eller mapp där objektet skulle ligga ({reason}).",
            f"In {folder} there already is a file or folder where the object was to lie ({reason}).",
        )
    if error.errno == errno.ENAMETOOLONG:
        return InvalidKey(
            f"Filsystemet under {folder} rymmer inte så långa namn ({reason}).",
            f"The file system under {folder} does not hold names that long ({reason}).",
        )
    return StoreUnavailable(
        f"Mappen {folder} svarar inte som den ska ({reason}).",
        f"The folder {folder} does not answer as it should ({reason}).",
    )


@contextmanager
def faults_of(folder: Path) -> Iterator[None]:
    """Raise every OSError within as the EarkivError it stands for."""
    try:
        yield
    except OSError as error:
        raise store_fault(error, folder) from error


@contextmanager
def opened_folder(root: Path, segments: tuple[str, ...]) -> Iterator[int]:
    """Lend a descriptor of a folder beneath the root. Raises FileNotFoundError, NotADirectoryError."""
    descriptor = open_root(root)
    try:
        for segment in segments:
            descriptor = _step(descriptor, os.open(segment, _FOLDER, dir_fd=descriptor))
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def made_folder(root: Path, segments: tuple[str, ...]) -> Iterator[int]:
    """Lend a descriptor of a folder beneath the root, made durable with its parents where it was missing."""
    descriptor = open_root(root)
    try:
        for segment in segments:
            descriptor = _step(descriptor, _open_or_make(segment, descriptor))
        yield descriptor
    finally:
        os.close(descriptor)


def open_root(root: Path) -> int:
    """Open a store's root. Raises StoreUnavailable when it is gone: that is no missing object."""
    try:
        # The root itself may be a link: an operator's choice, not a delivery's.
        return os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise StoreUnavailable(f"Mappen {root} finns inte.", f"The folder {root} does not exist.") from error


def _step(parent: int, child: int) -> int:
    os.close(parent)
    return child


def _open_or_make(segment: str, parent: int) -> int:
    try:
        return os.open(segment, _FOLDER, dir_fd=parent)
    except FileNotFoundError:
        with _MAKING:
            with suppress(FileExistsError):  # somebody else made it in between; both make it durable
                os.mkdir(segment, 0o755, dir_fd=parent)
            os.fsync(parent)
        return os.open(segment, _FOLDER, dir_fd=parent)


def sync_folder(folder: int) -> None:
    """Make a folder's names durable, and those of parents that another thread is just making."""
    os.fsync(folder)
    with _MAKING:
        pass


def open_file(leaf: str, folder: int, root: Path) -> int:
    """Open a regular file for reading. Raises DamageFound for a link, FileNotFoundError for a folder."""
    try:
        descriptor = os.open(leaf, _FILE, dir_fd=folder)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise foreign(leaf, root) from error
        raise
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), leaf)
    raise foreign(leaf, root)


def foreign(leaf: str, root: Path) -> DamageFound:
    """Say that something lies in the store which no store wrote."""
    return DamageFound(
        f"{leaf!r} i {root} är en länk eller ett specialobjekt, inte en vanlig fil.",
        f"{leaf!r} in {root} is a link or a special file, not a regular one.",
    )


class StoredFile(io.FileIO):
    """A stored object being read; a fault of the disk comes as an EarkivError, not as an OSError."""

    def __init__(self, descriptor: int, folder: Path) -> None:
        super().__init__(descriptor, "rb")
        self._folder = folder

    def readinto(self, buffer: bytearray | memoryview, /) -> int | None:  # type: ignore[override]
        """Read as `io.FileIO` does. Raises StoreUnavailable."""
        with faults_of(self._folder):
            return super().readinto(buffer)

    def readall(self) -> bytes:
        """Read to the end. Raises StoreUnavailable."""
        with faults_of(self._folder):
            return super().readall() or b""


def fixity_of(stream: BinaryIO) -> Fixity:
    """Read a stream from its start to its end and say its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Fixity(size=size, sha256=digest.hexdigest())


def write_all(descriptor: int, chunk: bytes) -> None:
    """Write all of a chunk, however many calls it takes."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def move_unless_taken(name: str, source: int, leaf: str, folder: int) -> None:
    """Rename without overwriting, for file systems without links. Raises FileExistsError.

    Two threads of one process cannot both win; two processes could, which the home's lock rules out.
    """
    with _MAKING:
        with suppress(FileNotFoundError):
            os.stat(leaf, dir_fd=folder, follow_symlinks=False)
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), leaf)
        os.rename(name, leaf, src_dir_fd=source, dst_dir_fd=folder)


def sync_path(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = open_root(folder)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unlink_file(leaf: str, folder: int) -> None:
    """Remove a name that is no folder; FileNotFoundError when there is none, or a folder."""
    if stat.S_ISDIR(os.stat(leaf, dir_fd=folder, follow_symlinks=False).st_mode):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), leaf)
    os.unlink(leaf, dir_fd=folder)


def remove_empty(root: Path, segments: tuple[str, ...]) -> None:
    """Remove a folder and its parents beneath the root as far as they are empty."""
    for depth in range(len(segments), 0, -1):
        with opened_folder(root, segments[: depth - 1]) as parent:
            try:
                os.rmdir(segments[depth - 1], dir_fd=parent)
            except FileNotFoundError:
                continue
            except OSError as error:
                if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
                    return
                raise
            os.fsync(parent)


def entries(root: Path, segments: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """List a folder in the order of its keys: (name,) for an object and (name, "") for a folder."""
    try:
        with opened_folder(root, segments) as folder, os.scandir(folder) as found:
            names = [(e.name, "") if e.is_dir(follow_symlinks=False) else (e.name,) for e in found]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    # "a-b" sorts before "a/c" as a key: a folder counts with its slash.
    return tuple(sorted(names, key="/".join))
