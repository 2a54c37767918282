"""How figures for the desk's first page are made of what the catalogue counts."""

from datetime import date, timedelta

import pytest

from ingest.application.desk_overview import DAYS, days_of, lead_time_of, refusing_rules
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Finding, Severity, Text
from ingest.domain.lookups import DayCount, Refusal

FIRST = date(2026, 11, 1)


def test_every_day_is_there_and_counts_stand_in_theirs() -> None:
    day = FIRST + timedelta(days=2)
    counts = [
        DayCount(day=day, state=DeliveryState.RECEIVED, count=5),
        DayCount(day=day, state=DeliveryState.ARCHIVED, count=2),
        DayCount(day=day, state=DeliveryState.REJECTED, count=1),
        DayCount(day=day, state=DeliveryState.QUARANTINED, count=1),
        DayCount(day=day, state=DeliveryState.REPEATED, count=9),
        DayCount(day=FIRST - timedelta(days=1), state=DeliveryState.RECEIVED, count=9),
    ]
    days = days_of(counts, FIRST)
    assert len(days) == DAYS
    assert (days[2].received, days[2].archived, days[2].refused) == (5, 2, 2)
    assert sum(one.received + one.archived + one.refused for one in days) == 9


@pytest.mark.parametrize(
    ("seconds", "half", "nine"), [([3.0], 3.0, 3.0), ([4.0, 1.0], 1.0, 4.0), (range(1, 12), 6, 10), ([5.0] * 9, 5, 5)]
)
def test_lead_times_are_told_by_half_and_nine_of_ten(seconds: list[float], half: float, nine: float) -> None:
    told = lead_time_of(seconds)
    assert told is not None
    assert (told.count, told.half, told.nine_of_ten) == (len(seconds), half, nine)


def test_nothing_archived_is_no_lead_time() -> None:
    assert lead_time_of([]) is None


def test_only_errors_refuse() -> None:
    text = Text(sv="x", en="x")
    findings = tuple(
        Finding(rule=rule, specification="s", severity=severity, message=text, remedy=text, count=1, locations=())
        for rule, severity in (("A", Severity.ERROR), ("B", Severity.WARNING), ("A", Severity.ERROR))
    )
    assert refusing_rules(Refusal(producer="", findings=findings)) == {"A"}
