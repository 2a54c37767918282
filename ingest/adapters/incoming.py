"""Files on their way into a directory store: whole, durable and read-only before they get a name."""

import errno
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from ingest.adapters.files import write_all
from ingest.adapters.folders import made_folder, move_unless_taken, opened_folder
from ingest.adapters.store_faults import faults_of
from ingest.ports import Fixity

INCOMING = ".incoming"
_READ_ONLY = 0o444
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_LINK_REFUSED = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


class Unlinkable(Exception):
    """The two folders cannot share a file: copy it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedFile:
    """A file that is whole and durable and waits for a name: `name` in the open folder `folder`."""

    folder: int
    name: str
    fixity: Fixity

    def link_as(self, leaf: str, folder: int) -> None:
        """Give it one more name. Raises FileExistsError; Unlinkable where links are refused."""
        try:
            os.link(self.name, leaf, src_dir_fd=self.folder, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            if error.errno in _LINK_REFUSED:
                raise Unlinkable from error
            raise

    def move_as(self, leaf: str, folder: int) -> None:
        """Give it its name, by a move where links are refused. Raises FileExistsError for a taken one."""
        try:
            self.link_as(leaf, folder)
        except Unlinkable:
            move_unless_taken(self.name, self.folder, leaf, folder)

    def replace_as(self, leaf: str, folder: int) -> None:
        """Give it a name in one atomic move, whatever had that name before."""
        os.replace(self.name, leaf, src_dir_fd=self.folder, dst_dir_fd=folder)


@contextmanager
def written(root: Path, chunks: Iterable[bytes]) -> Iterator[FinishedFile]:
    """Lend the bytes as a finished file whose temporary name goes away afterwards.

    Raises what the chunks raise, untouched; OutOfSpace, StoreReadOnly for the store's own faults.
    """
    with faults_of(root), made_folder(root, (INCOMING,)) as opened:
        folder = os.dup(opened)
    name = token_hex(16)
    try:
        yield FinishedFile(folder=folder, name=name, fixity=_write(root, folder, name, chunks))
    finally:
        with suppress(OSError):  # moved or never made; else it is swept later
            os.unlink(name, dir_fd=folder)
        os.close(folder)


def _write(root: Path, folder: int, name: str, chunks: Iterable[bytes]) -> Fixity:
    with faults_of(root):
        descriptor = os.open(name, _WRITE, 0o600, dir_fd=folder)
    try:
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            with faults_of(root):
                write_all(descriptor, chunk)
        with faults_of(root):
            os.fchmod(descriptor, _READ_ONLY)
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return Fixity(size=size, sha256=digest.hexdigest())


def sweep(root: Path, older_than: timedelta) -> tuple[str, ...]:
    """Remove what crashes left behind and nobody has written to for that long; say the names removed."""
    removed = []
    with faults_of(root), suppress(FileNotFoundError), opened_folder(root, (INCOMING,)) as folder:
        oldest = time.time() - older_than.total_seconds()
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found)
        for name in names:
            with suppress(FileNotFoundError):
                if os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime < oldest:
                    os.unlink(name, dir_fd=folder)
                    removed.append(name)
    return tuple(removed)
