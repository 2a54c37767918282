"""What a person at the desk sees first: what waits, what is held, what is stuck, and how it has gone lately."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ingest.application.survey_formats import FormatSurvey, survey_formats
from ingest.application.survey_operations import Crowd, crowds_of
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Severity
from ingest.domain.lookups import DayCount, Refusal
from ingest.domain.people import Deed, Person
from ingest.domain.standing import NEEDS_SOMEBODY, OpenWork, Standing, standing_of
from ingest.pipeline.step import Ports

DAYS: Final = 30
"""So many days are told of, this one included."""
REFUSALS: Final = 500
"""So many refusals at most are counted by rule and producer: the last ones."""
_LEAD_TIMES: Final = 1000
_ROWS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What came, what was archived, and what was refused on a day (UTC)."""

    day: date
    received: int
    archived: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """How long the last `count` archived deliveries took from received to archived: half of them, and nine of ten."""

    count: int
    half: float
    nine_of_ten: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The first page. `needing` are deliveries that somebody has to do something about, the stillest first."""

    crowds: Mapping[Standing, Crowd]
    needing: tuple[tuple[OpenWork, Standing], ...]
    days: tuple[Day, ...]
    by_rule: tuple[tuple[str, int], ...]
    by_producer: tuple[tuple[str, int], ...]
    lead_time: LeadTime | None


def overview(person: Person, ports: Ports, patience_seconds: float) -> Overview:
    """Look at the archive; what has stood still for longer than the patience is stuck. Raises NotPermitted."""
    person.require(Deed.SEE_OVERVIEW)
    catalogue, now = ports.catalogue, ports.clock.now()
    since = _midnight(now) - timedelta(days=DAYS - 1)
    open_work = catalogue.open_work()
    refusals = catalogue.refusals(since, REFUSALS)
    standings = ((work, standing_of(work, patience_seconds)) for work in open_work)
    return Overview(
        crowds=crowds_of(open_work, patience_seconds),
        needing=tuple((work, standing) for work, standing in standings if standing in NEEDS_SOMEBODY)[:_ROWS],
        days=days_of(catalogue.days(since), since.date()),
        by_rule=_most(Counter(rule for refusal in refusals for rule in refusing_rules(refusal))),
        by_producer=_most(Counter(refusal.producer for refusal in refusals)),
        lead_time=lead_time_of(catalogue.lead_times(_LEAD_TIMES)),
    )


def formats_held(person: Person, ports: Ports) -> FormatSurvey:
    """Survey what formats the archive holds; it looks at every package. Raises NotPermitted."""
    person.require(Deed.SEE_OVERVIEW)
    return survey_formats(ports)


def refusing_rules(refusal: Refusal) -> set[str]:
    """Give the rules that refused a delivery: those with findings that are errors."""
    return {finding.rule for finding in refusal.findings if finding.severity is Severity.ERROR}


def days_of(counts: Iterable[DayCount], first: date) -> tuple[Day, ...]:
    """Put counts in their days, from the first on; a day on which nothing was is there too."""
    by = {(count.day, count.state): count.count for count in counts}
    return tuple(
        Day(
            day=day,
            received=by.get((day, DeliveryState.RECEIVED), 0),
            archived=by.get((day, DeliveryState.ARCHIVED), 0),
            refused=by.get((day, DeliveryState.REJECTED), 0) + by.get((day, DeliveryState.QUARANTINED), 0),
        )
        for day in (first + timedelta(days=number) for number in range(DAYS))
    )


def lead_time_of(seconds: Iterable[float]) -> LeadTime | None:
    """Give the median and the ninth decile; None where there is nothing to tell."""
    ordered = sorted(seconds)
    if not ordered:
        return None
    last = len(ordered) - 1
    return LeadTime(count=len(ordered), half=ordered[last // 2], nine_of_ten=ordered[-(-last * 9 // 10)])


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_ROWS])


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
