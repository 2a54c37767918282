"""All rules over the PREMIS documents of a package: each in one pass, links between them at the end."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.domain.findings import Location, Severity, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import FileReference
from ingest.formats.dialects import root_of
from ingest.formats.premis_elements import PREMIS_SCHEMA, open_premis
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_elements import XSI_TYPE, Element
from ingest.formats.xml_violations import refusal, schema_faults
from ingest.rules.demands import Demands, Seen, breaches_of, by_element
from ingest.rules.premis.entities import AGENTS, EVENTS, OBJECTS, RIGHTS
from ingest.rules.premis.files import claims_of, find, place_of
from ingest.rules.premis.links import Links
from ingest.rules.premis.words import WORDS

DEMANDS: Demands = by_element((*OBJECTS, *EVENTS, *AGENTS, *RIGHTS, *WORDS))
_VERSION = "3.0"
_NAMES = ("objectIdentifier", "eventIdentifier", "agentIdentifier")


class PremisJudge:
    """Judges the PREMIS documents of one package, one after another; `entries` is None when payload is not judged.

    `claims` are what they say of the size and digests of files in the package.
    """

    def __init__(self, entries: Collection[PackagePath] | None) -> None:
        self._entries = entries
        self._links = Links()
        self.claims: list[FileReference] = []

    def violations(self, local: Path, source: PackagePath) -> Iterator[Violation]:
        """Judge one document, by its schema too (EARKIV-XML-4, a warning: CSIP only recommends PREMIS).

        Raises:
            schemas.SchemasMissing: the schemas are not installed.
            OSError: the file cannot be read.
        """
        yield from _version(local, source)
        self._links.begin()
        events = open_premis(local)
        try:
            for _, element in events:
                seen = Seen(element=element, above=("premis",), unit=_unit(element), source=source)
                yield from breaches_of(DEMANDS, seen)
                yield from breaches_of(DEMANDS, seen, element.stated(XSI_TYPE))
                yield from self._links.take(seen)
                yield from self._placed(seen)
        except XmlRefused as refused:
            yield refusal(source, refused)
            return
        if not events.schema_valid:
            for fault in schema_faults(source, local, PREMIS_SCHEMA):
                yield replace(fault, severity=Severity.WARNING)

    def _placed(self, seen: Seen) -> Iterator[Violation]:
        link = place_of(seen.element)
        if self._entries is None or not link:
            return
        path = find(link, seen.source, self._entries)
        if path is None:
            yield seen.violation("EARKIV-PM-6", link)
        else:
            self.claims.extend(claims_of(seen, link, path))

    def ended(self) -> Iterator[Violation]:
        """Tell what no document answered to."""
        return self._links.unanswered()


def _version(local: Path, source: PackagePath) -> Iterator[Violation]:
    """PM1: the document says that it is PREMIS 3.0."""
    root = root_of(local)
    said = "" if root is None else root.attributes.get("version", "")
    if said != _VERSION:
        yield Violation(rule="PM1", location=Location(file=source, line=1, value=f"@version={said!r}"))


def _unit(element: Element) -> str:
    """What the entity calls itself: its identifier, for an object the name it came with."""
    identified = (element.words(name, f"{name}Value") for name in _NAMES)
    return element.words("originalName") or next((value for value in identified if value), "")
