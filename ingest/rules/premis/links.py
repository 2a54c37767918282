"""Identifiers and links of a package's PREMIS: each thing named once in a document, each link to something."""

from collections.abc import Iterator

from ingest.domain.findings import Violation
from ingest.formats.xml_elements import Element
from ingest.rules.demands import Seen

_IDENTIFIERS = {
    "object": ("objectIdentifier",),
    "event": ("eventIdentifier",),
    "agent": ("agentIdentifier",),
    "rights": ("rightsStatement", "rightsStatementIdentifier"),
}
_LINKS = {
    "linkingObjectIdentifier": "object",
    "linkingAgentIdentifier": "agent",
    "linkingEventIdentifier": "event",
    "linkingRightsStatementIdentifier": "rights",
    "relatedObjectIdentifier": "object",
    "relatedEventIdentifier": "event",
}
_OUTWARD = "relatedObjectIdentifier"

Name = tuple[str, str]
"""An identifier: its kind of entity, and its value; the type is left out, for link and target often spell it apart."""


class Links:
    """What the PREMIS documents of a package name and link, as far as they have been read."""

    def __init__(self) -> None:
        self._everywhere: set[Name] = set()
        self._here: set[tuple[str, str, str]] = set()
        self._awaited: dict[Name, tuple[Seen, str]] = {}

    def begin(self) -> None:
        """Begin a document: what another one names may be named again."""
        self._here = set()

    def take(self, seen: Seen) -> Iterator[Violation]:
        """Take in an entity, and tell an identifier that the document has already (EARKIV-PM-1)."""
        kind = seen.element.name
        for identifier in _below(seen.element, _IDENTIFIERS[kind]):
            name = _IDENTIFIERS[kind][-1]
            value = identifier.words(f"{name}Value")
            key = (kind, identifier.words(f"{name}Type"), value)
            if value and key in self._here:
                yield seen.violation("EARKIV-PM-1", value)
            self._here.add(key)
            self._everywhere.add((kind, value))
        for link, value in _links(seen.element):
            target = (_LINKS[link], value)
            if target not in self._everywhere:
                self._awaited.setdefault(target, (seen, link))

    def unanswered(self) -> Iterator[Violation]:
        """Tell every link that nothing in the package answers to (EARKIV-PM-2, outward relations EARKIV-PM-8)."""
        for target, (seen, link) in self._awaited.items():
            if target not in self._everywhere:
                rule = "EARKIV-PM-8" if link == _OUTWARD else "EARKIV-PM-2"
                yield seen.violation(rule, f"{link} {target[1]}")


def _below(element: Element, path: tuple[str, ...]) -> Iterator[Element]:
    if not path:
        yield element
        return
    for child in element.named(path[0]):
        yield from _below(child, path[1:])


def _links(element: Element) -> Iterator[tuple[str, str]]:
    for child in element.children:
        if child.name in _LINKS:
            value = child.words(f"{child.name}Value")
            if value:
                yield child.name, value
        else:
            yield from _links(child)
