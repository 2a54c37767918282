"""Folders of a store, walked one segment at a time through descriptors.

So no path is too long, and no symbolic link inside a store is followed.
"""

import errno
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ingest.errors import StoreUnavailable

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_MAKING = threading.Lock()


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


def entries(root: Path, segments: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """List a folder in the order of its keys: (name,) for an object and (name, "") for a folder."""
    try:
        with opened_folder(root, segments) as folder, os.scandir(folder) as found:
            names = [(e.name, "") if e.is_dir(follow_symlinks=False) else (e.name,) for e in found]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    # "a-b" sorts before "a/c" as a key: a folder counts with its slash.
    return tuple(sorted(names, key="/".join))
