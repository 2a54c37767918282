"""The text that the reading room's search finds a record by: what there is to read in its public copies."""

from collections.abc import Iterable
from typing import Final

from ingest.domain.texts import ExtractedText, Layer
from ingest.formats.texts.markup import APART

_PARAGRAPH: Final = "\n"


def search_text(copies: Iterable[ExtractedText]) -> str:
    """Give the readable text of public copies, one after the other; metadata, notes and names in them are left out."""
    parts = (part.text for copy in copies for part in copy.parts if part.layer is Layer.READ)
    lines = (line.strip() for text in parts for line in text.replace(APART, _PARAGRAPH).splitlines())
    return _PARAGRAPH.join(line for line in lines if line)
