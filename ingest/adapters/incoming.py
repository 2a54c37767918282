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
from ingest.domain.fixity import Fixity

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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsyncedFile:
    """A file that is whole and not durable yet: it is `finished` when its open `descriptor` has been synced."""

    descriptor: int
    finished: FinishedFile

    def let_go(self) -> None:
        """Close it and take its temporary name away."""
        _let_go(self.descriptor, self.finished.folder, self.finished.name)


@contextmanager
def written(root: Path, chunks: Iterable[bytes]) -> Iterator[FinishedFile]:
    """Lend the bytes as a finished file whose temporary name goes away afterwards.

    Raises what the chunks raise, untouched; OutOfSpace, StoreReadOnly for the store's own faults.
    """
    with opened_incoming(root) as folder, unsynced(root, folder, chunks) as file:
        with faults_of(root):
            os.fsync(file.descriptor)
        yield file.finished


@contextmanager
def opened_incoming(root: Path) -> Iterator[int]:
    """Lend a descriptor of the folder that files are written in."""
    with faults_of(root), made_folder(root, (INCOMING,)) as opened:
        folder = os.dup(opened)
    try:
        yield folder
    finally:
        os.close(folder)


@contextmanager
def unsynced(root: Path, folder: int, chunks: Iterable[bytes]) -> Iterator[UnsyncedFile]:
    """Lend the bytes as a file that is whole, and durable once it is synced. Raises as `written` does."""
    file = write_unsynced(root, folder, chunks)
    try:
        yield file
    finally:
        file.let_go()


def write_unsynced(root: Path, folder: int, chunks: Iterable[bytes]) -> UnsyncedFile:
    """Write the bytes to a file that the caller syncs and lets go. Raises as `written` does."""
    name = token_hex(16)
    with faults_of(root):
        descriptor = os.open(name, _WRITE, 0o600, dir_fd=folder)
    try:
        fixity = _fill(root, descriptor, chunks)
    except BaseException:
        _let_go(descriptor, folder, name)
        raise
    return UnsyncedFile(descriptor=descriptor, finished=FinishedFile(folder=folder, name=name, fixity=fixity))


def _fill(root: Path, descriptor: int, chunks: Iterable[bytes]) -> Fixity:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        with faults_of(root):
            write_all(descriptor, chunk)
    with faults_of(root):
        os.fchmod(descriptor, _READ_ONLY)
    return Fixity(size=size, sha256=digest.hexdigest())


def _let_go(descriptor: int, folder: int, name: str) -> None:
    os.close(descriptor)
    with suppress(OSError):  # moved; else it is swept later
        os.unlink(name, dir_fd=folder)


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
