"""PDF: the text of its pages by pypdf, and every other text in it (metadata, notes, fields, bookmarks) by qpdf."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, Final

from ingest.domain.texts import Layer, TextPart, TextPiece, Unread, UnreadReason
from ingest.formats.texts.inside import Inside, reason_of
from ingest.formats.texts.markup import APART

_FEW: Final = 100
"""Characters: a page with pictures and fewer than that may well be a scanned paper."""
_PRIVATE: Final = (0xE000, 0xF8FF)
_GARBLED_SHARE: Final = 0.05
_NO_TEXTS: Final = frozenset({"/ID", "/CharSet", "/Cert", "/CheckSum", "/O", "/U", "/OE", "/UE", "/Perms"})
"""Keys of strings that are bytes drawn by lot."""
_SIGNED, _SIGNATURE = "/ByteRange", "/Contents"
_DEEPEST: Final = 64
_REBUILT: Final = "file is damaged"
"""What qpdf says when it had to look for the objects itself: it may not have found them all."""


def texts_of(source: BinaryIO, inside: Inside) -> Iterator[TextPiece]:
    """Give the texts of a PDF, page by page, then those beside the pages, then those of attached files."""
    import pikepdf  # noqa: PLC0415 - only where there is a PDF

    try:
        with pikepdf.open(source) as document:
            pictures = [bool(page.get_images()) for page in document.pages]
            yield from _pages(_reader(source, document), inside, pictures)
            yield from _beside(document, inside)
            if any(_REBUILT in warning for warning in document.get_warnings()):
                yield Unread(part=inside.part, reason=UnreadReason.DAMAGED, detail="its table of objects is broken")
    except pikepdf.PasswordError:
        yield Unread(part=inside.part, reason=UnreadReason.LOCKED)
    except Exception as error:  # noqa: BLE001 - libraries raise what they like over foreign bytes
        yield inside.damaged("", error)


def _reader(source: BinaryIO, document: Any) -> Any:  # noqa: ANN401 - a pikepdf.Pdf in, a pypdf.PdfReader out
    """Open a document for its pages: as it is, or as qpdf mends and unlocks it where that is needed."""
    import pypdf  # noqa: PLC0415 - as above

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says may quote the document
    source.seek(0)
    try:
        reader = pypdf.PdfReader(source, strict=False)
        if not reader.is_encrypted and len(reader.pages) == len(document.pages):
            return reader
    except Exception as error:  # noqa: BLE001 - as above
        reason_of(error)
    document.save(mended := BytesIO())
    return pypdf.PdfReader(mended, strict=False)


def _pages(reader: Any, inside: Inside, pictures: list[bool]) -> Iterator[TextPiece]:  # noqa: ANN401 - as above
    for number, has_pictures in enumerate(pictures):
        name = f"page {number + 1}"
        try:
            text = reader.pages[number].extract_text()
        except Exception as error:  # noqa: BLE001 - as above
            yield inside.damaged(name, error)
            continue
        yield TextPart(part=inside.place(name), text=text)
        yield from _doubts(text, inside.place(name), has_pictures=has_pictures)


def _doubts(text: str, place: str, *, has_pictures: bool) -> Iterator[Unread]:
    if has_pictures and len(text.strip()) < _FEW:
        yield Unread(part=place, reason=UnreadReason.PICTURES)
    strange = sum(1 for letter in text if letter == "\ufffd" or _PRIVATE[0] <= ord(letter) <= _PRIVATE[1])
    if strange > _GARBLED_SHARE * len(text):
        yield Unread(part=place, reason=UnreadReason.GARBLED)


def _beside(document: Any, inside: Inside) -> Iterator[TextPiece]:  # noqa: ANN401 - a pikepdf.Pdf, not imported here
    import pikepdf  # noqa: PLC0415 - as above

    texts: list[str] = []
    for number, found in enumerate(document.objects):
        kind = str(found.get("/Type", "")) if isinstance(found, pikepdf.Stream) else ""
        if kind in ("/Metadata", "/EmbeddedFile"):
            place = inside.place(f"{kind[1:].lower()} {number + 1}")
            yield from inside.read(found.read_bytes(), place)
        texts += _strings(found, 0)
    trailer = document.trailer.get("/Info")
    if trailer is not None:
        texts += _strings(trailer, 0)
    yield TextPart(part=inside.place("beside the pages"), text=APART.join(texts), layer=Layer.BESIDE)


def _strings(found: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - a pikepdf.Object
    """Give the texts in an object, not those of the objects that it points to: they come in their turn."""
    import pikepdf  # noqa: PLC0415 - as above

    if depth > _DEEPEST or (depth and isinstance(found, pikepdf.Object) and found.is_indirect):
        return
    if isinstance(found, pikepdf.String):
        yield str(found)
    elif isinstance(found, pikepdf.Array):
        for item in found:
            yield from _strings(item, depth + 1)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        for key in found.keys():  # noqa: SIM118 - a pikepdf.Object is no mapping
            if key not in _NO_TEXTS and not (key == _SIGNATURE and _SIGNED in found):
                yield from _strings(found[key], depth + 1)
