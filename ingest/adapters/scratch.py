"""A folder of its own for each process whose tools are at work; what dead ones left is removed by the next."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ingest.adapters.store_faults import faults_of

_LOCK = ".lock"


@contextmanager
def own_scratch(parent: Path, name: str) -> Iterator[Path]:
    """Make `parent/name` for the `with` block, and remove what processes that ended have left beside it.

    The name must be this process's alone. Raises OutOfSpace, StoreReadOnly.
    """
    folder = parent / name
    with faults_of(parent), _alone(parent):
        _remove_the_dead(parent)
        folder.mkdir(mode=0o700)
        lock = _locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Let nobody take a folder for a dead one's between its making and its locking."""
    descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _locked(folder: Path) -> int:
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _remove_the_dead(parent: Path) -> None:
    for folder in parent.iterdir():
        # What has no lock is not ours.
        with suppress(FileNotFoundError, NotADirectoryError, BlockingIOError):
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
