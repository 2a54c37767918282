"""Packs files as ZIP, TAR and gzipped TAR, soundly or with a twist that no packing program would make."""

import gzip
import io
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from random import Random
from typing import Final

from samples.simulator.containers import zip_entry
from tests.fuzz.odd import PATHS
from tests.fuzz.small import Files

_ODD_NAMES: Final = (*PATHS, "", "/", "/abs", "../up", "a/../../b", "a//b", "./a", "C:\\x", "a\0b", "x" * 300)
_TYPES: Final = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE, b"S", b"Z")


def zipped(files: Files, root: str = "") -> bytes:
    """Pack files as a ZIP, below a root folder when one is named."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path, content in files.items():
            archive.writestr(zip_entry(root + path), content)
    return written.getvalue()


def tarred(files: Files, root: str = "") -> bytes:
    """Pack files as a TAR, below a root folder when one is named."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, content in files.items():
            archive.addfile(_tar_entry(root + path, content), io.BytesIO(content))
    return written.getvalue()


def gzipped(files: Files, root: str = "") -> bytes:
    """Pack files as a gzipped TAR, below a root folder when one is named."""
    return gzip.compress(tarred(files, root), compresslevel=1, mtime=0)


PACKINGS: Final[Mapping[str, Callable[[Files, str], bytes]]] = {"zip": zipped, "tar": tarred, "tar.gz": gzipped}


def _tar_entry(name: str, content: bytes) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o644
    return entry


# ---------------------------------------------------------------------------------------------- twisted


def twisted_zip(files: Files, random: Random) -> bytes:
    """Pack files as a ZIP with one member told twice, told wrongly, or told of a kind that is not taken."""
    written = io.BytesIO()
    chosen = random.choice(list(files))
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as archive:
        warnings.simplefilter("ignore")  # A name told twice: that is the twist.
        for path, content in files.items():
            archive.writestr(zip_entry(path), content)
        entry = zip_entry(random.choice((chosen, chosen + "/", chosen + "/x", *_ODD_NAMES)) or "x")
        entry.compress_type = random.choice(
            (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
        )
        entry.external_attr = random.choice((0, 0o100644, 0o120777, 0o040755, 0o020644, 0o177777)) << 16
        entry.create_system = random.choice((0, 3, 255))
        entry.extra = random.choice((b"", b"\x01\x00\x04\x00abcd", b"\x75\x70\x01\x00\x01", b"x"))
        entry.comment = random.choice((b"", b"PK\x05\x06" * 6))
        archive.writestr(entry, random.choice((b"", b"a", b"\0" * 100_000)))
        archive.comment = random.choice((b"", b"x" * 65535, b"PK\x05\x06\0\0"))
    return _flags(written.getvalue(), random)


def _flags(octets: bytes, random: Random) -> bytes:
    """Change what one header says: flags, method, time, CRC, sizes, lengths, offsets."""
    magic = random.choice((b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"))
    place = octets.rfind(magic) + random.randint(4, 45)
    if random.randint(0, 1) and place < len(octets):
        value = random.choice((0, 1, 0x7F, 0x80, 0xFF))
        return octets[:place] + bytes([value]) + octets[place + 1 :]
    return octets


def twisted_tar(files: Files, random: Random) -> bytes:
    """Pack files as a TAR with one member told twice, wrongly, with odd headers, or of a kind that is not taken."""
    written = io.BytesIO()
    form = random.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT))
    with tarfile.open(fileobj=written, mode="w", format=form, errors="surrogateescape") as archive:
        for path, content in files.items():
            try:
                archive.addfile(_tar_entry(path, content), io.BytesIO(content))
            except ValueError:  # USTAR cannot hold a long name.
                continue
        entry = _tar_entry(random.choice((*files, *_ODD_NAMES[:-1], "x" * 99)).replace("\0", "") or "x", b"a")
        entry.type = random.choice((tarfile.REGTYPE, tarfile.REGTYPE, *_TYPES))
        entry.linkname = random.choice(("", "../../etc/passwd", *list(files)[:1]))
        if form == tarfile.PAX_FORMAT:
            entry.pax_headers = random.choice(_PAX)
        with suppress(ValueError):  # A header of this format cannot say it.
            archive.addfile(entry, io.BytesIO(b"a"))
    return _field(written.getvalue(), random)


_PAX: Final[tuple[dict[str, str], ...]] = (
    {},
    {"path": "å/../b"},
    {"path": "a\0b"},
    {"size": "-1"},
    {"size": "1e9"},
    {"size": "9" * 40},
    {"mtime": "nan"},
    {"hdrcharset": "BINARY"},
    {"GNU.sparse.map": "0,1,x"},
    {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "9999999999"},
    {"GNU.sparse.size": "x"},
)


def _field(octets: bytes, random: Random) -> bytes:
    """Give one header a number that is none, or one that is huge; its checksum is made to fit now and then."""
    start = 512 * random.randint(0, max(0, len(octets) // 512 - 1))
    place = start + random.choice((100, 108, 116, 124, 136, 156, 257, 263, 329, 345))
    value = random.choice(
        (b"\x80" + b"\0" * 6 + b"\xff", b"\xff" * 8, b"77777777", b"-0000001", b"xxxxxxxx", b"\0" * 8)
    )
    if random.randint(0, 1):
        octets = octets[:place] + value + octets[place + len(value) :]
        header = bytearray(octets[start : start + 512])
        header[148:156] = b" " * 8
        header[148:156] = b"%06o\0 " % (sum(header) % 8**6)
        octets = octets[:start] + bytes(header) + octets[start + 512 :]
    return octets


def twisted_gzip(files: Files, random: Random) -> bytes:
    """Gzip something that is no TAR, or a twisted one, cut short or with something after it."""
    inner = random.choice((twisted_tar(files, random), zipped(files), b"", b"\0" * 1024, b"\0" * 3_000_000))
    packed = gzip.compress(inner, compresslevel=1, mtime=0)
    cut = random.randint(0, len(packed))
    return random.choice((packed, packed[:cut], packed + b"x", packed + packed, gzip.compress(packed, mtime=0)))


TWISTS: Final[Mapping[str, Callable[[Files, Random], bytes]]] = {
    "zip": twisted_zip,
    "tar": twisted_tar,
    "tar.gz": twisted_gzip,
}
