"""Which XML a file holds, told by its document element alone; the file's name says nothing."""

from dataclasses import dataclass
from typing import BinaryIO

from ingest.formats.xml_bounds import GuardedParser, XmlRefused
from ingest.formats.xml_words import local_name, namespace_of

_PIECE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class RootName:
    """The name of a document element: its namespace ("" for none) and local name."""

    namespace: str
    name: str


def root_name(source: BinaryIO) -> RootName | None:
    """Read no further than the document element; None when the file does not come that far as XML.

    A document type, or whatever else is wrong further down, does not hide what the document is.

    Raises:
        OSError: the file cannot be read.
    """
    parser = GuardedParser(schema=None)
    try:
        while piece := source.read(_PIECE):
            if any(True for _ in parser.feed(piece)):
                break
        else:
            for _ in parser.close():
                break
        root = parser.root
    except XmlRefused:
        return _met(parser)
    return RootName(namespace=namespace_of(root), name=local_name(root))


def _met(parser: GuardedParser) -> RootName | None:
    """Give the document element of what was refused, when it had been met by then."""
    try:
        root = parser.root
    except XmlRefused:
        return None
    return RootName(namespace=namespace_of(root), name=local_name(root))
