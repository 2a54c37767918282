"""ZIP (APPNOTE 6.3): stored or deflated entries by the central directory; CRC-32 and size are proved."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.formats.containers.members import CHUNK_BYTES, ContainerDamaged, EntryKind, Listed

_ENCRYPTED = 0x1 | 0x40
_UTF_8 = 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCAL_HEADER_BYTES = 30
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """One entry of an open ZIP."""

    listed: Listed
    archive: zipfile.ZipFile
    source: zipfile.ZipInfo

    def chunks(self) -> Iterator[bytes]:
        """Stream the content in chunks of at most 1 MiB; ContainerDamaged when it is not as declared."""
        read = 0
        try:
            with self.archive.open(self.source) as content:
                while chunk := content.read(CHUNK_BYTES):
                    read += len(chunk)
                    yield chunk
        except _DAMAGE as fault:
            raise ContainerDamaged.at(self.listed.name, "EARKIV-PKG-3", str(fault)) from fault
        if read != self.listed.size:
            detail = f"{read} bytes where {self.listed.size} were declared"
            raise ContainerDamaged.at(self.listed.name, "EARKIV-PKG-3", detail)


def entries(path: Path) -> Iterator[ZipEntry]:
    """Give the entries in the order they lie in the file. Raises ContainerDamaged; OSError passes through."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as fault:
        raise ContainerDamaged.at(path.name, "EARKIV-PKG-3", str(fault)) from fault
    with archive:
        found = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
        _refuse_overlaps(path.name, found)
        for entry in found:
            yield ZipEntry(listed=_listed(entry), archive=archive, source=entry)


def _refuse_overlaps(container: str, found: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share packed bytes or lie before the file: no packing program writes them."""
    if found and found[0].header_offset < 0:
        raise ContainerDamaged.at(container, "EARKIV-PKG-3", "an entry lies before the start of the file")
    for before, after in pairwise(found):
        if before.header_offset + _LOCAL_HEADER_BYTES + before.compress_size > after.header_offset:
            raise ContainerDamaged.at(container, "EARKIV-PKG-3", "entries overlap")


def _listed(entry: zipfile.ZipInfo) -> Listed:
    return Listed(name=_name(entry), kind=_kind(entry), size=entry.file_size, packed=entry.compress_size)


def _name(entry: zipfile.ZipInfo) -> str:
    """Read the raw name; unflagged it is UTF-8 where it can be (macOS), else code page 437."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF_8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _kind(entry: zipfile.ZipInfo) -> EntryKind:
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) == stat.S_IFLNK:
        return EntryKind.LINK
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return EntryKind.SPECIAL
    if entry.orig_filename.endswith("/"):
        return EntryKind.SPECIAL if entry.file_size else EntryKind.FOLDER
    if entry.flag_bits & _ENCRYPTED:
        return EntryKind.ENCRYPTED
    return EntryKind.FILE if entry.compress_type in _METHODS else EntryKind.UNSUPPORTED
