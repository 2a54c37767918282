"""Write `metadata/preservation/premis.xml`: PREMIS 3.0 as the E-ARK AIP and CITS Preservation ask for it.

Objects: the package (intellectual entity), its representations, every delivered file with its fixity, size, format,
name as delivered, place in the AIP and what it holds as a container, and every preservation copy; the two name each
other as source and copy, with the event between them. Then one `event` per event of the AIP, and every agent
they name. `eventDetail` names the step, `eventOutcomeDetailNote` says in words what came of it.
Terms carry the address of their Library of Congress vocabulary.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO

from ingest.domain.aips import Aip
from ingest.domain.conversions import DerivedObject
from ingest.domain.fixity import Digest, sha256
from ingest.domain.packages import DigitalObject, FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent
from ingest.formats.writing.names import object_id, representation_id, timestamp
from ingest.formats.writing.nested_listing import NESTED, write_listing
from ingest.formats.xml_writer import XmlWriter, write_xml

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
VERSION = "3.0"
_VOCABULARY = "http://id.loc.gov/vocabulary/preservation/"
_OUTCOME_CODES = {EventOutcome.SUCCESS: "suc", EventOutcome.FAIL: "fai", EventOutcome.WARNING: "war"}
_SOURCE, _OUTCOME = ("sou", "source"), ("out", "outcome")
_AGENT_CODES = {AgentKind.ORGANIZATION: "org", AgentKind.PERSON: "per", AgentKind.SOFTWARE: "sof"}


def write_premis(sink: BinaryIO, aip: Aip) -> None:
    """Write the PREMIS document of one generation of an AIP, valid against premis-v3-0.xsd.

    Raises:
        ValueError: a text cannot be carried by XML.
        KeyError: an event names a path that no delivered object and no copy has.
    """
    namespaces = {"premis": PREMIS, "xsi": XSI}
    if any(one.nested is not None for one in aip.objects):
        namespaces["nested"] = NESTED
    with write_xml(sink, _name("premis"), namespaces=namespaces, attributes={"version": VERSION}) as root:
        _write_package(root, aip)
        for name in aip.representations:
            _write_representation(root, aip, name)
        ids = _Identifiers(aip)
        for one in aip.objects:
            _write_file(root, aip, one, ids)
        for copy in aip.derived:
            _write_copy(root, aip, copy, ids)
        for event in aip.events:
            _write_event(root, aip, event, ids)
        for agent in _agents(aip):
            write_agent(root, agent)


class _Identifiers:
    """What the objects are called, and which copies each delivered file has."""

    def __init__(self, aip: Aip) -> None:
        self.delivered = {one.path: object_id(aip, one) for one in aip.objects}
        self.derived = {one.place.aip_path: object_id(aip, one) for one in aip.derived}
        self.copies: dict[PackagePath, list[DerivedObject]] = defaultdict(list)
        for one in aip.derived:
            self.copies[one.source].append(one)


# ------------------------------------------------------------------------------------------- objects


def _write_package(root: XmlWriter, aip: Aip) -> None:
    with root.element(_name("object"), _category("intellectualEntity")) as entity:
        _write_identifier(entity, "objectIdentifier", "UUID", aip.id)
        if aip.submission.delivery is not None:
            entity.leaf(_name("originalName"), text=aip.submission.delivery)
        if aip.supersedes is not None:
            with entity.element(_name("relationship")) as relationship:
                _write_term(relationship, "relationshipType", "rep", "replacement")
                _write_term(relationship, "relationshipSubType", "sup", "supersedes")
                _write_identifier(relationship, "relatedObjectIdentifier", "UUID", aip.supersedes)


def _write_representation(root: XmlWriter, aip: Aip, name: str) -> None:
    creation = next((e for e in aip.events if e.type is EventType.INFORMATION_PACKAGE_CREATION), None)
    with root.element(_name("object"), _category("representation")) as representation:
        _write_identifier(representation, "objectIdentifier", "UUID", representation_id(aip, name))
        representation.leaf(_name("originalName"), text=name)
        _write_location(representation, f"representations/{name}")
        with representation.element(_name("relationship")) as relationship:
            _write_term(relationship, "relationshipType", "str", "structural")
            _write_term(relationship, "relationshipSubType", "rep", "represents")
            _write_identifier(relationship, "relatedObjectIdentifier", "UUID", aip.id)
            if creation is not None:
                _write_identifier(relationship, "relatedEventIdentifier", "UUID", creation.id)


def _write_file(root: XmlWriter, aip: Aip, one: DigitalObject, ids: _Identifiers) -> None:
    with root.element(_name("object"), _category("file")) as file:
        _write_identifier(file, "objectIdentifier", "UUID", ids.delivered[one.path])
        with file.element(_name("objectCharacteristics")) as characteristics:
            _write_characteristics(characteristics, (sha256(one.sha256), *one.digests), one.size, one.format)
            if one.nested is not None:
                with characteristics.element(_name("objectCharacteristicsExtension")) as extension:
                    write_listing(extension, one.nested)
        file.leaf(_name("originalName"), text=one.path)
        _write_location(file, one.place.aip_path)
        _write_included(file, aip, one.place.representation)
        for copy in ids.copies.get(one.path, ()):
            _write_derivation(file, ("iso", "is Source Of"), ids.derived[copy.place.aip_path], copy.event)


def _write_copy(root: XmlWriter, aip: Aip, copy: DerivedObject, ids: _Identifiers) -> None:
    with root.element(_name("object"), _category("file")) as file:
        _write_identifier(file, "objectIdentifier", "UUID", ids.derived[copy.place.aip_path])
        with file.element(_name("objectCharacteristics")) as characteristics:
            _write_characteristics(characteristics, (sha256(copy.sha256),), copy.size, copy.format)
        _write_location(file, copy.place.aip_path)
        _write_included(file, aip, copy.place.representation)
        _write_derivation(file, ("hss", "has Source"), ids.delivered[copy.source], copy.event)


def _write_characteristics(
    characteristics: XmlWriter, digests: tuple[Digest, ...], size: int, form: FormatDesignation
) -> None:
    for digest in digests:
        _write_fixity(characteristics, digest)
    characteristics.leaf(_name("size"), text=str(size))
    _write_format(characteristics, form)


def _write_included(file: XmlWriter, aip: Aip, within: str | None) -> None:
    with file.element(_name("relationship")) as relationship:
        relationship.leaf(_name("relationshipType"), _address("relationshipType", "str"), "structural")
        relationship.leaf(_name("relationshipSubType"), _address("relationshipSubType", "isi"), "is Included In")
        whole = aip.id if within is None else representation_id(aip, within)
        _write_identifier(relationship, "relatedObjectIdentifier", "UUID", whole)


def _write_derivation(file: XmlWriter, kind: tuple[str, str], other: str, event: str) -> None:
    code, label = kind
    with file.element(_name("relationship")) as relationship:
        relationship.leaf(_name("relationshipType"), _address("relationshipType", "der"), "derivation")
        relationship.leaf(_name("relationshipSubType"), _address("relationshipSubType", code), label)
        _write_identifier(relationship, "relatedObjectIdentifier", "UUID", other)
        _write_identifier(relationship, "relatedEventIdentifier", "UUID", event)


def _write_fixity(characteristics: XmlWriter, digest: Digest) -> None:
    algorithm = digest.algorithm
    with characteristics.element(_name("fixity")) as fixity:
        tag = _name("messageDigestAlgorithm")
        fixity.leaf(tag, _address("cryptographicHashFunctions", algorithm.hashlib_name), algorithm.value)
        fixity.leaf(_name("messageDigest"), text=digest.value)


def _write_format(characteristics: XmlWriter, designation: FormatDesignation) -> None:
    with characteristics.element(_name("format")) as form:
        with form.element(_name("formatDesignation")) as named:
            named.leaf(_name("formatName"), text=designation.name or designation.mime_type or "unknown")
            if designation.version:
                named.leaf(_name("formatVersion"), text=designation.version)
        if designation.puid is not None:
            with form.element(_name("formatRegistry")) as registry:
                registry.leaf(_name("formatRegistryName"), text="PRONOM")
                registry.leaf(_name("formatRegistryKey"), text=designation.puid)
        for note in (designation.basis, designation.warning):
            if note:
                form.leaf(_name("formatNote"), text=note)


def _write_location(writer: XmlWriter, path: str) -> None:
    with writer.element(_name("storage")) as storage, storage.element(_name("contentLocation")) as location:
        location.leaf(_name("contentLocationType"), text="path in the AIP")
        location.leaf(_name("contentLocationValue"), text=path)


# ------------------------------------------------------------------------------------------- events


def _write_event(root: XmlWriter, aip: Aip, event: PreservationEvent, ids: _Identifiers) -> None:
    with root.element(_name("event")) as written:
        _write_what_happened(written, event)
        if event.type is EventType.INFORMATION_PACKAGE_CREATION:
            _write_linked_object(written, aip.id, _OUTCOME)
        _write_linked_objects(written, event, ids)


def write_package_event(root: XmlWriter, package: str, event: PreservationEvent) -> None:
    """Write an event that is about a package as a whole. Raises ValueError for what XML cannot carry."""
    with root.element(_name("event")) as written:
        _write_what_happened(written, event)
        _write_linked_object(written, package, _OUTCOME)


def _write_what_happened(written: XmlWriter, event: PreservationEvent) -> None:
    _write_identifier(written, "eventIdentifier", "UUID", event.id)
    _write_term(written, "eventType", event.type.code, event.type.value)
    written.leaf(_name("eventDateTime"), text=timestamp(event.at))
    with written.element(_name("eventDetailInformation")) as detail:
        detail.leaf(_name("eventDetail"), text=event.step)
    with written.element(_name("eventOutcomeInformation")) as outcome:
        _write_term(outcome, "eventOutcome", _OUTCOME_CODES[event.outcome], event.outcome.value)
        if event.detail:
            with outcome.element(_name("eventOutcomeDetail")) as detail:
                detail.leaf(_name("eventOutcomeDetailNote"), text=event.detail)
    for agent in event.agents:
        _write_linked_agent(written, agent)


def _write_linked_agent(event: XmlWriter, agent: Agent) -> None:
    code, role = ("exe", "executing program") if agent.kind is AgentKind.SOFTWARE else ("imp", "implementer")
    with event.element(_name("linkingAgentIdentifier")) as linked:
        linked.leaf(_name("linkingAgentIdentifierType"), text="local")
        linked.leaf(_name("linkingAgentIdentifierValue"), text=agent.id)
        linked.leaf(_name("linkingAgentRole"), _term("eventRelatedAgentRole", code), role)


def _write_linked_objects(written: XmlWriter, event: PreservationEvent, ids: _Identifiers) -> None:
    if not event.objects and not event.derived:
        for value in ids.delivered.values():
            _write_identifier(written, "linkingObjectIdentifier", "UUID", value)
    source, outcome = (_SOURCE, _OUTCOME) if event.type is EventType.NORMALIZATION else (None, None)
    for path in event.objects:
        _write_linked_object(written, ids.delivered[path], source)
    for path in event.derived:
        _write_linked_object(written, ids.derived[path], outcome)


def _write_linked_object(event: XmlWriter, value: str, role: tuple[str, str] | None) -> None:
    with event.element(_name("linkingObjectIdentifier")) as linked:
        linked.leaf(_name("linkingObjectIdentifierType"), text="UUID")
        linked.leaf(_name("linkingObjectIdentifierValue"), text=value)
        if role is not None:
            code, label = role
            linked.leaf(_name("linkingObjectRole"), _term("eventRelatedObjectRole", code), label)


# ------------------------------------------------------------------------------------------- agents


def _agents(aip: Aip) -> Iterable[Agent]:
    named = (agent for event in aip.events for agent in event.agents)
    return {agent.id: agent for agent in (aip.archive, aip.software, *named)}.values()


def write_agent(root: XmlWriter, agent: Agent) -> None:
    """Write an agent. Raises ValueError for what XML cannot carry."""
    with root.element(_name("agent")) as written:
        _write_identifier(written, "agentIdentifier", "local", agent.id)
        written.leaf(_name("agentName"), text=agent.name)
        _write_term(written, "agentType", _AGENT_CODES[agent.kind], agent.kind.value)
        if agent.version:
            written.leaf(_name("agentVersion"), text=agent.version)


# ------------------------------------------------------------------------------------------- words


def _name(local: str) -> str:
    return f"{{{PREMIS}}}{local}"


def _category(kind: str) -> dict[str, str]:
    return {f"{{{XSI}}}type": f"premis:{kind}"}


def _address(scheme: str, code: str) -> dict[str, str]:
    """Give a term's own address, which names its vocabulary too: enough for what stands once per file."""
    return {"valueURI": f"{_VOCABULARY}{scheme}/{code}"}


def _term(scheme: str, code: str) -> dict[str, str]:
    return {"authority": scheme, "authorityURI": _VOCABULARY + scheme, **_address(scheme, code)}


def _write_term(writer: XmlWriter, scheme: str, code: str, label: str) -> None:
    """Write a term whose element is named as its vocabulary."""
    writer.leaf(_name(scheme), _term(scheme, code), label)


def _write_identifier(writer: XmlWriter, element: str, kind: str, value: str) -> None:
    with writer.element(_name(element)) as identifier:
        identifier.leaf(_name(f"{element}Type"), text=kind)
        identifier.leaf(_name(f"{element}Value"), text=value)
