"""ZIP and what is ZIP inside: office documents (OOXML, ODF), e-books, and plain containers, each file in turn."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from ingest.domain.texts import Layer, TextPart, TextPiece, Unread, UnreadReason
from ingest.formats.texts import markup, plain
from ingest.formats.texts.inside import Inside, reason_of

_MOST_FILES: Final = 10_000
_MOST_MEMBER_BYTES: Final = 64 << 20
_MOST_BYTES: Final = 256 << 20
_ENCRYPTED: Final = 1
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype"})
_MARKUP: Final = (".xml", ".rels", ".vml", ".xhtml", ".html", ".htm", ".opf", ".ncx")
_NO_WORDS: Final = (".odttf", ".ttf", ".otf", ".woff", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svm", ".tiff")
_BODIES: Final = ("word/", "xl/", "ppt/slides/", "content.xml")
_SETTINGS: Final = "printersettings"
_MANIFEST: Final = "META-INF/manifest.xml"
_FEW: Final = 100
"""Characters: a document with pictures and fewer than that may well be a scanned paper."""


def texts_of(source: BinaryIO, inside: Inside) -> Iterator[TextPiece]:
    """Give the texts of every file, and the names of all of them. Raises OSError where the source cannot be read."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
            names = markup.APART.join(member.filename for member in members)
            yield TextPart(part=inside.place("names"), text=names, layer=Layer.BESIDE)
            if any(member.filename in _OFFICE for member in members):
                yield from _office(archive, inside)
            else:
                yield from _container(archive, inside)
    except Exception as error:  # noqa: BLE001 - zipfile raises what it likes over foreign bytes
        yield inside.damaged("", error)


def _container(archive: zipfile.ZipFile, inside: Inside) -> Iterator[TextPiece]:
    for name, content in _members(archive, inside):
        if isinstance(content, Unread):
            yield content
        else:
            yield from inside.read(content, inside.place(name))


def _office(archive: zipfile.ZipFile, inside: Inside) -> Iterator[TextPiece]:
    said, pictures, locked = 0, False, False
    for name, content in _members(archive, inside):
        lower = name.lower()
        if isinstance(content, Unread):
            yield content
        elif lower.endswith(_MARKUP):
            locked |= name == _MANIFEST and b"encryption-data" in content
            for piece in _document(name, content, inside):
                said += _read_length(piece)
                yield piece
        elif lower.endswith(_NO_WORDS):
            pictures |= not lower.endswith(("ttf", ".otf", ".woff")) and "thumbnail" not in lower
        elif _SETTINGS not in lower and name not in _OFFICE:
            yield from inside.read(content, inside.place(name))
    if locked:
        yield Unread(part=inside.part, reason=UnreadReason.LOCKED)
    elif pictures and said < _FEW:
        yield Unread(part=inside.part, reason=UnreadReason.PICTURES)


def _document(name: str, content: bytes, inside: Inside) -> Iterator[TextPiece]:
    """Give the texts of a file of an office document; only those of its body are there to be read."""
    for piece in markup.xml_texts(content, plain.decoded(content) or "", inside.place(name), markup.OFFICE):
        match piece:
            case TextPart() if not name.startswith(_BODIES):
                yield replace(piece, layer=Layer.BESIDE)
            case _:
                yield piece


def _read_length(piece: TextPiece) -> int:
    match piece:
        case TextPart(layer=Layer.READ, text=text):
            return len("".join(text.split()))
        case _:
            return 0


def _members(archive: zipfile.ZipFile, inside: Inside) -> Iterator[tuple[str, bytes | Unread]]:
    """Give each file's content, or why it is not read, up to what one document may unpack to."""
    left = _MOST_BYTES
    for number, member in enumerate(archive.infolist()):
        if member.is_dir():
            continue
        name = member.filename
        if number >= _MOST_FILES or left <= 0:
            yield name, Unread(part=inside.part, reason=UnreadReason.TOO_LARGE, detail="so much is packed in it")
            return
        content = _content(archive, member, inside.place(name))
        left -= 0 if isinstance(content, Unread) else len(content)
        yield name, content


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str) -> bytes | Unread:
    if member.flag_bits & _ENCRYPTED:
        return Unread(part=place, reason=UnreadReason.LOCKED)
    try:
        with archive.open(member) as opened:
            content = opened.read(_MOST_MEMBER_BYTES + 1)
    except Exception as error:  # noqa: BLE001 - as above
        return Unread(part=place, reason=reason_of(error), detail=type(error).__name__)
    if len(content) > _MOST_MEMBER_BYTES:
        return Unread(part=place, reason=UnreadReason.TOO_LARGE, detail=f"more than {_MOST_MEMBER_BYTES} bytes")
    return content
