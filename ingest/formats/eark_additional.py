"""Reads Riksarkivet's `additionalPackageInfo.xml`: what FGS 1.x said in METS and E-ARK has no place for.

Its schema is not published; the elements are those of Riksarkivet's own example (FGS Paketstruktur 2.0).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest.domain.descriptions import TypedText
from ingest.formats.erms_words import flag
from ingest.formats.xml import parse
from ingest.formats.xml_words import local_name, namespace_of, text_of

FILE_NAME = "additionalpackageinfo.xml"
MAX_BYTES = 64 << 20
_NAMESPACE = "http://xml.ra.se/e-arkiv/implementation-IP/version10/SNAadditionalPackageInfo"
_PREFIX = "additionalPackageInfo:"
_UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalWords:
    """What the document says: of the package word by word, and the strictest access mark, files included.

    `access_restriction` is accessRestrict/@restricted as written (`unstated` without it); None when
    nothing is restricted.
    """

    attributes: tuple[TypedText, ...]
    access_restriction: str | None


def read_additional(local: Path) -> AdditionalWords | None:
    """Read the document; None when its root is another.

    Raises:
        XmlRefused: the document is no acceptable XML, or more than 64 MiB.
        OSError: the file cannot be read.
    """
    root = parse(local, limit=MAX_BYTES).getroot()
    if namespace_of(root) != _NAMESPACE:
        return None
    marks = (mark.get("restricted", "") for mark in root.iter(f"{{{_NAMESPACE}}}accessRestrict"))
    restriction = next((mark or _UNSTATED for mark in marks if flag(mark) is not False), None)
    return AdditionalWords(attributes=tuple(_words(root, "")), access_restriction=restriction)


def _words(element: etree._Element, path: str) -> Iterator[TypedText]:
    """Give the texts and attributes below an element by their paths, those of single files left out."""
    for child in element.iterchildren("*"):
        name = local_name(child)
        if name == "files":
            continue
        place = f"{path}/{name}" if path else name
        for key, value in child.items():
            yield TypedText(type=f"{_PREFIX}{place}/@{key!s}", text=str(value))
        if len(child) == 0 and text_of(child).strip():
            yield TypedText(type=f"{_PREFIX}{place}", text=text_of(child))
        yield from _words(child, place)
