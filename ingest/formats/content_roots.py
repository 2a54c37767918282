"""Which XML a file holds, told by its document element alone; the file's name says nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.formats.xml_bounds import FARTHEST_ROOT_BYTES, GuardedParser, XmlRefused
from ingest.formats.xml_words import local_name, namespace_of

_PIECE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class RootName:
    """The name of a document element: its namespace ("" for none) and local name."""

    namespace: str
    name: str


def root_name(source: BinaryIO) -> RootName | None:
    """Read no further than the document element; None when the file does not come that far as XML in its first MiB.

    A document type, or whatever else is wrong further down, does not hide what the document is.

    Raises:
        OSError: the file cannot be read.
    """
    parser = GuardedParser(schema=None)
    try:
        for events in parser.read(_tags(source)):
            for _ in events:
                return _named(parser)
    except XmlRefused:
        return _named(parser)
    return None


def _tags(source: BinaryIO) -> Iterator[bytes]:
    """Cut what is read after each `>`: what is wrong after the first tag must not hide that tag."""
    read = 0
    while read < FARTHEST_ROOT_BYTES and (chunk := source.read(_PIECE)):
        read += len(chunk)
        *whole, rest = chunk.split(b">")
        yield from (piece + b">" for piece in whole)
        if rest:
            yield rest


def _named(parser: GuardedParser) -> RootName | None:
    """Name the document element that has been met; None when none has."""
    try:
        root = parser.root
    except XmlRefused:
        return None
    return RootName(namespace=namespace_of(root), name=local_name(root))
