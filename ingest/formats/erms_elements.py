"""A CITS ERMS document as a stream of its parts: `control`, then each case or loose record, one at a time."""

from pathlib import Path
from typing import Final

from ingest.formats.erms_words import ERMS
from ingest.formats.xml_elements import ElementStream

_PARTS: Final = ("control", "aggregation", "record", "additionalInformation")


def open_erms(path: Path) -> ElementStream:
    """Open an ERMS document to be read part by part; its reader has judged it by its schema."""
    return ElementStream(path, namespace=ERMS, whole=_PARTS, schema=None)
