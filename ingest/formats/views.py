"""A package as readers see it: names with sizes, and a local path for each file on demand."""

import os
import stat
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from ingest.domain.paths import PackagePath, UnsafePath, parse_path

_PRIVILEGED = stat.S_ISUID | stat.S_ISGID
_NO_BOUND = 1 << 62
_BLOCK_BYTES = 512  # what st_blocks counts, whatever the file system
_THIN, _THIN_FROM = 2, 1 << 20


class PackageView(Protocol):
    """A delivered package, whether it lies in a folder, a container or staging: the same view, the same verdict."""

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every file by its path as delivered, with its size in bytes."""

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Lend a read-only local path to one file; KeyError when there is no such file."""

    def open(self, path: PackagePath) -> BinaryIO:
        """Read one file from its start, for those who want little of it; KeyError when there is no such file."""


class ListedView:
    """A package of which only names and sizes are known: every file is lent as an empty one."""

    def __init__(self, sizes: Mapping[PackagePath, int]) -> None:
        """View files by their paths, each with its size in bytes."""
        self._entries = dict(sorted(sizes.items()))

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every file by its path, with its size in bytes, sorted."""
        return self._entries

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Lend an empty file; KeyError when there is no such file."""
        if path not in self._entries:
            raise KeyError(path)
        return nullcontext(Path(os.devnull))

    def open(self, path: PackagePath) -> BinaryIO:
        """Give an empty file; KeyError when there is no such file."""
        if path not in self._entries:
            raise KeyError(path)
        return BytesIO()


class FolderView:
    """A package in a plain folder.

    Names that are no package paths are told apart in `unsafe` (a folder's with all that lies in it), links, special
    and setuid files in `special`; `newest` is the latest modification time among its files, in seconds since the epoch.
    `thin` are the files that have far fewer bytes on disk than they are long, with both numbers: most may be holes.
    """

    def __init__(self, root: Path, most: int = _NO_BOUND) -> None:
        """List the folder once, no further than `most` files and folders; OSError when it cannot be read."""
        self._root = root
        self._left = most
        self._entries: dict[PackagePath, int] = {}
        self.unsafe: list[UnsafePath] = []
        self.special: list[str] = []
        self.thin: dict[PackagePath, tuple[int, int]] = {}
        self.newest = 0.0
        self._list(root, "")

    @property
    def is_whole(self) -> bool:
        """Whether the folder holds no more files and folders than were to be listed."""
        return self._left >= 0

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every regular file by its path, with its size in bytes, sorted."""
        return self._entries

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Give the file itself."""
        if path not in self._entries:
            raise KeyError(path)
        return nullcontext(self._root / path)

    def open(self, path: PackagePath) -> BinaryIO:
        """Open the file itself."""
        if path not in self._entries:
            raise KeyError(path)
        return (self._root / path).open("rb")

    def _list(self, folder: Path, prefix: str) -> None:
        for child in self._children(folder):
            name = prefix + child.name
            if child.is_dir(follow_symlinks=False):
                self._enter(Path(child.path), name)
            elif child.is_file(follow_symlinks=False):
                facts = child.stat(follow_symlinks=False)
                self.newest = max(self.newest, facts.st_mtime)
                if facts.st_mode & _PRIVILEGED:
                    self.special.append(name)
                else:
                    self._add(name, facts)
            else:
                self.special.append(name)

    def _children(self, folder: Path) -> list[os.DirEntry[str]]:
        with os.scandir(folder) as found:
            children = list(islice(found, max(self._left, 0) + 1))
        self._left -= len(children)
        return sorted(children, key=lambda child: child.name) if self.is_whole else []

    def _enter(self, folder: Path, name: str) -> None:
        match parse_path(name):
            case UnsafePath() as unsafe:
                self.unsafe.append(unsafe)
            case _:
                self._list(folder, name + "/")

    def _add(self, name: str, facts: os.stat_result) -> None:
        match parse_path(name):
            case UnsafePath() as unsafe:
                self.unsafe.append(unsafe)
            case path:
                self._entries[path] = facts.st_size
                kept = facts.st_blocks * _BLOCK_BYTES
                if facts.st_size > max(_THIN_FROM, kept * _THIN):
                    self.thin[path] = (facts.st_size, kept)


class UnwrappedView:
    """A package in a folder, without the folder `root` (with its `/`, or "") that everything in it lies in."""

    def __init__(self, listed: FolderView, root: str) -> None:
        """Show the files by their paths below that folder, sorted."""
        self._listed = listed
        self._root = root
        inside = {PackagePath(name.removeprefix(root)): size for name, size in listed.entries.items()}
        self._entries = dict(sorted(inside.items()))

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every file with its size in bytes."""
        return self._entries

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Give the file itself."""
        return self._listed.local(PackagePath(self._root + path))

    def open(self, path: PackagePath) -> BinaryIO:
        """Open the file itself."""
        return self._listed.open(PackagePath(self._root + path))
