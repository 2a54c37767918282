"""A public record as a finding aid of one unit: EAD3 1.1.1, in the elements that Archives Portal Europe reads."""

from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from ingest.formats.public_forms.dublin_core import ON_REQUEST
from ingest.formats.public_forms.told import XSI, carried, classes, dates, identifier, is_on_request, token
from ingest.formats.writing.names import given
from ingest.formats.xml_writer import XmlWriter, write_xml

EAD3: Final = "http://ead3.archivists.org/schema/"
_SCHEMA: Final = f"{EAD3} https://www.loc.gov/ead/ead3.xsd"
_LEVELS: Final = {"case": "file", "record": "item"}
_TWO_LETTERS: Final = 2
_LAST_DATE: Final = "2099-12-31"
"""The schema knows no later one."""


def write_ead3(sink: BinaryIO, record: Mapping[str, Any], archive: str) -> None:
    """Write the record."""
    attributes = {f"{{{XSI}}}schemaLocation": _SCHEMA}
    with write_xml(sink, _name("ead"), namespaces={"ead": EAD3, "xsi": XSI}, attributes=attributes) as ead:
        _write_control(ead, record, archive)
        with ead.element(_name("archdesc"), {"level": _LEVELS[record["kind"]]}) as described:
            with described.element(_name("did")) as did:
                _write_identification(did, record, archive)
            _write_description(described, record)


def _name(local: str) -> str:
    return f"{{{EAD3}}}{local}"


def _write_control(ead: XmlWriter, record: Mapping[str, Any], archive: str) -> None:
    encoding = given({"langencoding": _language_list(record)})
    with ead.element(_name("control"), encoding) as control:
        _leaf(control, "recordid", record["id"])
        with control.element(_name("filedesc")) as file:
            with file.element(_name("titlestmt")) as statement:
                _leaf(statement, "titleproper", record["title"])
            with file.element(_name("publicationstmt")) as statement:
                _leaf(statement, "publisher", archive)
        control.leaf(_name("maintenancestatus"), {"value": "derived"})
        control.leaf(_name("publicationstatus"), {"value": "published"})
        with control.element(_name("maintenanceagency")) as agency:
            _leaf(agency, "agencyname", archive)
        with (
            control.element(_name("maintenancehistory")) as history,
            history.element(_name("maintenanceevent")) as event,
        ):
            event.leaf(_name("eventtype"), {"value": "derived"})
            _write_release(event, record.get("released"))
            event.leaf(_name("agenttype"), {"value": "machine"})
            _leaf(event, "agent", archive)


def _write_release(event: XmlWriter, released: str | None) -> None:
    standard = released if released and released <= _LAST_DATE else None
    event.leaf(_name("eventdatetime"), given({"standarddatetime": standard}), released or "")


def _write_identification(did: XmlWriter, record: Mapping[str, Any], archive: str) -> None:
    if reference := record.get("reference"):
        _leaf(did, "unitid", reference)
    did.leaf(_name("unitid"), {"localtype": "persistent"}, carried(identifier(record)))
    _leaf(did, "unittitle", record["title"])
    if told := dates(record):
        did.leaf(_name("unitdate"), {"normal": told}, told)
    if creator := record.get("archivalCreator"):
        with did.element(_name("origination")) as origination:
            _write_named(origination, "corpname", creator["name"], {"identifier": creator.get("identifier")})
    with did.element(_name("repository")) as repository:
        _write_named(repository, "corpname", archive, {})
    if language := record.get("language"):
        with did.element(_name("langmaterial")) as material:
            material.leaf(_name("language"), {"langcode": _primary(language)}, language)
    _write_documents(did, record["documents"])


def _write_documents(did: XmlWriter, documents: list[Mapping[str, Any]]) -> None:
    if len(documents) > 1:
        with did.element(_name("daoset"), {"coverage": "whole"}) as together:
            for document in documents:
                _write_document(together, document)
    for document in documents if len(documents) == 1 else ():
        _write_document(did, document)


def _write_document(parent: XmlWriter, document: Mapping[str, Any]) -> None:
    attributes = {
        "daotype": "borndigital",
        "label": token(document["name"]),
        "identifier": f"sha256:{document['sha256']}",
        "localtype": document["mediaType"],
    }
    parent.leaf(_name("dao"), attributes)


def _write_description(described: XmlWriter, record: Mapping[str, Any]) -> None:
    if is_on_request(record):
        with described.element(_name("accessrestrict")) as restriction:
            restriction.leaf(_name("p"), {"lang": "sv"}, ON_REQUEST.sv)
            restriction.leaf(_name("p"), {"lang": "en"}, ON_REQUEST.en)
    if description := record.get("description"):
        _write_paragraph(described, "scopecontent", description)
    if licence := record.get("licence"):
        _write_paragraph(described, "userestrict", licence)
    if whole := record.get("partOf"):
        _write_paragraph(described, "relatedmaterial", whole)
    _write_access_points(described, record)


def _write_access_points(described: XmlWriter, record: Mapping[str, Any]) -> None:
    scheme = {"source": record.get("classificationScheme")}
    points: list[tuple[str, str, Mapping[str, str | None]]] = [
        *(("function", one, scheme) for one in classes(record)),
        *(("subject", one, {}) for one in record.get("keywords", ())),
        *(("geogname", one, {}) for one in record.get("places", ())),
        *(("genreform", one, {}) for one in (record.get("type"),) if one),
        *(("name", one["name"], {"relator": one.get("role")}) for one in record.get("parties", ())),
    ]
    if points:
        with described.element(_name("controlaccess")) as access:
            for kind, name, attributes in points:
                _write_named(access, kind, name, attributes)


def _write_named(parent: XmlWriter, kind: str, name: str, attributes: Mapping[str, str | None]) -> None:
    told = {key: token(value) for key, value in given(attributes).items()}
    with parent.element(_name(kind), told) as named:
        _leaf(named, "part", name)


def _write_paragraph(described: XmlWriter, kind: str, text: str) -> None:
    with described.element(_name(kind)) as block:
        _leaf(block, "p", text)


def _leaf(parent: XmlWriter, kind: str, text: str) -> None:
    parent.leaf(_name(kind), text=carried(text))


def _primary(language: str) -> str:
    return language.partition("-")[0]


def _language_list(record: Mapping[str, Any]) -> str | None:
    """Name the list that the language's code is from: BCP 47 takes the shortest there is."""
    language = record.get("language")
    if language is None:
        return None
    return "iso639-1" if len(_primary(language)) == _TWO_LETTERS else "iso639-3"
