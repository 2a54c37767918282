"""The texts of a document, part by part, and what of it could not be read as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class UnreadReason(StrEnum):
    """Why something holds no text that we could read, or may hold more than we read."""

    NO_READER = "no reader for its format"
    PICTURES = "pictures, in which text cannot be read"
    GARBLED = "letters that stand for nothing known"
    LOCKED = "a password is needed"
    DAMAGED = "damaged"
    ENTITIES = "a document type declaration of its own"
    TOO_LARGE = "too large"
    TOO_DEEP = "too deep inside others"
    TOO_LONG = "more time than reading it may take"
    TOO_MUCH_MEMORY = "more memory than reading it may take"
    ENDED = "reading it ended its process"


class Layer(StrEnum):
    """Whether a text is there to be read, or lies beside: metadata, attributes, comments, notes, names of files."""

    READ = "read"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A text in a document: `part` says where (`page 3`, `word/document.xml`, `a.zip!/b.txt`), "" for a plain text.

    A form feed stands between what belongs to different paragraphs, cells or fields.
    """

    part: str
    text: str
    layer: Layer = Layer.READ


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part that was not read, or not to its end; the whole document where `part` is "". `detail` quotes nothing."""

    part: str
    reason: UnreadReason
    detail: str = ""


TextPiece = TextPart | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedText:
    """What reading one document gave; it was read to its end where `unread` is empty."""

    parts: tuple[TextPart, ...] = ()
    unread: tuple[Unread, ...] = ()


def gathered(pieces: Iterator[TextPiece], most: int) -> ExtractedText:
    """Put the pieces of a document together, up to so many characters; what is beyond is told as too large."""
    parts, unread, left = list[TextPart](), list[Unread](), most
    for piece in pieces:
        match piece:
            case TextPart(text=text):
                parts += [piece] if text.strip() else []
                left -= len(text)
            case Unread():
                unread.append(piece)
        if left < 0:
            unread.append(Unread(part="", reason=UnreadReason.TOO_LARGE, detail=f"more than {most} characters"))
            break
    return ExtractedText(parts=tuple(parts), unread=tuple(unread))
