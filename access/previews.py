"""Which documents a browser may show: only what cannot do anything, and never as a page of this address."""

from enum import StrEnum


class Preview(StrEnum):
    """How a document is shown before it is fetched."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    NONE = "none"


_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_LARGEST_TEXT = 2_000_000


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
