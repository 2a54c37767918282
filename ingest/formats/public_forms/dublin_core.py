"""A public record as unqualified Dublin Core (`oai_dc`), which every harvester of OAI-PMH 2.0 can read."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from ingest.domain.findings import Text
from ingest.formats.public_forms.told import XSI, carried, classes, dates, identifier, is_on_request
from ingest.formats.xml_writer import XmlWriter, write_xml

OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC: Final = "http://purl.org/dc/elements/1.1/"
_SCHEMA: Final = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
NAMESPACES: Final = {"oai_dc": OAI_DC, "dc": DC}
ON_REQUEST: Final = Text(
    sv="Lämnas ut på begäran, efter prövning.", en="Given out on request, after it has been examined."
)


def write_oai_dc(sink: BinaryIO, record: Mapping[str, Any], archive: str) -> None:
    """Write the record as a document of its own."""
    attributes = {f"{{{XSI}}}schemaLocation": _SCHEMA}
    namespaces = {**NAMESPACES, "xsi": XSI}
    with write_xml(sink, f"{{{OAI_DC}}}dc", namespaces=namespaces, attributes=attributes) as dc:
        write_elements(dc, record, archive)


def write_elements(dc: XmlWriter, record: Mapping[str, Any], archive: str) -> None:
    """Write the elements into a `dc` that is open."""
    for name, value in _elements(record, archive):
        dc.leaf(f"{{{DC}}}{name}", text=carried(value))


def _elements(record: Mapping[str, Any], archive: str) -> Iterator[tuple[str, str]]:
    yield "title", record["title"]
    if creator := record.get("archivalCreator"):
        yield "creator", creator["name"]
    yield from (("subject", subject) for subject in (*classes(record), *record.get("keywords", ())))
    if description := record.get("description"):
        yield "description", description
    yield "publisher", archive
    yield from (("contributor", party["name"]) for party in record.get("parties", ()))
    if told := dates(record):
        yield "date", told
    if kind := record.get("type"):
        yield "type", kind
    formats = (one[name] for one in record["documents"] for name in ("mediaType", "format") if name in one)
    yield from (("format", kind) for kind in dict.fromkeys(formats))
    yield "identifier", identifier(record)
    yield from (("identifier", reference) for reference in (record.get("reference"),) if reference)
    if language := record.get("language"):
        yield "language", language
    if whole := record.get("partOf"):
        yield "relation", whole
    yield from (("coverage", place) for place in record.get("places", ()))
    if licence := record.get("licence"):
        yield "rights", licence
    if is_on_request(record):
        yield "rights", ON_REQUEST.sv
        yield "rights", ON_REQUEST.en
