"""Writes PREMIS 3 as a producer's export does: the package, who made it and when, the fixity of its files."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from samples.simulator.description import Delivery, Document
from samples.simulator.layout import identifier
from samples.simulator.xml_tree import PREMIS, XSI, Vocabulary, file_bytes, qualified, sha256

_XML = Vocabulary(PREMIS)


def package_premis(delivery: Delivery) -> bytes:
    """Describe the package: an intellectual entity, the event that made it and the software that did it."""
    kind = {qualified(XSI, "type"): "premis:intellectualEntity"}
    entity = _XML.element("object", kind, [_identified("object", delivery.identity)])
    return _document([entity, _creation(delivery), _software(delivery)])


def file_premis(delivery: Delivery, files: Sequence[tuple[str, Document]]) -> bytes:
    """Describe the files of a representation: path, digest, size and format of each."""
    return _document([_file(delivery, path, document) for path, document in files])


def _document(children: Iterable[ET.Element]) -> bytes:
    return file_bytes(_XML.element("premis", {"version": "3.0"}, children))


def _identified(kind: str, value: str) -> ET.Element:
    children = [_XML.text(f"{kind}IdentifierType", "UUID"), _XML.text(f"{kind}IdentifierValue", value)]
    return _XML.element(f"{kind}Identifier", children=children)


def _file(delivery: Delivery, path: str, document: Document) -> ET.Element:
    fixity = [
        _XML.text("messageDigestAlgorithm", "SHA-256"),
        _XML.text("messageDigest", sha256(document.content)),
    ]
    characteristics = [
        _XML.element("fixity", children=fixity),
        _XML.text("size", str(len(document.content))),
        _format(document),
    ]
    children = [
        _identified("object", identifier(delivery, path)),
        _XML.element("objectCharacteristics", children=characteristics),
        _XML.text("originalName", document.name),
    ]
    return _XML.element("object", {qualified(XSI, "type"): "premis:file"}, children)


def _format(document: Document) -> ET.Element:
    designation = [
        _XML.text("formatName", document.format.name),
        _XML.optional("formatVersion", document.format.version),
    ]
    registry = [
        _XML.text("formatRegistryName", "PRONOM"),
        _XML.text("formatRegistryKey", document.format.puid),
    ]
    children = [
        _XML.element("formatDesignation", children=designation),
        _XML.element("formatRegistry", children=registry),
    ]
    return _XML.element("format", children=children)


def _creation(delivery: Delivery) -> ET.Element:
    agent = [
        _XML.text("linkingAgentIdentifierType", "UUID"),
        _XML.text("linkingAgentIdentifierValue", identifier(delivery, "system")),
    ]
    entity = [
        _XML.text("linkingObjectIdentifierType", "UUID"),
        _XML.text("linkingObjectIdentifierValue", delivery.identity),
    ]
    children = [
        _identified("event", identifier(delivery, "creation")),
        _XML.text("eventType", "information package creation"),
        _XML.text("eventDateTime", delivery.created.isoformat()),
        _XML.element("eventOutcomeInformation", children=[_XML.text("eventOutcome", "success")]),
        _XML.element("linkingAgentIdentifier", children=agent),
        _XML.element("linkingObjectIdentifier", children=entity),
    ]
    return _XML.element("event", children=children)


def _software(delivery: Delivery) -> ET.Element:
    children = [
        _identified("agent", identifier(delivery, "system")),
        _XML.text("agentName", delivery.system.name),
        _XML.text("agentType", "software"),
        _XML.text("agentVersion", delivery.system.version),
    ]
    return _XML.element("agent", children=children)
