"""The files, own elements and foreign XML of a case or record in CITS ERMS and Svenska kyrkan's extension."""

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.domain.descriptions import Additional, OwnElement
from ingest.domain.documents import Document
from ingest.domain.paths import PackagePath
from ingest.formats.erms_words import (
    TAG,
    child_text,
    children,
    flag,
    nested,
    unmodelled,
)
from ingest.formats.xml_words import canonical_xml, line_of, local_name, namespace_of, text_of

Resolve = Callable[[str, int], PackagePath | None]
"""Finds the delivered file for a link written at a line; None when no single file answers to it."""

_SVK = "https://xml.svenskakyrkan.se/ERMS-SVK"


def documents(element: etree._Element, resolve: Resolve) -> tuple[Document, ...]:
    """Read additionalInformation/appendix, and the appendices that Svenska kyrkan's extension holds."""
    own = [_document(appendix, resolve) for appendix in nested(element, "additionalInformation", "appendix")]
    extended = [_extended(appendix, resolve) for appendix in _svk_appendices(element)]
    return (*own, *extended)


def _document(
    appendix: etree._Element, resolve: Resolve, *, version: str | None = None, variant: str | None = None
) -> Document:
    link = appendix.get("path") or ""
    return Document(
        name=appendix.get("name") or "",
        link=link,
        path=resolve(link, line_of(appendix)),
        line=line_of(appendix),
        description=appendix.get("description"),
        file_format=appendix.get("fileFormat"),
        original_file_format=appendix.get("originalFileFormat"),
        e_signature=_signed(appendix),
        disposable=flag(appendix.get("disposable")),
        version=version,
        variant=variant,
    )


def _signed(appendix: etree._Element) -> bool | None:
    signature = next(children(appendix, "eSignature"), None)
    present = None if signature is None else flag(signature.get("present"))
    return flag(appendix.get("eSignatureHasExisted")) if present is None else present


def _svk_appendices(element: etree._Element) -> Iterator[etree._Element]:
    for foreign in nested(element, "additionalInformation", "additionalXMLData"):
        for appendix in foreign.iter(TAG + "appendix"):
            frame = appendix.getparent()
            if frame is not None and local_name(frame) == "svkAppendix" and _is_svk(frame):
                yield appendix


def _extended(appendix: etree._Element, resolve: Resolve) -> Document:
    frame = appendix.getparent()
    said = {} if frame is None else {local_name(e): text_of(e) for e in frame.iter("*") if _is_svk(e)}
    return _document(appendix, resolve, version=said.get("versionNumber"), variant=said.get("variant"))


def _is_svk(element: etree._Element) -> bool:
    return namespace_of(element).startswith(_SVK)


def additional(element: etree._Element) -> Additional:
    """Read what a case or record says beyond the case model; nothing is left out.

    `xml` holds the elements inside each additionalXMLData, and every element that the model has no words for.
    """
    frames = tuple(children(element, "additionalInformation"))
    own = [part for frame in frames for part in children(frame, "ownElement")]
    foreign = [
        canonical_xml(x) for frame in frames for d in children(frame, "additionalXMLData") for x in d.iterchildren("*")
    ]
    rest = [canonical_xml(part) for frame in frames for part in frame.iterchildren("*") if not _is_plain(part)]
    plain = tuple(_own_element(part) for part in own if _is_plain(part))
    return Additional(own_elements=plain, xml=(*foreign, *rest, *unmodelled(element)))


def _is_plain(part: etree._Element) -> bool:
    """Say whether documents, own elements and foreign XML hold all that the part says."""
    if namespace_of(part) != TAG[1:-1]:
        return False
    match local_name(part):
        case "additionalXMLData":
            return True
        case "appendix":
            return next(part.iterchildren("*"), None) is None
        case "ownElement":
            return next(part.iter(TAG + "property"), None) is None
        case _:
            return False


def _own_element(element: etree._Element) -> OwnElement:
    return OwnElement(
        name=element.get("name") or child_text(element, "ownElementDescription") or "",
        value=child_text(element, "value"),
        type=element.get("dataType"),
        format=element.get("format"),
        elements=tuple(_own_element(inner) for inner in children(element, "ownElement")),
    )
