"""What every METS document of an AIP has in common: header, metadata references, file groups, divisions."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from ingest.domain.aips import Aip
from ingest.domain.conversions import DerivedObject
from ingest.domain.packages import DigitalObject, GeneratedFile
from ingest.formats.writing.mets_agents import HeaderAgent, alternative_ids, header_agents
from ingest.formats.writing.names import (
    derived_xml_id,
    given,
    media_type,
    object_id,
    reference,
    timestamp,
    xml_id,
)
from ingest.formats.xml_writer import XmlWriter, write_xml

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
NAMESPACES = {"mets": METS, "csip": CSIP, "xlink": XLINK}
CONTENT_INFORMATION_TYPE = "citserms_v3_0"
LINK_TITLE = f"{{{XLINK}}}title"
_HREF = f"{{{XLINK}}}href"
_LINK_TYPE = f"{{{XLINK}}}type"
_CONTENT_CATEGORY = "Mixed"  # A case may hold anything: CSIP2 has no word for records management.


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGroup:
    """A file group: fileGrp/@USE, its xs:ID, and its files in order, at least one (CSIP66).

    `folder` is where the METS document lies in the package, "" at the top: references are relative to it.
    """

    use: str
    id: str
    folder: str = ""
    delivered: tuple[DigitalObject, ...] = ()
    derived: tuple[DerivedObject, ...] = ()
    generated: tuple[GeneratedFile, ...] = ()
    content_information_type: str | None = None


def name(local: str) -> str:
    """Give the name of a METS element."""
    return f"{{{METS}}}{local}"


def csip(local: str) -> str:
    """Give the name of an attribute that CSIP adds."""
    return f"{{{CSIP}}}{local}"


def open_mets(sink: BinaryIO, *, objid: str, profile: str, label: str | None) -> AbstractContextManager[XmlWriter]:
    """Begin a METS document (CSIP1, CSIP2, CSIP4, CSIP6)."""
    attributes = {
        "OBJID": objid,
        "LABEL": label,
        "TYPE": _CONTENT_CATEGORY,
        "PROFILE": profile,
        csip("CONTENTINFORMATIONTYPE"): CONTENT_INFORMATION_TYPE,
    }
    return write_xml(sink, name("mets"), namespaces=NAMESPACES, attributes=given(attributes))


# ------------------------------------------------------------------------------------------- header


def write_header(mets: XmlWriter, aip: Aip) -> None:
    """Write metsHdr (CSIP117, CSIP7 to CSIP16, AIPM3); a later generation is a change (CSIP8)."""
    changed = timestamp(aip.corrected or aip.created) if aip.generation > 1 else None
    attributes = {
        "CREATEDATE": timestamp(aip.created),
        "LASTMODDATE": changed,
        "RECORDSTATUS": aip.submission.record_status.value,
        csip("OAISPACKAGETYPE"): "AIP",
    }
    with mets.element(name("metsHdr"), given(attributes)) as header:
        for agent in header_agents(aip):
            _write_agent(header, agent)
        for kind, value in alternative_ids(aip):
            header.leaf(name("altRecordID"), {"TYPE": kind}, value)
        header.leaf(name("metsDocumentID"), text="METS.xml")


def _write_agent(header: XmlWriter, agent: HeaderAgent) -> None:
    attributes = {
        "ROLE": agent.role,
        "OTHERROLE": agent.other_role,
        "TYPE": agent.type,
        "OTHERTYPE": agent.other_type,
    }
    with header.element(name("agent"), given(attributes)) as written:
        written.leaf(name("name"), text=agent.name)
        for note, kind in agent.notes:
            written.leaf(name("note"), given({csip("NOTETYPE"): kind}), note)


# ------------------------------------------------------------------------------------------- metadata


def write_metadata_reference(section: XmlWriter, aip: Aip, file: GeneratedFile, kind: dict[str, str]) -> None:
    """Write mdRef to a metadata file (CSIP21 to CSIP30, CSIP35 to CSIP44); `kind` is its MDTYPE."""
    facts = _facts(file.size, file.sha256, file.mime_type, timestamp(file.created or aip.created))
    section.leaf(name("mdRef"), {**location(file.aip_path), **kind, **facts})


# ------------------------------------------------------------------------------------------- files


def write_file_section(mets: XmlWriter, aip: Aip, groups: Sequence[FileGroup], admid: str | None) -> None:
    """Write fileSec (CSIP58 to CSIP79); nothing when there is no group, for METS allows no empty fileSec."""
    if not groups:
        return
    created = timestamp(aip.created)
    with mets.element(name("fileSec"), {"ID": derived_xml_id(aip, "fileSec")}) as section:
        for group in groups:
            attributes = {
                "ID": group.id,
                "USE": group.use,
                "ADMID": admid,
                csip("CONTENTINFORMATIONTYPE"): group.content_information_type,
            }
            with section.element(name("fileGrp"), given(attributes)) as written:
                for one in group.delivered:
                    path = one.place.aip_path.removeprefix(group.folder)
                    facts = _facts(one.size, one.sha256, media_type(one), created)
                    owner = {"OWNERID": one.path}
                    _write_file(written, path, {"ID": xml_id(object_id(aip, one)), **facts, **owner})
                for copy in group.derived:
                    path = copy.place.aip_path.removeprefix(group.folder)
                    facts = _facts(copy.size, copy.sha256, media_type(copy), created)
                    _write_file(written, path, {"ID": xml_id(object_id(aip, copy)), **facts})
                for file in group.generated:
                    facts = _facts(file.size, file.sha256, file.mime_type, timestamp(file.created or aip.created))
                    one_id = derived_xml_id(aip, "generated", file.aip_path)
                    _write_file(written, file.aip_path, {"ID": one_id, **facts})


def _facts(size: int, sha256: str, mime_type: str, created: str) -> dict[str, str]:
    """What METS says of every file, metadata or content."""
    return {
        "MIMETYPE": mime_type,
        "SIZE": str(size),
        "CREATED": created,
        "CHECKSUM": sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def _write_file(group: XmlWriter, path: str, attributes: dict[str, str]) -> None:
    with group.element(name("file"), attributes) as written:
        written.leaf(name("FLocat"), location(path))


def location(path: str) -> dict[str, str]:
    """Give the attributes that point at a file: a relative URL (CSIP22 to CSIP24, CSIP77 to CSIP79)."""
    return {"LOCTYPE": "URL", _LINK_TYPE: "simple", _HREF: reference(path)}


# ------------------------------------------------------------------------------------------- structure


@contextmanager
def open_structure(mets: XmlWriter, aip: Aip, label: str) -> Iterator[XmlWriter]:
    """Begin the CSIP structural map and its one top division (CSIP80 to CSIP85)."""
    attributes = {"ID": derived_xml_id(aip, "structMap"), "TYPE": "PHYSICAL", "LABEL": "CSIP"}
    top = {"ID": derived_xml_id(aip, "div"), "LABEL": label}
    with mets.element(name("structMap"), attributes) as structure, structure.element(name("div"), top) as div:
        yield div


def division(aip: Aip, label: str) -> dict[str, str]:
    """Give the attributes of a division below the top one."""
    return {"ID": derived_xml_id(aip, "div", label), "LABEL": label}


def write_group_division(parent: XmlWriter, aip: Aip, group: FileGroup, label: str) -> None:
    """Write a division that stands for a file group (CSIP93 to CSIP104, CSIP116, CSIP118, CSIP119)."""
    with parent.element(name("div"), division(aip, label)) as written:
        written.leaf(name("fptr"), {"FILEID": group.id})
