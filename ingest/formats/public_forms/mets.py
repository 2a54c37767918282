"""A public record as METS: its description in Dublin Core, and its documents with size, media type and SHA-256.

A document is located by its key in the public store, beneath the record: where the reading room hands it out, that
knows alone.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from ingest.formats.mets_values import METS
from ingest.formats.public_forms.dublin_core import NAMESPACES, OAI_DC, write_elements
from ingest.formats.public_forms.told import XSI, carried, identifier, token
from ingest.formats.xml_writer import XmlWriter, write_xml
from schemas.public_store import file_key

_XLINK: Final = "http://www.w3.org/1999/xlink"
_SCHEMA: Final = f"{METS} http://www.loc.gov/standards/mets/mets.xsd"
_DESCRIPTION: Final = "description"


def write_mets(sink: BinaryIO, record: Mapping[str, Any], archive: str) -> None:
    """Write the record."""
    namespaces = {"mets": METS, "xlink": _XLINK, **NAMESPACES, "xsi": XSI}
    attributes = {
        "OBJID": identifier(record),
        "LABEL": token(record["title"]),
        "TYPE": record["kind"],
        f"{{{XSI}}}schemaLocation": _SCHEMA,
    }
    with write_xml(sink, _name("mets"), namespaces=namespaces, attributes=attributes) as mets:
        with mets.element(_name("metsHdr"), {"RECORDSTATUS": record["level"]}) as header:
            _write_archive(header, archive)
        with (
            mets.element(_name("dmdSec"), {"ID": _DESCRIPTION}) as section,
            section.element(_name("mdWrap"), {"MDTYPE": "DC"}) as wrapped,
            wrapped.element(_name("xmlData")) as data,
            data.element(f"{{{OAI_DC}}}dc") as dc,
        ):
            write_elements(dc, record, archive)
        if record["documents"]:
            _write_files(mets, record)
        _write_structure(mets, record)


def _name(local: str) -> str:
    return f"{{{METS}}}{local}"


def _write_archive(header: XmlWriter, archive: str) -> None:
    with header.element(_name("agent"), {"ROLE": "DISSEMINATOR", "TYPE": "ORGANIZATION"}) as agent:
        agent.leaf(_name("name"), text=carried(archive))


def _write_files(mets: XmlWriter, record: Mapping[str, Any]) -> None:
    with mets.element(_name("fileSec")) as section, section.element(_name("fileGrp"), {"USE": "public"}) as group:
        for number, document in enumerate(record["documents"], 1):
            attributes = {
                "ID": f"file-{number}",
                "MIMETYPE": document["mediaType"],
                "SIZE": str(document["size"]),
                "CHECKSUM": document["sha256"],
                "CHECKSUMTYPE": "SHA-256",
            }
            location = {
                "LOCTYPE": "OTHER",
                "OTHERLOCTYPE": "public store",
                f"{{{_XLINK}}}type": "simple",
                f"{{{_XLINK}}}href": file_key(record["id"], document["sha256"]),
                f"{{{_XLINK}}}title": token(document["name"]),
            }
            with group.element(_name("file"), attributes) as file:
                file.leaf(_name("FLocat"), location)


def _write_structure(mets: XmlWriter, record: Mapping[str, Any]) -> None:
    whole = {"TYPE": record["kind"], "LABEL": token(record["title"]), "DMDID": _DESCRIPTION}
    with (
        mets.element(_name("structMap"), {"TYPE": "logical"}) as structure,
        structure.element(_name("div"), whole) as top,
    ):
        for number, document in enumerate(record["documents"], 1):
            with top.element(_name("div"), {"TYPE": "document", "LABEL": token(document["name"])}) as part:
                part.leaf(_name("fptr"), {"FILEID": f"file-{number}"})
