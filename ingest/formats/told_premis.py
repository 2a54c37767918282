"""A PREMIS document as a person reads it: objects, events, agents and rights, version 3 or 2.

What the entities say is taken by the names of the data dictionary, wherever in the entity it stands: the two versions
put the same names at somewhat different depths. Nothing is judged here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.domain.windows import Gathered, Piece, Window
from ingest.formats.xml_elements import XSI_TYPE, Element, ElementStream

NAMESPACES: Final = frozenset({"http://www.loc.gov/premis/v3", "info:lc/xmlns/premis-v2"})
"""Those of the versions that are told."""
LINKS: Final = 20
"""So many links an event or a right tells; the rest is counted."""
_ENTITIES: Final = ("object", "event", "agent", "rights")


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisDigest:
    """A digest (messageDigest) by its algorithm, both as written."""

    algorithm: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisFormat:
    """A format as written; `key` is that in the registry (PRONOM: the PUID)."""

    name: str
    version: str
    registry: str
    key: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisLink:
    """A link to another entity by its identifier, with the role or kind of relation; `name` what that one is called."""

    role: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisObject:
    """An object; `location` is the content location, "" where it says none."""

    id: str
    category: str
    name: str
    location: str
    size: str
    digests: tuple[PremisDigest, ...]
    formats: tuple[PremisFormat, ...]
    relations: tuple[PremisLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisEvent:
    """An event; `object_count` counts all its objects, `objects` are the first."""

    id: str
    type: str
    at: str
    details: tuple[str, ...]
    outcomes: tuple[str, ...]
    notes: tuple[str, ...]
    agents: tuple[PremisLink, ...]
    objects: tuple[PremisLink, ...]
    object_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisAgent:
    """An agent."""

    id: str
    name: str
    type: str
    version: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisRight:
    """A statement of rights: `said` are its facts by the names of the data dictionary, in order."""

    id: str
    basis: str
    said: tuple[tuple[str, str], ...]
    objects: tuple[PremisLink, ...]
    agents: tuple[PremisLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPremis:
    """What a document says; of each kind a piece."""

    objects: Piece[PremisObject]
    events: Piece[PremisEvent]
    agents: Piece[PremisAgent]
    rights: Piece[PremisRight]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisWindows:
    """What of each kind is to be seen."""

    objects: Window
    events: Window
    agents: Window
    rights: Window


def tell_premis(path: Path, namespace: str, windows: PremisWindows) -> ToldPremis:
    """Tell what the PREMIS document in a local file says, whose root is in that namespace (`NAMESPACES`).

    Raises:
        XmlRefused: the document is not well-formed or breaks the parser's bounds.
        OSError: the file cannot be read.
    """
    objects: Gathered[Element] = Gathered(windows.objects)
    events: Gathered[Element] = Gathered(windows.events)
    agents: Gathered[Element] = Gathered(windows.agents)
    rights: Gathered[Element] = Gathered(windows.rights)
    gathered = {"object": objects, "event": events, "agent": agents, "rights": rights}
    names: dict[str, str] = {}
    for _, entity in ElementStream(path, namespace=namespace, whole=_ENTITIES, schema=None):
        gathered[entity.name].add(entity)
        names[_id_of(entity)] = _name_of(entity)
    return ToldPremis(
        objects=objects.whole().each(lambda one: _object(one, names)),
        events=events.whole().each(lambda one: _event(one, names)),
        agents=agents.whole().each(_agent),
        rights=rights.whole().each(lambda one: _right(one, names)),
    )


def _object(one: Element, names: dict[str, str]) -> PremisObject:
    return PremisObject(
        id=_id_of(one),
        category=one.stated(XSI_TYPE) or one.words("objectCategory"),
        name=one.words("originalName"),
        location=_word(one, "contentLocationValue"),
        size=_word(one, "size"),
        digests=tuple(
            PremisDigest(algorithm=_word(fixity, "messageDigestAlgorithm"), value=_word(fixity, "messageDigest"))
            for fixity in _found(one, "fixity")
        ),
        formats=tuple(map(_format, _found(one, "format"))),
        relations=tuple(link for relation in _found(one, "relationship") for link in _relation(relation, names)),
    )


def _format(one: Element) -> PremisFormat:
    return PremisFormat(
        name=_word(one, "formatName"),
        version=_word(one, "formatVersion"),
        registry=_word(one, "formatRegistryName"),
        key=_word(one, "formatRegistryKey"),
        notes=_words(one, "formatNote"),
    )


def _relation(relation: Element, names: dict[str, str]) -> Iterator[PremisLink]:
    kind = _word(relation, "relationshipSubType") or _word(relation, "relationshipType")
    for one in _words(relation, "relatedObjectIdentifierValue"):
        yield PremisLink(role=kind, id=one, name=names.get(one, ""))


def _event(one: Element, names: dict[str, str]) -> PremisEvent:
    objects = list(one.named("linkingObjectIdentifier"))
    return PremisEvent(
        id=_id_of(one),
        type=one.words("eventType"),
        at=one.words("eventDateTime"),
        details=_words(one, "eventDetail"),
        outcomes=_words(one, "eventOutcome"),
        notes=_words(one, "eventOutcomeDetailNote"),
        agents=_links(one, "linkingAgent", names),
        objects=tuple(_link(link, "linkingObject", names) for link in objects[:LINKS]),
        object_count=len(objects),
    )


def _agent(one: Element) -> PremisAgent:
    return PremisAgent(
        id=_id_of(one),
        name=", ".join(_words(one, "agentName")),
        type=one.words("agentType"),
        version=one.words("agentVersion"),
        notes=_words(one, "agentNote"),
    )


def _right(one: Element, names: dict[str, str]) -> PremisRight:
    statement = one.first("rightsStatement") or one
    return PremisRight(
        id=_id_of(one),
        basis=_word(one, "rightsBasis"),
        said=tuple(_said(statement))[:LINKS],
        objects=_links(statement, "linkingObject", names),
        agents=_links(statement, "linkingAgent", names),
    )


def _said(statement: Element) -> Iterator[tuple[str, str]]:
    """Give every text of a statement but those of its identifiers and links."""
    for child in statement.children:
        if "Identifier" in child.name or child.name == "rightsBasis":
            continue
        if child.text.strip():
            yield child.name, child.text.strip()
        yield from _said(child)


def _links(one: Element, kind: str, names: dict[str, str]) -> tuple[PremisLink, ...]:
    return tuple(_link(link, kind, names) for link in tuple(one.named(f"{kind}Identifier"))[:LINKS])


def _link(link: Element, kind: str, names: dict[str, str]) -> PremisLink:
    one = link.words(f"{kind}IdentifierValue")
    return PremisLink(role=link.words(f"{kind}Role"), id=one, name=names.get(one, ""))


def _id_of(entity: Element) -> str:
    kind = "rightsStatement" if entity.name == "rights" else entity.name
    return _word(entity, f"{kind}IdentifierValue")


def _name_of(entity: Element) -> str:
    return entity.words("originalName") or _word(entity, "contentLocationValue") or entity.words("agentName")


def _found(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if child.name == name:
            yield child
        else:
            yield from _found(child, name)


def _words(element: Element, name: str) -> tuple[str, ...]:
    return tuple(found.text.strip() for found in _found(element, name) if found.text.strip())


def _word(element: Element, name: str) -> str:
    return next(iter(_words(element, name)), "")
