"""What a PREMIS 3 document says of the fixity of files: read as a stream, each file with its place in the AIP."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from ingest.domain.fixity import DeclaredDigest
from ingest.formats.xml import stream
from ingest.formats.xml_words import line_of, text_of

_PREMIS: Final = "{http://www.loc.gov/premis/v3}"
_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFixity:
    """A PREMIS object of the category file: its place in the AIP, its size in bytes as written, its digests."""

    path: str
    size: str
    digests: tuple[DeclaredDigest, ...]
    line: int


def stream_fixity(path: Path) -> Iterator[FileFixity]:
    """Read every object of the category file in document order.

    Raises:
        XmlRefused: the document is not well-formed or breaks the parser's bounds; all before that has come.
        OSError: the file cannot be read.
    """
    for _, element in stream(path, schema=None, tags=(_PREMIS + "object",)):
        if str(element.get(_TYPE, "")).rpartition(":")[2] == "file":
            yield FileFixity(
                path=_first(element, "contentLocationValue"),
                size=_first(element, "size"),
                digests=tuple(map(_digest, element.iter(_PREMIS + "fixity"))),
                line=line_of(element),
            )


def _digest(fixity: etree._Element) -> DeclaredDigest:
    return DeclaredDigest(
        algorithm_name=_first(fixity, "messageDigestAlgorithm"), value=_first(fixity, "messageDigest")
    )


def _first(element: etree._Element, name: str) -> str:
    return next((text_of(found).strip() for found in element.iter(_PREMIS + name)), "")
