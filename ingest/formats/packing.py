"""Where an export goes: a folder, a ZIP or a TAR, told by the target's name; the same files, the same bytes in each."""

import errno
import os
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj, rmtree
from typing import BinaryIO, Protocol

from ingest.domain.paths import PackagePath

CHUNK = 1 << 20
CONTAINERS = frozenset({".zip", ".tar"})
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
