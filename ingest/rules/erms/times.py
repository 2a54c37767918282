"""Dates of a CITS ERMS document that the case model does not hold: real days, and in their order.

Dates of cases and records, of their restrictions and disposal are judged with the model (EARKIV-CASE-3, -4).
"""

from ingest.domain.dates import PreciseDate, parse_date
from ingest.formats.xml_elements import Element
from ingest.rules.chronology import is_before
from ingest.rules.demands import Broken, Demand, Seen

_IN_THE_MODEL = frozenset(
    {("dates", "aggregation"), ("dates", "record"), ("dates", "restriction"), ("dates", "duration")}
)


def _no_day(seen: Seen) -> str | None:
    """EARKIV-ERMS-5: an element that must hold a date and holds none that ever was or will be."""
    if seen.element.name == "date" and seen.above[:2] in _IN_THE_MODEL:
        return None
    text = seen.element.text.strip()
    return None if parse_date(text) is not None else repr(text)


def _no_day_in(attribute: str) -> Broken:
    def broken(seen: Seen) -> str | None:
        value = seen.element.stated(attribute)
        return None if not value or parse_date(value) is not None else f"@{attribute}={value!r}"

    return broken


def _reversed_use(seen: Seen) -> str | None:
    """EARKIV-CASE-4 in its place: a classification scheme that went out of use before it came into use."""
    start, end = _date(seen.element, "fromDate"), _date(seen.element, "toDate")
    if start is None or end is None or not is_before(end, start):
        return None
    return f"toDate {end.text}, fromDate {start.text}"


def _date(element: Element, name: str) -> PreciseDate | None:
    return parse_date(element.words(name))


TIMES: tuple[Demand, ...] = (
    *(
        Demand(rule="EARKIV-ERMS-5", element=name, broken=_no_day)
        for name in ("date", "actionDate", "eventDateTime", "fromDate", "toDate")
    ),
    Demand(rule="EARKIV-ERMS-5", element="note", broken=_no_day_in("noteDate")),
    Demand(rule="EARKIV-ERMS-5", element="eSignature", broken=_no_day_in("dateSignatureIsVerified")),
    Demand(rule="EARKIV-ERMS-15", element="useDatePeriod", broken=_reversed_use),
)
