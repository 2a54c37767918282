"""Which documents a browser may show, at the desk and in the reading room alike: only what cannot do anything.

They are sent under `SANDBOX`: never as a page of the address that they come from.
"""

from collections.abc import Iterator
from enum import StrEnum


class Preview(StrEnum):
    """How a document is shown before it is fetched."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    NONE = "none"


_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_LARGEST_TEXT = 2_000_000
TEXT_SHOWN = 20_000
"""Characters of a text that stand on its page."""
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'"}
"""Under this header a document has no origin, runs nothing, fetches nothing, and is framed by our own pages alone."""


def preview_of(media_type: str, size: int) -> Preview:
    """Tell how a document is shown. HTML, SVG, XML and all that is not named here never is."""
    if media_type == "application/pdf":
        return Preview.PDF
    if media_type in _IMAGES:
        return Preview.IMAGE
    if media_type in {"text/plain", "text/csv"} and size <= _LARGEST_TEXT:
        return Preview.TEXT
    return Preview.NONE


def preview_type(media_type: str) -> str:
    """Give the type that the preview is sent as: text of any kind as plain text."""
    return "text/plain; charset=utf-8" if media_type.startswith("text/") else media_type


def text_of(pieces: Iterator[bytes]) -> tuple[str, bool]:
    """Give the beginning of a text, and whether there is more; no more is read than that takes."""
    held = b""
    while len(held) < 2 * TEXT_SHOWN and (piece := next(pieces, None)) is not None:
        held += piece
    text = _decoded(held)
    return text[:TEXT_SHOWN], len(text) > TEXT_SHOWN


def _decoded(held: bytes) -> str:
    """Read text as UTF-8, or else as Windows did; what was cut in the middle of a letter loses that letter."""
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_cut = error.reason == "unexpected end of data" and error.start >= len(held) - 3
        return held[: error.start].decode("utf-8-sig") if is_cut else held.decode("cp1252", errors="replace")
