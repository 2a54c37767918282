"""Working days in Sweden: what a public authority's time to answer is counted in."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
_FROM_EASTER: Final = (-2, 1, 39)
"""Good Friday, Easter Monday, Ascension Day: days after Easter Day."""
_FRIDAY: Final = 4
_SATURDAY: Final = 5


def is_working_day(day: date) -> bool:
    """Whether authorities work: no weekend, public holiday, Midsummer's, Christmas or New Year's Eve."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def working_days_after(first: date, last: date) -> int:
    """Count the working days after `first`, up to and with `last`; 0 where `last` is no later."""
    return sum(map(is_working_day, _days_after(first, last)))


def _days_after(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(1, (last - first).days + 1))


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    easter = easter_day(year)
    moving = {easter + timedelta(days=days) for days in _FROM_EASTER}
    return frozenset({date(year, month, day) for month, day in _FIXED} | moving | {_midsummer_eve(year)})


def _midsummer_eve(year: int) -> date:
    """Give the Friday from 19 to 25 June."""
    first = date(year, 6, 19)
    return first + timedelta(days=(_FRIDAY - first.weekday()) % 7)


def easter_day(year: int) -> date:
    """Give Easter Day of the Gregorian calendar: the first Sunday after the church's full moon of spring."""
    century, golden = year // 100, year % 19
    moved = century - century // 4 - (8 * century + 13) // 25  # leap days left out, and the moon's own drift
    age = (19 * golden + moved + 15) % 30
    age -= 1 if age > 28 or (age == 28 and golden > 10) else 0  # noqa: PLR2004 - the tables' two exceptions
    full_moon = date(year, 3, 21) + timedelta(days=age)
    return full_moon + timedelta(days=6 - full_moon.weekday() or 7)
