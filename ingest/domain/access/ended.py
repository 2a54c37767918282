"""Restrictions whose time has run out: time proposes, and a person decides (DESIGN §8).

A restriction has run out only where its source says itself when it ends, to the day or less exactly; then the end of
that month or year counts. When it starts, and how long it is meant to last, ends nothing.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey, units_of
from ingest.domain.cases import Case, Record
from ingest.domain.dates import PreciseDate, Precision
from ingest.domain.submissions import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRestriction:
    """A unit, and the last day (YYYY-MM-DD) on which any of its own restrictions holds."""

    package: str
    unit: UnitKey
    ends: str


def last_days(submission: Submission) -> Mapping[UnitKey, str]:
    """Give the last day on which each unit's own restrictions hold; none of a unit of which one has no end."""
    days: dict[UnitKey, list[str | None]] = {}
    for unit in units_of(submission):
        days.setdefault(unit.key, []).extend(_days(unit.described))
    return {
        key: max(known) for key, said in days.items() if (known := [day for day in said if day]) and None not in said
    }


def is_settled(ended: EndedRestriction, decisions: Iterable[AccessDecision], generation: int) -> bool:
    """Whether a person has judged the unit as it is now, since its restriction ended, or made it public before.

    `decisions` stand in their order. One on an earlier generation may be void: what it was about may be another now.
    """
    named = [one for one in decisions if any(unit.key == ended.unit for unit in one.units)]
    if not named or named[-1].generation != generation:
        return False
    return named[-1].level is Level.PUBLIC or f"{named[-1].at:%Y-%m-%d}" > ended.ends


def _days(described: Case | Record) -> Iterable[str | None]:
    for restriction in described.restrictions:
        value = restriction.ends.value if restriction.ends else None
        yield None if value is None else _last_day(value)


def _last_day(end: PreciseDate) -> str:
    first = end.earliest.date()
    match end.precision:
        case Precision.YEAR:
            return date(first.year, 12, 31).isoformat()
        case Precision.MONTH:
            return first.replace(day=calendar.monthrange(first.year, first.month)[1]).isoformat()
        case _:
            return first.isoformat()
