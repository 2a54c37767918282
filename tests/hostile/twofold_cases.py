"""Containers that are one kind from their start and another to their end, or that end twice for who reads forwards."""

import gzip
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from tests.hostile.case import CASE_JSON, DOCUMENT, Case, accepted, as_text, package, refused
from tests.hostile.tars import BLOCK, header, pax, tarred
from tests.hostile.zips import Entry, descriptor, local_header, plain, zip_of, zipped

_FILES: Final = package()
_TEXT: Final = as_text(_FILES)
_HIDDEN: Final = zipped({b"dold.exe": b"MZ"})
_MARK: Final = 0x08074B50
_GZIP_NAME, _GZIP_COMMENT, _GZIP_EXTRA = 8, 16, 4


def cases() -> Iterator[Case]:
    """All of them."""
    yield refused("twofold-zip-tar", _zip_and_tar, "PKG-14")
    yield refused("twofold-tar-zip", _tar_and_zip, "PKG-14")
    yield refused("twofold-gz-zip", lambda: gzip.compress(_tar_and_zip(8), 0, mtime=0), "PKG-14")
    yield accepted("twofold-not-zip-last", lambda: tarred(_inside(_HIDDEN)), as_text(_inside(_HIDDEN)))
    for name, form in (("32", "<IIII"), ("64", "<IIQQ")):
        yield refused(f"zip-stored-ends-twice-{name}", partial(_streamed, _ended(form)), "PKG-14")
    inner = _streamed(b"a" * 20)
    yield accepted("zip-stored-zip-inside", lambda: _streamed(inner), as_text(_inside(inner)))
    yield refused("tar-pax-star-sparse", lambda: _said("SCHILY.realsize", b"99"), "PKG-6")
    yield refused(
        "tar-global-star-sparse", lambda: pax(("SCHILY.realsize", b"9"), kind=b"g") + tarred(_FILES), "PKG-14"
    )
    yield refused("gz-extra", partial(_gz, _GZIP_EXTRA, b"\4\0dolt"), "PKG-15")
    yield refused("gz-comment-binary", partial(_gz, _GZIP_COMMENT, b"\x7fELF\2\1\1\0"), "PKG-15")
    yield refused("gz-comment-long", partial(_gz, _GZIP_COMMENT, b"a" * 70_000 + b"\0"), "PKG-15")
    yield accepted("gz-named", partial(_gz, _GZIP_NAME, "paket åäö.tar\0".encode("latin-1")), _TEXT)
    yield accepted("gz-comment", partial(_gz, _GZIP_COMMENT, b"Export 2021\0"), _TEXT)
    yield accepted("gz-blocks", partial(_gz, _GZIP_EXTRA, b"\6\0BC\2\0\x10\0"), _TEXT)


def _inside(document: bytes) -> dict[bytes, bytes]:
    return package({DOCUMENT: document})


def _said(key: str, value: bytes) -> bytes:
    """A TAR with a pax record before its last entry."""
    return tarred({CASE_JSON: _FILES[CASE_JSON]}, pax((key, value)), tarred({DOCUMENT: _FILES[DOCUMENT]}), end=b"")


def _zip_and_tar() -> bytes:
    """A ZIP whose first block has, in an extra field, what a TAR header needs."""
    first, *others = (plain(name, body) for name, body in _FILES.items())
    room = BLOCK - len(local_header(first)) - 4
    made = bytearray(zip_of([replace(first, local={"extra": struct.pack("<HH", 0x9999, room) + bytes(room)}), *others]))
    made[100:148] = header(b"", 0)[100:148]
    made[156:BLOCK] = header(b"", 0)[156:]
    made[148:156] = b" " * 8
    made[148:156] = b"%06o\0 " % sum(made[:BLOCK])
    return bytes(made)


def _tar_and_zip(behind: int = 0) -> bytes:
    """A TAR whose last file is a ZIP, the comment of which takes the TAR's end and so many bytes behind it."""
    whole = tarred(_inside(_HIDDEN))
    comment = len(whole) - whole.index(_HIDDEN) - len(_HIDDEN) + behind
    return tarred(_inside(_HIDDEN[:-2] + struct.pack("<H", comment)))


def _ended(form: str) -> bytes:
    """Content in which a descriptor says that it ends, and another entry begins."""
    before = b"oskyldigt"
    stated = struct.pack(form, _MARK, zlib.crc32(before), len(before), len(before))
    return before + stated + local_header(Entry(name=b"dold.exe", content=b"MZ")) + b"MZ"


def _streamed(document: bytes) -> bytes:
    """A package as a stored stream: sizes stand after the bytes."""
    entries = [plain(name, body) for name, body in _inside(document).items()]
    unknown = {"crc": 0, "size": 0, "packed": 0}
    return zip_of([replace(entry, flags=8, local=unknown, after=descriptor(entry)) for entry in entries])


def _gz(flags: int, fields: bytes) -> bytes:
    """A TAR in gzip whose header has further fields."""
    plainly = gzip.compress(tarred(_FILES), mtime=0)
    return plainly[:3] + bytes([flags]) + plainly[4:10] + fields + plainly[10:]
