"""Electronic signatures in XML (XML-DSig 1.1, XAdES), found and described; whether they hold is not asked here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import RawIOBase
from typing import BinaryIO, Final

from lxml import etree

from ingest.formats.xml_bounds import GuardedParser, XmlRefused, forget
from ingest.formats.xml_words import local_name, text_of

_DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE: Final = f"{{{_DSIG}}}Signature"
_MARKS: Final = tuple(_DSIG.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
_PIECE: Final = 1 << 16
_OVERLAP: Final = max(map(len, _MARKS))
_MOST_CERTIFICATES: Final = 8
_MOST_TEXT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlSignature:
    """A signature found: its number among all in document order, from 0, and whether it lies inside another one.

    `certificates` are those that came along (base64 of DER), `signed_at` is the time that the signer states, `targets`
    are the references (`""` the whole document, `#id` a part of it, else something outside), `algorithms` those of all
    transforms. `has_manifest`: what is signed is a list of further digests (an Office package). `is_inherited`: what is
    signed depends on `xml:` attributes further out in the document (inclusive canonical XML, 2.4).
    """

    number: int
    is_inside_another: bool
    certificates: tuple[str, ...]
    has_key: bool
    signed_at: str
    targets: tuple[str, ...]
    algorithms: frozenset[str]
    has_manifest: bool
    is_inherited: bool


def mentions_signatures(source: RawIOBase | BinaryIO) -> bool:
    """Say whether a file, read from its start in little memory, names XML-DSig anywhere. Raises OSError."""
    before = b""
    while piece := source.read(_PIECE):
        window = before + piece
        if any(mark in window for mark in _MARKS):
            return True
        before = window[-_OVERLAP:]
    return False


def signatures_in(pieces: Iterable[bytes], most: int) -> tuple[XmlSignature, ...]:
    """Find the signatures of a document, at most so many, in document order; all else is forgotten as it passes.

    Raises:
        XmlRefused: the document is not well-formed, has a document type, or breaks a bound.
    """
    finder = _Finder(most)
    for events in GuardedParser(schema=None).read(pieces):
        for kind, element in events:
            if kind == "start":
                finder.begin(element)
            else:
                finder.end(element)
    return finder.found()


class _Finder:
    """Looks at elements as they begin and end."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun = 0
        self._open: list[int] = []
        self._found: list[XmlSignature] = []
        self._has_xml_attributes = False

    def begin(self, element: etree._Element) -> None:
        if not self._has_xml_attributes:
            self._has_xml_attributes = any(str(name).startswith(_XML) for name in element.attrib)
        if element.tag == SIGNATURE:
            self._open.append(self._begun)
            self._begun += 1

    def end(self, element: etree._Element) -> None:
        if element.tag == SIGNATURE:
            number = self._open.pop()
            if number < self._most:
                self._found.append(_described(element, number, is_inside_another=bool(self._open)))
        if not self._open:
            forget(element)

    def found(self) -> tuple[XmlSignature, ...]:
        in_order = sorted(self._found, key=lambda one: one.number)
        return tuple(replace(one, is_inherited=one.is_inherited and self._has_xml_attributes) for one in in_order)


def _described(signature: etree._Element, number: int, *, is_inside_another: bool) -> XmlSignature:
    info = signature.find(f"{{{_DSIG}}}KeyInfo")
    keys = tuple(info.iter(f"{{{_DSIG}}}X509Certificate")) if info is not None else ()
    values = tuple(info.iter(f"{{{_DSIG}}}KeyValue")) if info is not None else ()
    signed = signature.find(f"{{{_DSIG}}}SignedInfo")
    references = tuple(signed.iterchildren(f"{{{_DSIG}}}Reference")) if signed is not None else ()
    return XmlSignature(
        number=number,
        is_inside_another=is_inside_another,
        certificates=tuple("".join(text_of(key).split()) for key in keys[:_MOST_CERTIFICATES]),
        has_key=bool(values),
        signed_at=_signed_at(signature),
        targets=tuple(one.get("URI", "?")[:_MOST_TEXT] for one in references),
        algorithms=frozenset(one for reference in references for one in _algorithms(reference, "Transform")),
        has_manifest=next(signature.iter(f"{{{_DSIG}}}Manifest"), None) is not None,
        is_inherited=signed is None
        or not all(
            any(name.startswith(_EXCLUSIVE) for name in names)
            for names in (
                _algorithms(signed, "CanonicalizationMethod"),
                *(_algorithms(reference, "Transform") for reference in references),
            )
        ),
    )


def _algorithms(element: etree._Element, step: str) -> tuple[str, ...]:
    return tuple(one.get("Algorithm", "")[:_MOST_TEXT] for one in element.iter(f"{{{_DSIG}}}{step}"))


def _signed_at(signature: etree._Element) -> str:
    """Give the time that XAdES, or an Office program, has the signer state."""
    for element in signature.iterdescendants():
        if local_name(element) == "SigningTime":
            return text_of(element).strip()[:_MOST_TEXT]
    return ""


def alone(element: etree._Element) -> etree._Element:
    """Give an element as the root of a document of its own, with the namespaces that are in force there."""
    written = etree.tostring(element, with_tail=False)
    return etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))


def refusal_of(refused: XmlRefused) -> str:
    """Say in one line why a document is not looked into for its signatures."""
    return f"{refused.code}: {refused.detail}"[:_MOST_TEXT]
