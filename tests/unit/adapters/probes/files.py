"""Files with something inside, made for the probes' tests."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date

import msoffcrypto.format.ooxml
import pikepdf
from PIL import Image

from samples.documents.letters import Letter
from samples.documents.pdf import pdf as letter_pdf
from samples.documents.word import word

LETTER = Letter(
    sender="Exempelnämnden",
    recipient="Ellen Exempel",
    reference="EXN 2021/17",
    dated=date(2021, 6, 1),
    title="Beslut",
    body="Nämnden bifaller ansökan.",
    signature="Nils Nämndsekreterare",
)
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def pdf() -> bytes:
    """Give an ordinary PDF."""
    return letter_pdf(LETTER)


def docx() -> bytes:
    """Give an ordinary Word document."""
    return word(LETTER)


def bare_pdf(catalogue: bytes) -> bytes:
    """Give a PDF of one empty page that lacks all it may lack, with more in its catalogue."""
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate((b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>", pages, page), 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def locked_pdf(password: str) -> bytes:
    """Give a PDF that opens with a password only, "" for one that restricts what may be done with it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="ägare", user=password))
    return target.getvalue()


def scripted_pdf() -> bytes:
    """Give a PDF that runs JavaScript when it is opened."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(target)
    return target.getvalue()


def locked_docx() -> bytes:
    """Give a Word document that opens with a password only."""
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(docx())).encrypt("hemligt", target)
    return target.getvalue()


def with_members(content: bytes, added: Mapping[str, bytes]) -> bytes:
    """Give a ZIP with further members."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        for name, member in added.items():
            archive.writestr(name, member)
    return target.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Give a ZIP of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return target.getvalue()


def locked_zip() -> bytes:
    """Give a ZIP whose member claims to be encrypted, in both its headers."""
    content = bytearray(zipped({"a.txt": b"hemligt"}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + at] |= 1
    return bytes(content)


def image(kind: str, side: int = 64) -> bytes:
    """Give a picture with something in it to break."""
    target = io.BytesIO()
    Image.effect_noise((side, side), 50).convert("RGB").save(target, kind)
    return target.getvalue()


def pictures(kind: str, number: int) -> bytes:
    """Give a file of several pictures."""
    first, *others = (Image.effect_noise((64, 64), 50).convert("RGB") for _ in range(number))
    target = io.BytesIO()
    first.save(target, kind, save_all=True, append_images=others)
    return target.getvalue()


def pixel_flood() -> bytes:
    """Give a PNG that states a picture of 900 million pixels, and has none of them."""
    header = struct.pack(">LL5B", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body)) for kind, body in chunks
    )


def ole_with(*names: str) -> bytes:
    """Give a compound file (MS-CFB) whose root holds these storages, all of them empty."""
    children = [*(name.encode("utf-16-le") for name in names)]
    entries = [_entry("Root Entry".encode("utf-16-le"), 5, child=1 if children else _FREE, sibling=_FREE)]
    for number, name in enumerate(children, 1):
        entries.append(_entry(name, 1, child=_FREE, sibling=number + 1 if number < len(children) else _FREE))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    assert len(directory) == _SECTOR, "at most three storages fit"
    table = struct.pack("<128L", _FAT, _END, *([_FREE] * 126))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<5H6x9L", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return (header + struct.pack("<109L", 0, *([_FREE] * 108))).ljust(_SECTOR, b"\0") + table + directory


def _entry(name: bytes, kind: int, *, child: int, sibling: int) -> bytes:
    padded = name.ljust(64, b"\0")
    return padded + struct.pack("<HBB3L", len(name) + 2, kind, 1, _FREE, sibling, child) + bytes(48)
