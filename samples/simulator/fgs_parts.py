"""What FGS Paketstruktur 1.x and the eARD draft have in common: files, agents, an empty structMap."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from samples.simulator.arendehantering import Namespace, arendehantering_xml
from samples.simulator.description import Delivery, FileFormat
from samples.simulator.layout import place, plain_name, write, xml_id
from samples.simulator.xml_tree import METS, XLINK, Vocabulary, qualified, sha256

XML = Vocabulary(METS)
_CASES = "Metadata/Arendehantering.xml"
_XML_FORMAT = FileFormat(media_type="text/xml", name="Extensible Markup Language", version="1.0", puid="fmt/101")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFile:
    """A file of the package; `original_name` is the name it had in the producer's system."""

    path: str
    original_name: str
    content: bytes
    format: FileFormat


def write_files(delivery: Delivery, folder: Path, namespace: Namespace) -> tuple[PackageFile, ...]:
    """Write documents into `Content/` and cases into `Metadata/`; give all that sip.xml shall list."""
    placed = place(delivery, "Content" if len(delivery.cases) > 1 else "Content/1", plain_name)
    files = [
        PackageFile(
            path=entry.path,
            original_name=entry.document.name,
            content=entry.document.content,
            format=entry.document.format,
        )
        for entry in placed
    ]
    cases = arendehantering_xml(delivery, placed, namespace)
    files.append(PackageFile(path=_CASES, original_name="Arendehantering.xml", content=cases, format=_XML_FORMAT))
    for file in files:
        write(folder, file.path, file.content)
    return tuple(files)


def agents(delivery: Delivery) -> list[ET.Element]:
    """Name the archival creator, its system, the deliverer, the contact and the keeper."""
    creator, producer, keeper = delivery.archival_creator, delivery.producer, delivery.preservation
    software = {"TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
    organisation = {"TYPE": "ORGANIZATION"}
    contact = delivery.contact
    return [
        _agent({"ROLE": "ARCHIVIST", **organisation}, creator.name, creator.identifier),
        _agent({"ROLE": "ARCHIVIST", **software}, delivery.system.name, delivery.system.version),
        _agent({"ROLE": "CREATOR", **organisation}, producer.name, producer.identifier),
        _agent({"ROLE": "CREATOR", "TYPE": "INDIVIDUAL"}, contact.name, f"{contact.phone}, {contact.email}"),
        _agent({"ROLE": "PRESERVATION", **organisation}, keeper.name, keeper.identifier),
    ]


def _agent(attributes: Mapping[str, str], name: str, note: str) -> ET.Element:
    return XML.element("agent", dict(attributes), [XML.text("name", name), XML.text("note", note)])


def file_section(delivery: Delivery, files: Sequence[ET.Element]) -> ET.Element:
    """Put all files into one group."""
    group = XML.element("fileGrp", {"ID": xml_id(delivery, "FILES"), "USE": "FILES"}, files)
    return XML.element("fileSec", children=[group])


def listed(delivery: Delivery, file: PackageFile, href: str, more: Mapping[str, str | None]) -> ET.Element:
    """List a file at an address, with what the version says more of it."""
    stated = {
        "ID": xml_id(delivery, file.path),
        "MIMETYPE": file.format.media_type,
        "SIZE": str(len(file.content)),
        "CREATED": delivery.created.isoformat(),
        "CHECKSUM": sha256(file.content),
        "CHECKSUMTYPE": "SHA-256",
        **more,
    }
    located = {"LOCTYPE": "URL", qualified(XLINK, "type"): "simple", qualified(XLINK, "href"): href}
    return XML.element("file", stated, [XML.element("FLocat", located)])


def no_structure() -> ET.Element:
    """Say, as Riksarkivet's default does, that no structure is defined."""
    label = {"LABEL": "No structMap defined in this information package"}
    return XML.element("structMap", label, [XML.element("div")])
