"""Builds FGS Paketstruktur 1.x packages: `sip.xml`, `Metadata/Arendehantering.xml`, and files in `Content/`.

The default is version 1.2 (RAFGS1V1.2); 1.0 and 1.1 differ in what the METS extension allows.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from samples.simulator.arendehantering import Namespace, arendehantering_xml
from samples.simulator.description import Delivery, FileFormat, RestrictionKind
from samples.simulator.layout import period, place, plain_name, restrictions, write, xml_id
from samples.simulator.xml_tree import (
    FGS_EXTENSION,
    METS,
    XLINK,
    XSI,
    Vocabulary,
    file_bytes,
    qualified,
    sha256,
)

_XML = Vocabulary(METS)
_CASES = "Metadata/Arendehantering.xml"
_XML_FORMAT = FileFormat(
    media_type="text/xml", name="Extensible Markup Language", version="1.0", puid="fmt/101"
)
_SCHEMAS = "http://xml.ra.se/e-arkiv/METS"


class Version(StrEnum):
    """The versions of FGS Paketstruktur 1.x; the value is the folder of their schemas."""

    V1_0 = "version10"
    V1_1 = "version11"
    V1_2 = "version12"


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    path: str
    original_name: str
    content: bytes
    format: FileFormat


def build_fgs12(
    delivery: Delivery,
    folder: Path,
    *,
    version: Version = Version.V1_2,
    namespace: Namespace = Namespace.PUBLISHED,
) -> None:
    """Write the package into a folder, which is the package's root."""
    placed = place(delivery, "Content" if len(delivery.cases) > 1 else "Content/1", plain_name)
    cases = arendehantering_xml(delivery, placed, namespace)
    files = [
        _File(
            path=entry.path,
            original_name=entry.document.name,
            content=entry.document.content,
            format=entry.document.format,
        )
        for entry in placed
    ]
    files.append(_File(path=_CASES, original_name="Arendehantering.xml", content=cases, format=_XML_FORMAT))
    for file in files:
        write(folder, file.path, file.content)
    write(folder, "sip.xml", file_bytes(_mets(delivery, files, version)))


def _mets(delivery: Delivery, files: Sequence[_File], version: Version) -> ET.Element:
    sections = [
        _header(delivery, version),
        _XML.element("fileSec", children=[_file_group(delivery, files)]),
        _XML.element(
            "structMap",
            {"LABEL": "No structMap defined in this information package"},
            [_XML.element("div")],
        ),
    ]
    return _XML.element("mets", _root_attributes(delivery, version), sections)


def _root_attributes(delivery: Delivery, version: Version) -> Mapping[str, str | None]:
    first, last = period(delivery)
    # 1.0 and 1.1 have xs:dateTime where 1.2 has xs:date.
    time = "" if version is Version.V1_2 else "T00:00:00"
    at = f"{_SCHEMAS}/{version}"
    where = f"{METS} {at}/CSPackageMETS.xsd {FGS_EXTENSION} {at}/CSPackageExtensionMETS.xsd"
    return {
        qualified(XSI, "schemaLocation"): where,
        "OBJID": f"UUID:{delivery.identity}",
        "ID": xml_id(delivery, "sip.xml"),
        "TYPE": "ERMS",
        "LABEL": delivery.title,
        "PROFILE": f"{at}/CommonSpecificationSwedenPackageProfile.xml",
        _ext("CONTENTTYPESPECIFICATION"): "FGS Ärendehantering 1.0",
        _ext("SYSTEMTYPE"): "Ärendehanteringssystem",
        _ext("DATASUBMISSIONSESSION"): f"Leverans {delivery.created.date().isoformat()}",
        _ext("PACKAGENUMBER"): "1",
        _ext("ARCHIVALNAME"): delivery.archive,
        _ext("APPRAISAL"): "No",
        _ext("ACCESSRESTRICT"): _access_restriction(delivery),
        _ext("STARTDATE"): f"{first.isoformat()}{time}",
        _ext("ENDDATE"): f"{last.isoformat()}{time}",
    }


def _access_restriction(delivery: Delivery) -> str | None:
    kinds = {restriction.kind for restriction in restrictions(delivery)}
    if RestrictionKind.CONFIDENTIAL in kinds:
        return "Secrecy"
    return "GDPR" if kinds else None


def _header(delivery: Delivery, version: Version) -> ET.Element:
    stated = {
        "CREATEDATE": delivery.created.isoformat(),
        "RECORDSTATUS": delivery.record_status,
        _ext("OAISSTATUS"): "SIP",
        _ext("AGREEMENTFORM"): None if version is Version.V1_0 else "AGREEMENT",
    }
    creator, producer, keeper = delivery.archival_creator, delivery.producer, delivery.preservation
    software = {"TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
    organisation = {"TYPE": "ORGANIZATION"}
    contact = delivery.contact
    children = [
        _agent({"ROLE": "ARCHIVIST", **organisation}, creator.name, creator.identifier),
        _agent({"ROLE": "ARCHIVIST", **software}, delivery.system.name, delivery.system.version),
        _agent({"ROLE": "CREATOR", **organisation}, producer.name, producer.identifier),
        _agent({"ROLE": "CREATOR", "TYPE": "INDIVIDUAL"}, contact.name, f"{contact.phone}, {contact.email}"),
        _agent({"ROLE": "PRESERVATION", **organisation}, keeper.name, keeper.identifier),
        _XML.text("altRecordID", delivery.agreement, {"TYPE": "SUBMISSIONAGREEMENT"}),
        _XML.text("altRecordID", delivery.reference_code, {"TYPE": "REFERENCECODE"}),
        _XML.text("metsDocumentID", "sip.xml"),
    ]
    return _XML.element("metsHdr", stated, children)


def _agent(attributes: Mapping[str, str], name: str, note: str) -> ET.Element:
    return _XML.element("agent", dict(attributes), [_XML.text("name", name), _XML.text("note", note)])


def _file_group(delivery: Delivery, files: Sequence[_File]) -> ET.Element:
    children = [_file(delivery, file) for file in files]
    return _XML.element("fileGrp", {"ID": xml_id(delivery, "FILES"), "USE": "FILES"}, children)


def _file(delivery: Delivery, file: _File) -> ET.Element:
    stated = {
        "ID": xml_id(delivery, file.path),
        "MIMETYPE": file.format.media_type,
        "SIZE": str(len(file.content)),
        "CREATED": delivery.created.isoformat(),
        "CHECKSUM": sha256(file.content),
        "CHECKSUMTYPE": "SHA-256",
        _ext("ORIGINALFILENAME"): file.original_name,
        _ext("FORMATREGISTRY"): "PRONOM",
        _ext("FORMATREGISTRYKEY"): file.format.puid,
        _ext("FILEFORMATNAME"): file.format.name,
        _ext("FILEFORMATVERSION"): file.format.version or None,
    }
    place_attributes = {
        "LOCTYPE": "URL",
        qualified(XLINK, "type"): "simple",
        qualified(XLINK, "href"): f"file:///{file.path}",
    }
    return _XML.element("file", stated, [_XML.element("FLocat", place_attributes)])


def _ext(name: str) -> str:
    return qualified(FGS_EXTENSION, name)
