"""Files of a store: opened without following a link, read and written whole."""

import errno
import hashlib
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from ingest.adapters.store_faults import faults_of
from ingest.domain.fixity import Fixity
from ingest.errors import DamageFound

CHUNK = 1 << 20
# O_NONBLOCK: opening a named pipe that somebody put there must not hang.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


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

    def readinto(self, buffer: bytearray | memoryview, /) -> int | None:  # type: ignore[override]  # io passes no other
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
