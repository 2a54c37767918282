"""The vocabulary of CITS ERMS as XML: how children and texts are found, what of it the case model holds.

Versions 2.1 and 3.0 share the namespace and the names used here.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.domain.dates import parse_date
from ingest.domain.descriptions import TypedDate
from ingest.formats.xml_words import canonical_xml, line_of, local_name, namespace_of, text_of

ERMS = "https://DILCIS.eu/XML/ERMS"
TAG = f"{{{ERMS}}}"

_AGENT = frozenset(
    {
        "name",
        "organisation",
        "unitName",
        "idNumber",
        "role",
        "addressContactInformation",
        "protectedIdentity",
        "notes",
    }
)
_DESCRIBED = frozenset(
    {
        "objectId",
        "extraId",
        "informationClass",
        "securityClass",
        "identification",
        "classification",
        "parentAggregationId",
        "levelName",
        "keywords",
        "title",
        "otherTitle",
        "subject",
        "status",
        "relation",
        "restriction",
        "disposal",
        "agents",
        "description",
        "dates",
        "archivalHistory",
        "dispatchMode",
        "access",
        "physicalLocations",
        "notes",
        "additionalInformation",
    }
)
_MODELLED: Mapping[str, frozenset[str]] = {
    "aggregation": _DESCRIBED | {"aggregation", "record"},
    "record": _DESCRIBED | {"runningNumber", "direction"},
    "agents": frozenset({"agent"}),
    "agent": _AGENT,
    "addressContactInformation": frozenset({"addressLine", "contactLine"}),
    "notes": frozenset({"note"}),
    "keywords": frozenset({"keyword"}),
    "dates": frozenset({"date", "disposalDate"}),
    "archivalHistory": frozenset({"historyLine"}),
    "physicalLocations": frozenset({"physicalLocation"}),
    "physicalLocation": frozenset({"currentLocation"}),
    "restriction": frozenset(
        {"explanatoryText", "regulation", "informationClass", "securityClass", "agent", "dates", "duration"}
    ),
    "duration": frozenset({"calculatedDuration"}),
    "disposal": frozenset(
        {
            "disposalScheduleId",
            "disposalAction",
            "disposalPeriod",
            "disposalMandate",
            "disposalDescription",
            "disposalComments",
            "dates",
        }
    ),
    "disposalComments": frozenset({"disposalComment"}),
}
_UNMODELLED_ATTRIBUTES = frozenset({"newFullyQualifiedClassificationCode", "otherDirectionDefinition"})


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the ERMS children of that name, in order."""
    return element.iterchildren(TAG + name)


def nested(element: etree._Element, outer: str, inner: str) -> Iterator[etree._Element]:
    """Give the ERMS grandchildren `outer/inner`, in order."""
    return (found for frame in children(element, outer) for found in children(frame, inner))


def child_text(element: etree._Element, name: str) -> str | None:
    """Give the text of the first child of that name as delivered, None when there is none."""
    child = next(children(element, name), None)
    return None if child is None else text_of(child)


def texts(elements: Iterator[etree._Element]) -> tuple[str, ...]:
    """Give the texts of elements as delivered."""
    return tuple(text_of(element) for element in elements)


def flag(text: str | None) -> bool | None:
    """Read an xs:boolean; None for None and for any word that is none."""
    match (text or "").strip():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
        case _:
            return None


def typed_date(element: etree._Element, *, other: str = "otherDateType") -> TypedDate:
    """Read a date of any kind, impossible ones included."""
    raw = text_of(element)
    kind = element.get("dateType") or ""
    return TypedDate(type=kind, raw=raw, value=parse_date(raw), other_type=element.get(other), line=line_of(element))


def unmodelled(element: etree._Element) -> tuple[str, ...]:
    """Give, as canonical XML, each child of a case or record that says more than the case model can."""
    known = _MODELLED[local_name(element)]
    parts = (child for child in element.iterchildren("*") if local_name(child) != "additionalInformation")
    return tuple(canonical_xml(part) for part in parts if not (_known_in(part, known) and _is_modelled(part)))


def _is_modelled(element: etree._Element) -> bool:
    if not _UNMODELLED_ATTRIBUTES.isdisjoint(map(str, element.keys())):
        return False
    if local_name(element) in {"aggregation", "record"}:
        return True  # They are read, and speak for themselves.
    known = _MODELLED.get(local_name(element), frozenset())
    return all(_known_in(child, known) and _is_modelled(child) for child in element.iterchildren("*"))


def _known_in(element: etree._Element, known: frozenset[str]) -> bool:
    return namespace_of(element) == ERMS and local_name(element) in known
