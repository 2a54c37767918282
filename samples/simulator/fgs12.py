"""Builds FGS Paketstruktur 1.x packages: `sip.xml`, `Metadata/Arendehantering.xml`, and files in `Content/`.

The default is version 1.2 (RAFGS1V1.2); 1.0 and 1.1 differ in what the METS extension allows.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from samples.simulator.arendehantering import Namespace
from samples.simulator.description import Delivery, RestrictionKind
from samples.simulator.fgs_parts import (
    XML,
    PackageFile,
    agents,
    file_section,
    listed,
    no_structure,
    write_files,
)
from samples.simulator.layout import period, restrictions, write, xml_id
from samples.simulator.xml_tree import FGS_EXTENSION, METS, XSI, file_bytes, qualified

_SCHEMAS = "http://xml.ra.se/e-arkiv/METS"


class Version(StrEnum):
    """The versions of FGS Paketstruktur 1.x; the value is the folder of their schemas."""

    V1_0 = "version10"
    V1_1 = "version11"
    V1_2 = "version12"


def build_fgs12(
    delivery: Delivery,
    folder: Path,
    *,
    version: Version = Version.V1_2,
    namespace: Namespace = Namespace.PUBLISHED,
) -> None:
    """Write the package into a folder, which is the package's root.

    Raises:
        ValueError: the delivery holds cases and loose records, or two documents of one name.
    """
    files = write_files(delivery, folder, namespace)
    write(folder, "sip.xml", file_bytes(_mets(delivery, files, version)))


def _mets(delivery: Delivery, files: Sequence[PackageFile], version: Version) -> ET.Element:
    sections = [
        _header(delivery, version),
        file_section(delivery, [_file(delivery, file) for file in files]),
        no_structure(),
    ]
    return XML.element("mets", _root_attributes(delivery, version), sections)


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
    children = [
        *agents(delivery),
        XML.text("altRecordID", delivery.agreement, {"TYPE": "SUBMISSIONAGREEMENT"}),
        XML.text("altRecordID", delivery.reference_code, {"TYPE": "REFERENCECODE"}),
        XML.text("metsDocumentID", "sip.xml"),
    ]
    return XML.element("metsHdr", stated, children)


def _file(delivery: Delivery, file: PackageFile) -> ET.Element:
    more = {
        _ext("ORIGINALFILENAME"): file.original_name,
        _ext("FORMATREGISTRY"): "PRONOM",
        _ext("FORMATREGISTRYKEY"): file.format.puid,
        _ext("FILEFORMATNAME"): file.format.name,
        _ext("FILEFORMATVERSION"): file.format.version or None,
    }
    return listed(delivery, file, f"file:///{file.path}", more)


def _ext(name: str) -> str:
    return qualified(FGS_EXTENSION, name)
