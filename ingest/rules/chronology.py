"""Dates: is each a day of the calendar, and do they follow one another?"""

from collections.abc import Iterator
from datetime import timedelta

from ingest.domain.cases import Case
from ingest.domain.dates import PreciseDate, Precision
from ingest.domain.descriptions import TypedDate
from ingest.domain.findings import Violation
from ingest.rules.rule import Rule
from ingest.rules.subjects import DescribedUnit

_BEGINNINGS = ("opened", "created", "received")


def impossible_date(described: DescribedUnit) -> Iterator[Violation]:
    """EARKIV-CASE-3: a date of the unit, its restrictions or its disposal that never was nor will be."""
    for date in _all_dates(described):
        if date.value is None:
            location = described.place(date.type, date.line)
            yield Violation(rule="EARKIV-CASE-3", location=location, detail=date.raw or "-")


def _all_dates(described: DescribedUnit) -> Iterator[TypedDate]:
    unit = described.unit
    yield from unit.dates
    for restriction in unit.restrictions:
        yield from (date for date in (restriction.starts, restriction.ends) if date is not None)
        yield from restriction.other_dates
    if unit.disposal is not None:
        yield from unit.disposal.dates


def reversed_dates(described: DescribedUnit) -> Iterator[Violation]:
    """EARKIV-CASE-4: a case closed before it began, or a restriction that ends before it starts."""
    for end, start in _spans(described):
        if end.value is not None and start.value is not None and is_before(end.value, start.value):
            detail = f"{end.type} {end.raw}, {start.type} {start.raw}"
            yield Violation(rule="EARKIV-CASE-4", location=described.place(line=end.line), detail=detail)


def _spans(described: DescribedUnit) -> Iterator[tuple[TypedDate, TypedDate]]:
    unit = described.unit
    closed = unit.date("closed") if isinstance(unit, Case) else None
    if closed is not None:
        yield from ((closed, begun) for kind in _BEGINNINGS if (begun := unit.date(kind)) is not None)
    for restriction in unit.restrictions:
        if restriction.ends is not None and restriction.starts is not None:
            yield restriction.ends, restriction.starts


def is_before(one: PreciseDate, other: PreciseDate) -> bool:
    """Say whether one date certainly lies before the other, as far as both are stated.

    A year is before no day within it. Where only one of two states its zone, a day more must lie between.
    """
    same_clock = _has_zone(one) == _has_zone(other)
    if same_clock and one.precision is other.precision is Precision.SECOND:
        return one.earliest < other.earliest
    shared = min(len(one.day), len(other.day))
    if one.day[:shared] >= other.day[:shared]:
        return False
    return same_clock or other.earliest - one.earliest > timedelta(days=1)


def _has_zone(date: PreciseDate) -> bool:
    clock = date.text[10:]
    return clock.endswith("Z") or "+" in clock or "-" in clock


RULES: tuple[Rule[DescribedUnit], ...] = (
    Rule(id="EARKIV-CASE-3", check=impossible_date),
    Rule(id="EARKIV-CASE-4", check=reversed_dates),
)
