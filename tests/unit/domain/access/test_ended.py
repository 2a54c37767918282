"""Which restrictions have run out, and which of those somebody has judged since."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.domain.access.ended import EndedRestriction, is_settled, last_days
from ingest.domain.access.levels import Level
from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import Restriction, TypedDate
from ingest.domain.submissions import Dialect, Submission
from tests.fakes.decided import decision

UNIT = ("C", "1")
ENDED = EndedRestriction(package="p", unit=UNIT, ends="2026-11-28")


def dated(text: str) -> TypedDate:
    return TypedDate(type="end", raw=text, value=parse_date(text))


def until(text: str | None) -> Restriction:
    return Restriction(type="confidential", regulation="OSL", ends=None if text is None else dated(text))


def days(*restrictions: Restriction) -> dict[tuple[str, ...], str]:
    case = Case(id="C", records=(Record(id="1", restrictions=restrictions),))
    return dict(last_days(Submission(dialect=Dialect.FGS_1_2, cases=(case,))))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-28", "2026-11-28"),
        ("2026", "2026-12-31"),
        ("2024-02", "2024-02-29"),
        ("2026-11-28T12:00:00", "2026-11-28"),
    ],
)
def test_a_restriction_holds_to_the_end_of_what_its_source_says(said: str, day: str) -> None:
    assert days(until(said)) == {UNIT: day}


def test_the_last_of_several_counts_and_one_without_end_never_ends() -> None:
    assert days(until("2026"), until("2030-01-01")) == {UNIT: "2030-01-01"}
    assert days(until("2026"), until(None)) == {}
    assert days(until("2021-13-45")) == {}
    assert days() == {}


def test_neither_a_beginning_nor_a_length_ends_anything() -> None:
    assert days(replace(until(None), starts=dated("1950-01-01"), durations=("P70Y",))) == {}


def test_two_units_of_one_id_are_told_as_one() -> None:
    records = (Record(id="1", restrictions=(until("2026"),)), Record(id="1", restrictions=(until("2027"),)))
    assert last_days(Submission(dialect=Dialect.FGS_1_2, records=records)) == {("1",): "2027-12-31"}


@pytest.mark.parametrize(
    ("level", "at", "generation", "settled"),
    [
        (Level.HIDDEN, datetime(2026, 11, 28, 23, tzinfo=UTC), 1, False),
        (Level.HIDDEN, datetime(2026, 11, 29, tzinfo=UTC), 1, True),
        (Level.ON_REQUEST, datetime(2026, 11, 29, tzinfo=UTC), 1, True),
        (Level.PUBLIC, datetime(2020, 1, 1, tzinfo=UTC), 1, True),
        (Level.PUBLIC, datetime(2026, 11, 29, tzinfo=UTC), 2, False),
    ],
)
def test_a_unit_is_settled_by_who_judged_it_as_it_is_now(
    level: Level,
    at: datetime,
    generation: int,
    settled: bool,  # noqa: FBT001 - a row of the table
) -> None:
    made = replace(decision(level, UNIT), at=at)
    assert is_settled(ENDED, (made,), generation) is settled
    assert not is_settled(ENDED, (replace(made, units=decision(level, ("C",)).units),), generation)


def test_the_last_word_counts() -> None:
    opened = replace(decision(Level.PUBLIC, UNIT), at=datetime(2020, 1, 1, tzinfo=UTC))
    closed = replace(decision(Level.HIDDEN, UNIT), at=datetime(2021, 1, 1, tzinfo=UTC))
    assert is_settled(ENDED, (closed, opened), 1)
    assert not is_settled(ENDED, (opened, closed), 1)
    assert not is_settled(ENDED, (), 1)
