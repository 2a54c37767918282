"""XML as a person reads it: one element a line, indented; the document itself is left as it is."""

from pathlib import Path

from lxml import etree

from ingest.formats.xml import XmlRefused, parse

MOST_SHOWN = 1 << 20
"""A larger document is not laid out: nobody reads that much on a page."""


def laid_out(path: Path) -> str | None:
    """Give a document indented; None for one that is too large, or that cannot be read as XML. Raises OSError."""
    if path.stat().st_size > MOST_SHOWN:
        return None
    try:
        tree = parse(path, limit=MOST_SHOWN)
    except XmlRefused:
        return None
    etree.indent(tree, space="  ")
    text: str = etree.tostring(tree, encoding="unicode")
    return text
