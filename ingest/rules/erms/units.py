"""CITS ERMS `aggregation` and `record`: what each case, other grouping and record must say of itself."""

from ingest.formats.erms_terms import erms_terms
from ingest.rules.demands import Broken, Demand, Seen, foreign_term, no_attribute, no_child, no_term, unexplained

_RECORD = frozenset({"record"})
_AGGREGATION = frozenset({"aggregation"})


def _no_date(kind: str) -> Broken:
    """No date of that dateType."""

    def broken(seen: Seen) -> str | None:
        frames = seen.element.named("dates")
        dated = any(date.stated("dateType") == kind for frame in frames for date in frame.named("date"))
        return None if dated else f"dates/date[@dateType='{kind}']"

    return broken


def _unnamed(seen: Seen) -> str | None:
    """Neither a title nor a description."""
    return no_child("title", "description")(seen)


def _nothing_inside(seen: Seen) -> str | None:
    """A case with neither records, nor parts, nor files of its own."""
    is_case = seen.element.stated("aggregationType") == "caseFile"
    held = any(child.name in {"record", "aggregation"} for child in seen.element.children)
    attached = seen.element.first("additionalInformation") is not None
    return "" if is_case and not held and not attached else None


def _doubled_number(seen: Seen) -> str | None:
    """Two records of one aggregation with the same running number."""
    numbers = [number for record in seen.element.named("record") if (number := record.words("runningNumber"))]
    again = sorted({number for number in numbers if numbers.count(number) > 1}) if _doubled(numbers) else []
    return ", ".join(again) or None


def _doubled(words: list[str]) -> bool:
    return len(set(words)) < len(words)


UNITS: tuple[Demand, ...] = (
    Demand(rule="ERMS130", element="record", broken=no_attribute("systemIdentifier")),
    Demand(
        rule="ERMS132",
        element="record",
        broken=foreign_term("recordPhysicalOrDigital", lambda: erms_terms()["RecordCarrier"]),
    ),
    Demand(rule="ERMS135", element="record", broken=_no_date("created")),
    Demand(rule="ERMS137", element="record", broken=no_child("title")),
    Demand(rule="ERMS146", element="record", broken=no_child("objectId")),
    Demand(rule="ERMS148", element="extraId", broken=no_attribute("extraIdType")),
    Demand(rule="ERMS150", element="notes", broken=no_child("note"), within=_RECORD),
    Demand(rule="ERMS153", element="keywords", broken=no_child("keyword")),
    Demand(
        rule="ERMS156",
        element="identification",
        broken=no_attribute("identificationType"),
        within=_RECORD | _AGGREGATION,
    ),
    Demand(rule="ERMS171", element="archivalHistory", broken=no_child("historyLine")),
    Demand(rule="ERMS183", element="eSignatures", broken=no_child("eSignature")),
    Demand(rule="ERMS186", element="physicalLocations", broken=no_child("physicalLocation")),
    Demand(
        rule="ERMS190",
        element="direction",
        broken=no_term("directionDefinition", lambda: erms_terms()["DirectionTerm"]),
    ),
    Demand(
        rule="ERMS191",
        element="direction",
        broken=unexplained("directionDefinition", "other", "otherDirectionDefinition"),
    ),
    Demand(
        rule="ERMS192",
        element="status",
        broken=no_term("value", lambda: erms_terms()["StatusTerm"]),
        within=_RECORD,
    ),
    Demand(rule="ERMS199", element="aggregation", broken=no_attribute("systemIdentifier")),
    Demand(
        rule="ERMS200",
        element="aggregation",
        broken=no_term("aggregationType", lambda: erms_terms()["AggregationKind"]),
    ),
    Demand(rule="ERMS209", element="aggregation", broken=no_child("title")),
    Demand(rule="ERMS218", element="aggregation", broken=no_child("objectId")),
    Demand(
        rule="ERMS239",
        element="status",
        broken=no_term("value", lambda: erms_terms()["StatusTerm"]),
        within=_AGGREGATION,
    ),
    Demand(rule="EARKIV-ERMS-9", element="aggregation", broken=_unnamed),
    Demand(rule="EARKIV-ERMS-9", element="record", broken=_unnamed),
    Demand(
        rule="EARKIV-ERMS-10",
        element="aggregation",
        broken=unexplained("aggregationType", "own_aggregation_definition", "otherAggregationType"),
    ),
    Demand(rule="EARKIV-ERMS-11", element="aggregation", broken=_doubled_number),
    Demand(rule="EARKIV-ERMS-12", element="aggregation", broken=_nothing_inside),
)
