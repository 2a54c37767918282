"""Packs a folder as ZIP or TAR, the same bytes every time: sorted, one fixed time, not compressed.

Nothing is compressed because the bytes of a deflated stream depend on which zlib is at hand.
"""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_ZIP_TIME = (2026, 3, 2, 8, 0, 0)
_TAR_TIME = 1772438400  # 2026-03-02 08:00:00 UTC


def write_zip(folder: Path, container: Path, *, root: str = "") -> None:
    """Pack a folder's files into a ZIP, below a root folder of that name when one is given."""
    with zipfile.ZipFile(container, "w") as archive:
        for name, path in _files(folder, root):
            archive.writestr(zip_entry(name), path.read_bytes())


def write_tar(folder: Path, container: Path, *, root: str = "") -> None:
    """Pack a folder's files into a TAR (pax), below a root folder of that name when one is given."""
    with tarfile.open(container, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, path in _files(folder, root):
            content = path.read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), _TAR_TIME, 0o644
            archive.addfile(entry, io.BytesIO(content))


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Make an entry of fixed time, mode and system, stored as it is."""
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry


def _files(folder: Path, root: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield str(PurePosixPath(root) / PurePosixPath(path.relative_to(folder).as_posix())), path
