"""Builds an E-ARK SIP, AIP or DIP: METS.xml, CITS ERMS 3.0, one representation with its own METS.

The folder given is the package's root; CSIPSTR2 wants it to be named like OBJID (`root_name`). FGS Paketstruktur 2.0
adds a document to the SIP of 2.1.0 (`fgs20`).
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from samples.documents.formats import SCHEMA, TEXT
from samples.simulator.description import Delivery, Document, FileFormat
from samples.simulator.erms import erms_xml
from samples.simulator.layout import original_name, place, write
from samples.simulator.mets_sections import (
    Group,
    Listed,
    Profile,
    administrative_section,
    csip_map,
    descriptive_section,
    file_section,
    header,
    root,
)
from samples.simulator.premis import file_premis, package_premis
from samples.simulator.xml_tree import file_bytes

_XML = FileFormat(media_type="application/xml", name="Extensible Markup Language", version="1.0", puid="fmt/101")
_READ_ME = Document(
    name="Om leveransen.txt",
    content="Paketet är gjort av en simulator. Personer och ärenden är påhittade.\n".encode(),
    format=TEXT,
)
_SCHEMA = Document(
    name="blankett.xsd",
    content=b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="blankett"/></xs:schema>\n',
    format=SCHEMA,
)
REPRESENTATION = "representations/rep1"
_ERMS = "metadata/descriptive/erms.xml"
_PREMIS = "metadata/preservation/premis.xml"


class Version(StrEnum):
    """The versions of the E-ARK SIP specification that are in use."""

    V2_0_4 = "2.0.4"
    V2_1_0 = "2.1.0"
    V2_2_0 = "2.2.0"


class Kind(StrEnum):
    """What a package is for: to be handed in, to be kept, or to be given out."""

    SIP = "SIP"
    AIP = "AIP"
    DIP = "DIP"


class Preservation(StrEnum):
    """Whether the package brings PREMIS, which SIP leaves open."""

    PREMIS = "premis"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    delivery: Delivery
    profile: Profile
    folder: Path

    def keep(self, path: str, content: bytes, file_format: FileFormat, *, below: str = "") -> Listed:
        """Write a file and give the entry that lists it, its path counted from `below`."""
        write(self.folder, below + path, content)
        return Listed(path=path, content=content, format=file_format)


def root_name(delivery: Delivery) -> str:
    """Give the package's OBJID, which is the name its root folder should have."""
    return f"UUID-{delivery.identity}"


def build_csip(
    delivery: Delivery,
    folder: Path,
    *,
    version: Version = Version.V2_2_0,
    preservation: Preservation = Preservation.PREMIS,
    kind: Kind = Kind.SIP,
) -> None:
    """Write the package into a folder, which is the package's root.

    A delivery without documentation or schemas gets a word of each: CSIP60 and CSIP113 want both.
    """
    package = _Package(delivery=delivery, profile=_profile(version, kind), folder=folder)
    placed = place(delivery, f"{REPRESENTATION}/data", original_name)
    documents = [(entry.path.removeprefix(f"{REPRESENTATION}/"), entry.document) for entry in placed]
    representation = _build_representation(package, documents, preservation)
    erms = package.keep(_ERMS, erms_xml(delivery, placed), _XML)
    premis = [package.keep(_PREMIS, package_premis(delivery), _XML)] if preservation is Preservation.PREMIS else []
    groups = [
        Group(use="Documentation", files=_keep_all(package, "documentation", delivery.documentation or (_READ_ME,))),
        Group(use="Schemas", files=_keep_all(package, "schemas", delivery.schemas or (_SCHEMA,))),
        Group(use="Representations/rep1", files=(representation,)),
    ]
    mets = _mets(package, root_name(delivery), [erms], premis, [group for group in groups if group.files])
    write(folder, "METS.xml", file_bytes(mets))


def _profile(version: Version, kind: Kind) -> Profile:
    # AIPM2 writes the AIP profile's address with the DIP's host.
    host = "earkdip" if kind is Kind.AIP else f"eark{kind.lower()}"
    address = f"https://{host}.dilcis.eu/profile/E-ARK-{kind}"
    match version:
        case Version.V2_0_4:
            return Profile(address=f"{address}.xml", content_information_type="ERMS", package_type=kind)
        case Version.V2_1_0:
            return Profile(address=f"{address}.xml", content_information_type="citserms_v2_1", package_type=kind)
        case Version.V2_2_0:
            return Profile(address=f"{address}-v2-2-0.xml", content_information_type="citserms_v3_0", package_type=kind)


def _build_representation(
    package: _Package, documents: Sequence[tuple[str, Document]], preservation: Preservation
) -> Listed:
    below = f"{REPRESENTATION}/"
    files = tuple(package.keep(path, document.content, document.format, below=below) for path, document in documents)
    premis: list[Listed] = []
    if preservation is Preservation.PREMIS:
        premis = [package.keep(_PREMIS, file_premis(package.delivery, documents), _XML, below=below)]
    mets = _mets(package, "rep1", [], premis, [Group(use="Data", files=files)])
    return package.keep(f"{below}METS.xml", file_bytes(mets), _XML)


def _keep_all(package: _Package, folder: str, documents: Sequence[Document]) -> tuple[Listed, ...]:
    return tuple(package.keep(f"{folder}/{document.name}", document.content, document.format) for document in documents)


def _mets(
    package: _Package,
    object_id: str,
    descriptive: Sequence[Listed],
    preservation: Sequence[Listed],
    groups: Sequence[Group],
) -> ET.Element:
    delivery = package.delivery
    sections = [
        header(delivery, record_status=delivery.record_status, package_type=package.profile.package_type),
        *(descriptive_section(delivery, object_id, file) for file in descriptive),
        administrative_section(delivery, object_id, preservation, package.profile) if preservation else None,
        file_section(delivery, object_id, groups, package.profile),
        csip_map(delivery, object_id, descriptive, preservation, groups),
    ]
    return root(delivery, object_id, package.profile, [section for section in sections if section is not None])
