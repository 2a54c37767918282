"""What a source says beyond the standard, as CITS ERMS has it: own elements and foreign XML."""

from collections.abc import Iterator

from lxml import etree

from ingest.domain.descriptions import Additional, OwnElement
from ingest.formats.writing.erms_beyond import BEYOND
from ingest.formats.writing.erms_parties import name, write_text
from ingest.formats.writing.names import given
from ingest.formats.xml_words import canonical_xml
from ingest.formats.xml_writer import XmlWriter


def write_own_element(parent: XmlWriter, element: OwnElement) -> None:
    """Write an outer own element: it has a description and no value, so one with a value stands inside it."""
    with parent.element(name("ownElement")) as outer:
        if _is_plain(element):
            write_text(outer, "ownElementDescription", element.name)
            for inner in element.elements:
                _write_named(outer, inner)
        else:
            _write_named(outer, element)


def _write_named(parent: XmlWriter, element: OwnElement) -> None:
    attributes = given({"name": element.name, "dataType": element.type, "format": element.format})
    with parent.element(name("ownElement"), attributes) as written:
        write_text(written, "value", element.value)
        for inner in element.elements:
            _write_named(written, inner)


def _is_plain(element: OwnElement) -> bool:
    return element.value is None and element.type is None and element.format is None


def fragments(additional: Additional) -> Iterator[etree._Element]:
    """Give the foreign XML of a case or record; a text that is no XML is left out."""
    for text in additional.xml:
        fragment = _fragment(text)
        if fragment is not None:
            yield fragment


def _fragment(text: str) -> etree._Element | None:
    """Parse a fragment; None for what is no XML, or has a document type, which could say anything."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        fragment = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    return fragment if fragment.getroottree().docinfo.internalDTD is None else None


def holds_additional(additional: Additional) -> bool:
    """Say whether ERMS additional information says this exactly."""
    own = additional.own_elements
    parsed = [_fragment(text) for text in additional.xml]
    return all(_is_plain(element) and element.name not in {"", BEYOND} for element in own) and all(
        fragment is not None and canonical_xml(fragment) == text
        for fragment, text in zip(parsed, additional.xml, strict=True)
    )
