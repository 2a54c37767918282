"""Dates and points in time as METS writes them (xs:date, xs:dateTime): does each exist, and does it have a time?"""

import re
from functools import lru_cache

from ingest.domain.dates import PreciseDate, Precision, parse_date

_SHAPE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?P<time>T\d\d:\d\d:\d\d(\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?\Z")


@lru_cache(maxsize=256)  # One word stands at every file of a large package.
def moment(written: str) -> PreciseDate | None:
    """Give the day or the second that an xs:date or xs:dateTime stands for, None when it never was nor will be.

    A day's zone is left out.
    """
    found = _SHAPE.match(written.strip())
    if found is None:
        return None
    zone = found["zone"] or ""
    date = parse_date(f"{found['day']}{found['time']}{zone}" if found["time"] else found["day"])
    return date if date is not None and _is_zone(zone) else None


def has_time(date: PreciseDate) -> bool:
    """Say whether the date states a time of day."""
    return date.precision is Precision.SECOND


def _is_zone(zone: str) -> bool:
    return not zone or zone == "Z" or (int(zone[1:3]), int(zone[4:])) <= (14, 59)
