"""Office documents, markup, mail and signatures that are hostile to whoever reads them."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

_XML: Final = b'<?xml version="1.0"?>'
_MIB: Final = 1 << 20


def office(parts: Mapping[str, bytes]) -> bytes:
    """A packed document of these parts."""
    with zipfile.ZipFile(target := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


def many_parts(count: int) -> bytes:
    """A packed document with a directory of very many parts."""
    with zipfile.ZipFile(target := io.BytesIO(), "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}", b"")
    return target.getvalue()


def word(document: bytes) -> bytes:
    """A Word document of this content."""
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return office({"[Content_Types].xml": _XML + types, "word/document.xml": document})


def text(manifest: bytes) -> bytes:
    """An OpenDocument text with this manifest."""
    kind = b"application/vnd.oasis.opendocument.text"
    return office({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": _XML + b"<a/>"})


def sectors(table: bytes, *, more: int = 0) -> bytes:
    """An OLE2 file whose table of sectors is this one."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<5H", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<9I", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(head) + table.ljust(512, b"\xff") + bytes(512 * (1 + more))


def looped_sectors() -> bytes:
    """An OLE2 file whose folder goes on in itself."""
    return sectors(struct.pack("<2I", 0xFFFFFFFD, 1))


def long_tables() -> bytes:
    """An OLE2 file that states 60 million tables."""
    content = bytearray(looped_sectors())
    struct.pack_into("<I", content, 44, 60_000_000)
    struct.pack_into("<2I", content, 68, 1, 60_000_000)
    return bytes(content)


def ring_of_folders() -> bytes:
    """An OLE2 file whose folders are each other's children."""
    entry = bytearray(128)
    entry[0:2], entry[64:66], entry[66] = b"R\0", struct.pack("<H", 4), 5
    struct.pack_into("<3I", entry, 68, 0, 0, 0)
    return sectors(struct.pack("<2I", 0xFFFFFFFD, 0xFFFFFFFE))[:-512] + bytes(entry) * 4


def mail(levels: int) -> bytes:
    """A mail with parts in parts."""
    parts = (b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(levels))
    return b"From: a@example.se\nTo: b@example.se\nSubject: x\nMIME-Version: 1.0\n" + b"".join(parts)


def box(letters: int) -> bytes:
    """A box of very many letters."""
    return b"From a@example.se Thu Jan  1 00:00:00 2026\nFrom: a@example.se\nSubject: x\n\nx\n\n" * letters


def signature(levels: int) -> bytes:
    """A signature of sequences in sequences of unstated length."""
    return b"\x30\x80" * levels


def stated(length: int) -> bytes:
    """A signature that states a length which it has not."""
    return b"\x30\x84" + struct.pack(">I", length) + b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"


_LAUGHS: Final = b"<!DOCTYPE a [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
)
MAKERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "bomb.docx": lambda: word(bytes(400 * _MIB)),
    "deep.docx": lambda: word(_XML + b"<a>" * 2_000_000),
    "parts.docx": lambda: many_parts(90_000),
    "manifest.odt": lambda: text(_XML + b" " * (400 * _MIB)),
    "looped.doc": looped_sectors,
    "long.xls": long_tables,
    "ring.ppt": ring_of_folders,
    "large.doc": lambda: sectors(b"\0\0\0\0" * 128, more=100_000),
    "laughs.xml": lambda: _XML + _LAUGHS + b"]><a>&m;</a>",
    "comment.xml": lambda: _XML + b"<a><!--" + b"x" * (100 * _MIB) + b"--></a>",
    "text.xml": lambda: _XML + b"<a>" + b"x" * (100 * _MIB) + b"</a>",
    "value.xml": lambda: _XML + b'<a b="' + b"x" * (100 * _MIB) + b'"/>',
    "deep.xml": lambda: _XML + b"<a>" * 3_000_000,
    "attributes.xml": lambda: _XML + b"<a" + b"".join(b' a%d=""' % n for n in range(500_000)) + b"/>",
    "names.xml": lambda: _XML + b"<a>" + b"".join(b"<n%d/>" % n for n in range(1_500_000)) + b"</a>",
    "wide.svg": lambda: _XML + b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 5_000_000 + b"</svg>",
    "deep.eml": lambda: mail(50_000),
    "header.eml": lambda: b"From: a@example.se\nSubject: " + b"x" * (50 * _MIB) + b"\n\nx",
    "letters.mbox": lambda: box(300_000),
    "deep.txt.p7s": lambda: signature(4_000_000),
    "stated.txt.p7s": lambda: stated(0xFFFFFFF0),
}
