"""Files that are ZIP inside: archives as such, and the newer office documents (OOXML, ODF)."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ingest.adapters.probes.packed_signed import signatures_of
from ingest.adapters.probes.reading import beyond, damage_unless_read
from ingest.domain.characteristics import Characteristic, Observed, Trait

_MOST_DIRECTORY_BYTES = 16 << 20
_MOST_MANIFEST_BYTES = 1 << 20
_END_RECORD = struct.Struct("<4s4H2LH")
_FARTHEST_COMMENT = 1 << 16
_ENCRYPTED_FLAG = 1
_ODF_MANIFEST = "META-INF/manifest.xml"


def probe(path: Path) -> Observed:
    """Tell encrypted members, macros and signatures; nothing but a manifest and signatures is unpacked."""
    return damage_unless_read(path, _read)


def _read(path: Path) -> Observed:
    if _directory_bytes(path) > _MOST_DIRECTORY_BYTES:
        return beyond(f"a directory of more than {_MOST_DIRECTORY_BYTES} bytes")
    with zipfile.ZipFile(path) as archive:
        return Observed(characteristics=tuple(_found(archive)), signatures=signatures_of(archive))


def _directory_bytes(path: Path) -> int:
    """Give the size that the end record states, before a library takes in that much; 0 where there is no such."""
    with path.open("rb") as source:
        size = source.seek(0, 2)
        source.seek(max(0, size - _FARTHEST_COMMENT - _END_RECORD.size))
        tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        return 0
    stated: int = _END_RECORD.unpack_from(tail, at)[5]
    return stated


def _found(archive: zipfile.ZipFile) -> Iterator[Characteristic]:
    members = archive.infolist()
    locked = sum(1 for member in members if member.flag_bits & _ENCRYPTED_FLAG)
    if locked:
        yield Characteristic(trait=Trait.ENCRYPTED, detail=f"{locked} of {len(members)} members are encrypted")
    elif _is_locked_odf(archive):
        yield Characteristic(trait=Trait.ENCRYPTED, detail="a password is needed to open it")
    names = [member.filename for member in members]
    if any(name.rpartition("/")[2].casefold() == "vbaproject.bin" for name in names):
        yield Characteristic(trait=Trait.MACROS, detail="VBA")
    elif "mimetype" in names and any(name.startswith(("Basic/", "Scripts/")) and name[-1] != "/" for name in names):
        yield Characteristic(trait=Trait.MACROS, detail="Basic or script library")


def _is_locked_odf(archive: zipfile.ZipFile) -> bool:
    try:
        manifest = archive.getinfo(_ODF_MANIFEST)
    except KeyError:
        return False
    with archive.open(manifest) as source:
        return b"encryption-data" in source.read(_MOST_MANIFEST_BYTES)
