"""Dates with the precision they were given in: a year stays a year."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date its source stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    SECOND = "second"


_SHAPES = (
    (Precision.YEAR, re.compile(r"\d{4}\Z"), "-01-01"),
    (Precision.MONTH, re.compile(r"\d{4}-\d{2}\Z"), "-01"),
    (Precision.DAY, re.compile(r"\d{4}-\d{2}-\d{2}\Z"), ""),
    (
        Precision.SECOND,
        re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?\Z"),
        "",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreciseDate:
    """A possible date; `text` is exactly what the source wrote, `precision` what it stated.

    The zone is kept when given and not invented when absent (FGS Ärendehantering 1.0 has none).
    """

    text: str
    precision: Precision

    @property
    def earliest(self) -> datetime:
        """The first instant it can mean, for comparing; a date without zone is read as UTC."""
        completion = next(filler for precision, _, filler in _SHAPES if precision is self.precision)
        moment = datetime.fromisoformat(self.text + completion)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def day(self) -> str:
        """The date part alone, as precise as it was given: `2021`, `2021-06` or `2021-06-01`."""
        return self.text[:10]


def parse_date(text: str) -> PreciseDate | None:
    """Read YYYY, YYYY-MM, YYYY-MM-DD or a full xs:dateTime; None when it is no date that ever was or will be."""
    stripped = text.strip()
    for precision, shape, _ in _SHAPES:
        if shape.match(stripped):
            date = PreciseDate(text=stripped, precision=precision)
            return date if _exists(date) else None
    return None


def _exists(date: PreciseDate) -> bool:
    try:
        _ = date.earliest
    except ValueError:
        return False
    return True
