"""The texts of a document of any kind, told by its content: for a search, not for a reader.

What hides counts too: comments, attributes, metadata inside the file, deleted text, annotations, attachments. What
cannot be read is told as `Unread`, never left out. Memory and time are for the caller to bound.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from ingest.domain.texts import TextPart, TextPiece, Unread, UnreadReason
from ingest.formats.texts import mail, markup, outlook, packed, plain, portable
from ingest.formats.texts.inside import Inside

__all__ = ["texts_of"]

_HEAD: Final = 1024
_DEEPEST: Final = 4
_MOST_BYTES: Final = 64 << 20
"""Of what is read whole; PDF and ZIP are read where they lie."""
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP", b"BM")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")


def texts_of(source: BinaryIO) -> Iterator[TextPiece]:
    """Give the texts of a document, from its start. Raises OSError where the file cannot be read."""
    yield from _read(source, "", 0)


def _read(source: BinaryIO, part: str, depth: int) -> Iterator[TextPiece]:
    if depth > _DEEPEST:
        yield Unread(part=part, reason=UnreadReason.TOO_DEEP)
        return
    inside = Inside(part=part, read=lambda content, inner: _read(BytesIO(content), inner, depth + 1))
    try:
        yield from _by_kind(source, inside)
    except Exception as error:  # noqa: BLE001 - whatever a library raises over foreign bytes is about them
        yield inside.damaged("", error)


def _by_kind(source: BinaryIO, inside: Inside) -> Iterator[TextPiece]:
    source.seek(0)
    head = source.read(_HEAD)
    source.seek(0)
    if head.startswith(_ZIP):
        yield from packed.texts_of(source, inside)
    elif head.startswith(outlook.MAGIC):
        yield from outlook.texts_of(source, inside)
    elif head.startswith(_PICTURES):
        yield Unread(part=inside.part, reason=UnreadReason.PICTURES)
    elif b"%PDF-" in head:
        yield from portable.texts_of(source, inside)
    else:
        yield from _written(source.read(_MOST_BYTES + 1), inside)


def _written(content: bytes, inside: Inside) -> Iterator[TextPiece]:
    """Give what is written in letters, with or without marks among them."""
    if len(content) > _MOST_BYTES:
        yield Unread(part=inside.part, reason=UnreadReason.TOO_LARGE, detail=f"more than {_MOST_BYTES} bytes")
        content = content[:_MOST_BYTES]
    text = plain.decoded(content)
    if text is None:
        yield Unread(part=inside.part, reason=UnreadReason.NO_READER)
    elif mail.is_mail(text):
        yield from mail.texts_of(content, inside)
    elif markup.is_html(text):
        yield from markup.html_texts(text, inside)
    elif markup.is_xml(text):
        yield from markup.xml_texts(content, text, inside.part)
    else:
        yield TextPart(part=inside.part, text=text)
        if plain.is_rich_text(text):
            yield Unread(part=inside.part, reason=UnreadReason.NO_READER, detail="RTF was read with all its marks")
