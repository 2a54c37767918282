"""All rules over one CITS ERMS document, in one pass: flat but for the schemes' ids, one case at a time."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from ingest.domain.findings import Violation
from ingest.domain.paths import PackagePath
from ingest.formats.erms_elements import open_erms
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_elements import Element
from ingest.rules.demands import Demands, Seen, breaches_of, by_element, walk
from ingest.rules.erms.blocks import BLOCKS
from ingest.rules.erms.control import CONTROL, SCHEMES_OF_3_0
from ingest.rules.erms.people import PEOPLE
from ingest.rules.erms.times import TIMES
from ingest.rules.erms.units import UNITS

_UNITS = frozenset({"aggregation", "record"})


class ErmsVersion(StrEnum):
    """The versions of the specification that are judged."""

    V2_1 = "2.1.0"
    V3_0 = "3.0.0"


_OF_2_1: Demands = by_element((*CONTROL, *UNITS, *BLOCKS, *PEOPLE, *TIMES))
_OF_3_0: Demands = by_element((*CONTROL, *SCHEMES_OF_3_0, *UNITS, *BLOCKS, *PEOPLE, *TIMES))


def demands_of(version: ErmsVersion) -> Demands:
    """Give what that version demands of single elements."""
    return _OF_2_1 if version is ErmsVersion.V2_1 else _OF_3_0


def erms_violations(local: Path, source: PackagePath, version: ErmsVersion) -> Iterator[Violation]:
    """Judge one document; one that is no acceptable XML is judged as far as it goes: its reader has told why.

    Raises:
        OSError: the file cannot be read.
    """
    demands, schemes = demands_of(version), _Schemes()
    try:
        for parent, element in open_erms(local):
            top = Seen(element=element, above=(parent,), unit=_unit(element) or "", source=source)
            for seen in walk(top, _unit):
                yield from breaches_of(demands, seen)
                yield from schemes.take(seen)
                yield from _contradicted_parent(seen)
    except XmlRefused:
        return


def _unit(element: Element) -> str | None:
    """Give what a person calls a case or record; None for other elements."""
    if element.name not in _UNITS:
        return None
    return element.words("objectId") or element.stated("systemIdentifier")


class _Schemes:
    """The classification schemes of a document, which stand before what points at them (xs:ID, xs:IDREF)."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def take(self, seen: Seen) -> Iterator[Violation]:
        """Tell an id that is taken (EARKIV-ERMS-3), a scheme used that is none (-2), a choice left open (ERMS278)."""
        if seen.element.name == "classificationSchema":
            id_ = seen.element.stated("classificationSchemaId")
            if id_ and id_ in self._ids:
                yield seen.violation("EARKIV-ERMS-3", id_)
            self._ids.add(id_)
        elif seen.element.name in _UNITS:
            yield from self._pointed(seen)

    def _pointed(self, seen: Seen) -> Iterator[Violation]:
        used = seen.element.stated("classificationSchemaUsed")
        if used and used not in self._ids:
            yield seen.violation("EARKIV-ERMS-2", used)
        is_open = len(self._ids) > 1 and seen.element.first("classification") is not None
        if not used and is_open and seen.element.name == "record":
            yield seen.violation("ERMS278")


def _contradicted_parent(seen: Seen) -> Iterator[Violation]:
    """EARKIV-ERMS-16: parentAggregationId names another unit than the one around it."""
    around = [child for child in seen.element.children if child.name in _UNITS]
    if seen.element.name != "aggregation" or not around:
        return
    extra = (extra.text.strip() for extra in seen.element.named("extraId"))
    names = {seen.element.words("objectId"), seen.element.stated("systemIdentifier"), *extra}
    for child in around:
        said = child.words("parentAggregationId")
        if said and said not in names:
            inside = Seen(element=child, above=("aggregation",), unit=_unit(child) or "", source=seen.source)
            yield inside.violation("EARKIV-ERMS-16", said)
