"""The blocks that CITS ERMS builds its units from: dates, people, restrictions, disposal, files, actions, loans."""

from ingest.formats.erms_terms import erms_terms
from ingest.formats.xml_elements import Element
from ingest.rules.demands import (
    Demand,
    Seen,
    no_attribute,
    no_child,
    no_term,
    unexplained,
)

_BOOLEANS = frozenset({"true", "false", "1", "0"})
_ENDS = frozenset({"end", "expiration"})


def _no_boolean(seen: Seen) -> str | None:
    """ERMS113: the mark is absent or neither yes nor no."""
    value = seen.element.stated("disposable")
    return None if value in _BOOLEANS else f"@disposable={value!r}"


def _nameless(seen: Seen) -> str | None:
    """ERMS41: an own element that neither its description nor its name explains."""
    return None if seen.element.stated("name") else no_child("ownElementDescription")(seen)


def _endless(seen: Seen) -> str | None:
    """EARKIV-ERMS-6: a restriction that says neither when it ends nor how long it lasts."""
    restriction = seen.element
    dated = (date for frame in _dates_of(restriction) for date in frame.named("date"))
    ends = any(date.stated("dateType") in _ENDS for date in dated)
    lasts = any(duration.words("calculatedDuration") for duration in restriction.named("duration"))
    return None if ends or lasts else restriction.words("regulation")


def _dates_of(restriction: Element) -> tuple[Element, ...]:
    durations = restriction.named("duration")
    return (*restriction.named("dates"), *(dates for span in durations for dates in span.named("dates")))


def _incomplete_disposal(seen: Seen) -> str | None:
    """EARKIV-ERMS-7: something may be disposed of, and by which decision, or when, is not said."""
    disposal = seen.element
    if disposal.stated("disposable") not in {"true", "1"}:
        return None
    mandated = disposal.words("disposalMandate") or disposal.words("disposalScheduleId")
    timed = disposal.words("disposalPeriod") or disposal.words("dates", "disposalDate")
    missing = [name for name, said in (("disposalMandate", mandated), ("disposalPeriod", timed)) if not said]
    return ", ".join(missing) or None


def _no_yes_or_no(seen: Seen) -> str | None:
    """EARKIV-ERMS-8: a mark of protected identity that is neither yes nor no."""
    value = seen.element.text.strip()
    return None if value in _BOOLEANS else repr(value)


def _told_although_protected(seen: Seen) -> str | None:
    """EARKIV-ERMS-13: whoever has a protected identity is described with an address, a contact or a number."""
    if seen.element.words("protectedIdentity") not in {"true", "1"}:
        return None
    frames = ((name, seen.element.first(name)) for name in ("idNumber", "addressContactInformation"))
    told = [name for name, frame in frames if frame is not None and (frame.text.strip() or frame.children)]
    return ", ".join(told) or None


BLOCKS: tuple[Demand, ...] = (
    # Files, own elements.
    Demand(rule="ERMS30", element="appendix", broken=no_attribute("name")),
    Demand(rule="ERMS32", element="appendix", broken=no_attribute("fileFormat")),
    Demand(rule="ERMS34", element="appendix", broken=no_attribute("path")),
    Demand(rule="ERMS37", element="eSignature", broken=no_attribute("present")),
    Demand(rule="ERMS39", element="eSignature", broken=no_child("signature")),
    Demand(rule="ERMS41", element="ownElement", broken=_nameless),
    # Dates, notes, relations.
    Demand(
        rule="ERMS46",
        element="dates",
        broken=no_child("date"),
        within=frozenset({"control", "aggregation", "record", "restriction", "duration", "ippDuration"}),
    ),
    Demand(rule="ERMS47", element="date", broken=no_term("dateType", lambda: erms_terms()["DateTerm"])),
    Demand(rule="ERMS48", element="date", broken=unexplained("dateType", "other", "otherDateType")),
    Demand(rule="ERMS51", element="note", broken=no_attribute("noteDate")),
    Demand(rule="ERMS53", element="relation", broken=no_term("relationType", lambda: erms_terms()["RelationTerm"])),
    Demand(
        rule="ERMS54",
        element="relation",
        broken=unexplained("relationType", "own_relation_definition", "otherRelationType"),
    ),
    # What may be seen.
    Demand(
        rule="ERMS56",
        element="restriction",
        broken=no_term("restrictionType", lambda: erms_terms()["RestrictionTerm"]),
    ),
    Demand(
        rule="ERMS57",
        element="restriction",
        broken=unexplained("restrictionType", "other_type", "otherRestrictionType"),
    ),
    Demand(rule="ERMS59", element="restriction", broken=no_child("regulation")),
    Demand(rule="EARKIV-ERMS-6", element="restriction", broken=_endless),
    # Where it belongs, who has it, what was done.
    Demand(rule="ERMS75", element="classification", broken=no_attribute("classificationCode")),
    Demand(rule="ERMS81", element="dates", broken=no_child("date"), within=frozenset({"loan"})),
    Demand(rule="ERMS84", element="action", broken=no_child("actionText")),
    Demand(rule="ERMS87", element="action", broken=no_child("actionType")),
    Demand(rule="ERMS89", element="dates", broken=no_child("actionDate"), within=frozenset({"action"})),
    Demand(rule="ERMS91", element="agents", broken=no_child("agent"), within=frozenset({"action"})),
    # Disposal.
    Demand(rule="ERMS113", element="disposal", broken=_no_boolean),
    Demand(rule="ERMS121", element="disposalComments", broken=no_child("disposalComment")),
    Demand(rule="ERMS125", element="disposal", broken=no_child("dates")),
    Demand(rule="ERMS126", element="dates", broken=no_child("disposalDate"), within=frozenset({"disposal"})),
    Demand(
        rule="ERMS127",
        element="disposalDate",
        broken=no_term("dateType", lambda: erms_terms()["DisposalDateTerm"]),
    ),
    Demand(
        rule="ERMS128",
        element="disposalDate",
        broken=unexplained("dateType", "other_date", "otherDisposalDateType"),
    ),
    Demand(rule="EARKIV-ERMS-7", element="disposal", broken=_incomplete_disposal),
    # People.
    Demand(rule="EARKIV-ERMS-8", element="protectedIdentity", broken=_no_yes_or_no),
    Demand(rule="EARKIV-ERMS-13", element="agent", broken=_told_although_protected),
)
