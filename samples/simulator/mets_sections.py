"""The sections of an E-ARK METS document; each names the requirements of CSIP 2.2 and SIP 2.2 it meets."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from samples.simulator.description import Delivery, FileFormat
from samples.simulator.layout import xml_id
from samples.simulator.xml_tree import CSIP, METS, SIP, XLINK, XSI, Vocabulary, qualified, sha256

_XML = Vocabulary(METS)
_SCHEMAS = (
    f"{METS} https://www.loc.gov/standards/mets/mets.xsd "
    f"{XLINK} https://www.loc.gov/standards/xlink/xlink.xsd "
    f"{CSIP} https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd "
    f"{SIP} https://earksip.dilcis.eu/schema/DILCISExtensionSIPMETS.xsd"
)
_MAKER = ("earkiv producer simulator", "1.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What differs between versions and kinds: the METS profile's address, the content's specification, the kind."""

    address: str
    content_information_type: str
    package_type: str = "SIP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file that a METS document lists, by its path from that document."""

    path: str
    content: bytes
    format: FileFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A file group and its USE."""

    use: str
    files: tuple[Listed, ...]


def root(delivery: Delivery, object_id: str, profile: Profile, sections: Sequence[ET.Element]) -> ET.Element:
    """Make the root element (CSIP1, CSIP2, CSIP4, CSIP6, SIP1, SIP2)."""
    stated = {
        qualified(XSI, "schemaLocation"): _SCHEMAS,
        "OBJID": object_id,
        "LABEL": delivery.title,
        "TYPE": "Mixed",
        qualified(CSIP, "CONTENTINFORMATIONTYPE"): profile.content_information_type,
        "PROFILE": profile.address,
    }
    return _XML.element("mets", stated, sections)


def header(delivery: Delivery, *, record_status: str, package_type: str) -> ET.Element:
    """Make the header with software, archival creator, submitter, contact and keeper (CSIP7-16, SIP3-31)."""
    stated = {
        "CREATEDATE": delivery.created.isoformat(),
        "RECORDSTATUS": record_status,
        qualified(CSIP, "OAISPACKAGETYPE"): package_type,
    }
    software = {"TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
    producing = {"ROLE": "OTHER", "OTHERROLE": "PRODUCER", **software}
    organisation = {"TYPE": "ORGANIZATION"}
    creator, producer, keeper = delivery.archival_creator, delivery.producer, delivery.preservation
    contact, version, code = delivery.contact, "SOFTWARE VERSION", "IDENTIFICATIONCODE"
    children = [
        _agent({"ROLE": "CREATOR", **software}, _MAKER[0], [_note(_MAKER[1], version)]),
        _agent(producing, delivery.system.name, [_note(delivery.system.version, version)]),
        _agent({"ROLE": "ARCHIVIST", **organisation}, creator.name, [_note(creator.identifier, code)]),
        _agent({"ROLE": "CREATOR", **organisation}, producer.name, [_note(producer.identifier, code)]),
        _agent(
            {"ROLE": "CREATOR", "TYPE": "INDIVIDUAL"},
            contact.name,
            [_XML.text("note", contact.phone), _XML.text("note", contact.email)],
        ),
        _agent({"ROLE": "PRESERVATION", **organisation}, keeper.name, [_note(keeper.identifier, code)]),
        _XML.text("altRecordID", delivery.agreement, {"TYPE": "SUBMISSIONAGREEMENT"}),
        _XML.text("altRecordID", delivery.reference_code, {"TYPE": "REFERENCECODE"}),
        _XML.text("metsDocumentID", "METS.xml"),
    ]
    return _XML.element("metsHdr", stated, children)


def _agent(attributes: Mapping[str, str], name: str, notes: Sequence[ET.Element]) -> ET.Element:
    return _XML.element("agent", dict(attributes), [_XML.text("name", name), *notes])


def _note(text: str, kind: str) -> ET.Element:
    return _XML.text("note", text, {qualified(CSIP, "NOTETYPE"): kind})


def descriptive_section(delivery: Delivery, object_id: str, file: Listed) -> ET.Element:
    """Point to a descriptive document (CSIP17-30)."""
    stated = {
        "ID": _id(delivery, object_id, "dmd", file.path),
        "CREATED": delivery.created.isoformat(),
        "STATUS": "CURRENT",
    }
    reference = _reference(delivery, file, {"MDTYPE": "OTHER", "OTHERMDTYPE": "ERMS"})
    return _XML.element("dmdSec", stated, [reference])


def administrative_section(delivery: Delivery, object_id: str, files: Sequence[Listed], profile: Profile) -> ET.Element:
    """Point to the preservation documents (CSIP31-44); an AIP says of which version they are (AIPM5-7)."""
    kind = {"MDTYPE": "PREMIS", "MDTYPEVERSION": "3.0" if profile.package_type == "AIP" else None}
    provenance = [
        _XML.element(
            "digiprovMD",
            {
                "ID": _id(delivery, object_id, "digiprov", file.path),
                "CREATED": delivery.created.isoformat(),
                "STATUS": "CURRENT",
            },
            [_reference(delivery, file, kind)],
        )
        for file in files
    ]
    return _XML.element("amdSec", {"ID": _id(delivery, object_id, "amd")}, provenance)


def file_section(delivery: Delivery, object_id: str, groups: Sequence[Group], profile: Profile) -> ET.Element:
    """List all files in groups (CSIP58-79, SIP32-35)."""
    children = [_file_group(delivery, object_id, group, profile) for group in groups]
    return _XML.element("fileSec", {"ID": _id(delivery, object_id, "fileSec")}, children)


def _file_group(delivery: Delivery, object_id: str, group: Group, profile: Profile) -> ET.Element:
    is_representation = group.use.startswith("Representations")
    stated = {
        "ID": _id(delivery, object_id, "group", group.use),
        "USE": group.use,
        qualified(CSIP, "CONTENTINFORMATIONTYPE"): profile.content_information_type if is_representation else None,
    }
    return _XML.element("fileGrp", stated, [_file(delivery, object_id, file) for file in group.files])


def _file(delivery: Delivery, object_id: str, file: Listed) -> ET.Element:
    stated = {
        "ID": _id(delivery, object_id, "file", file.path),
        **_fixity(delivery, file),
        qualified(SIP, "FILEFORMATNAME"): file.format.name,
        qualified(SIP, "FILEFORMATVERSION"): file.format.version or None,
        qualified(SIP, "FORMATREGISTRY"): "PRONOM",
        qualified(SIP, "FORMATREGISTRYKEY"): file.format.puid,
    }
    return _XML.element("file", stated, [_XML.element("FLocat", _location(file.path))])


def _reference(delivery: Delivery, file: Listed, kind: Mapping[str, str | None]) -> ET.Element:
    return _XML.element("mdRef", {**_location(file.path), **kind, **_fixity(delivery, file)})


def _fixity(delivery: Delivery, file: Listed) -> dict[str, str]:
    return {
        "MIMETYPE": file.format.media_type,
        "SIZE": str(len(file.content)),
        "CREATED": delivery.created.isoformat(),
        "CHECKSUM": sha256(file.content),
        "CHECKSUMTYPE": "SHA-256",
    }


def _location(path: str) -> dict[str, str]:
    # xlink:href is a URL: spaces and åäö are percent-encoded.
    return {"LOCTYPE": "URL", qualified(XLINK, "type"): "simple", qualified(XLINK, "href"): quote(path)}


def csip_map(
    delivery: Delivery,
    object_id: str,
    descriptive: Sequence[Listed],
    preservation: Sequence[Listed],
    groups: Sequence[Group],
) -> ET.Element:
    """Make the structural map labelled CSIP (CSIP80-119)."""
    described = [_id(delivery, object_id, "dmd", file.path) for file in descriptive]
    preserved = [_id(delivery, object_id, "digiprov", file.path) for file in preservation]
    metadata = {
        "ID": _id(delivery, object_id, "div", "Metadata"),
        "LABEL": "Metadata",
        "DMDID": " ".join(described) or None,
        "ADMID": " ".join(preserved) or None,
    }
    children = [_XML.element("div", metadata), *(_division(delivery, object_id, group) for group in groups)]
    top = _XML.element("div", {"ID": _id(delivery, object_id, "div"), "LABEL": object_id}, children)
    stated = {"ID": _id(delivery, object_id, "structMap"), "TYPE": "PHYSICAL", "LABEL": "CSIP"}
    return _XML.element("structMap", stated, [top])


def _division(delivery: Delivery, object_id: str, group: Group) -> ET.Element:
    stated = {"ID": _id(delivery, object_id, "div", group.use), "LABEL": group.use}
    group_id = _id(delivery, object_id, "group", group.use)
    if not group.use.startswith("Representations/"):
        return _XML.element("div", stated, [_XML.element("fptr", {"FILEID": group_id})])
    # CSIP105-112: a representation with a METS of its own is pointed to, and named by its file group.
    pointer = {**_location(group.files[0].path), qualified(XLINK, "title"): group_id}
    return _XML.element("div", stated, [_XML.element("mptr", pointer)])


def _id(delivery: Delivery, *subject: str) -> str:
    return xml_id(delivery, "/".join(subject))
