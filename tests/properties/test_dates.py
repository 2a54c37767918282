"""Dates keep the precision and the words they came with; what never was in a calendar is none."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.domain.dates import PreciseDate, Precision, parse_date

ZONES: st.SearchStrategy[tzinfo | None] = st.one_of(
    st.none(),
    st.integers(min_value=-14 * 60, max_value=14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(day=st.dates())
def test_a_day_is_read_as_written(day: date) -> None:
    found = parse_date(day.isoformat())
    assert found == PreciseDate(text=day.isoformat(), precision=Precision.DAY)
    assert found is not None
    assert found.earliest == datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert found.day == day.isoformat()


NAIVE = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1))  # noqa: DTZ001 - zones are added
MOMENTS = st.builds(lambda moment, zone: moment.replace(tzinfo=zone), NAIVE, ZONES)


@given(moment=MOMENTS)
def test_a_moment_keeps_its_zone_and_gets_none(moment: datetime) -> None:
    found = parse_date(moment.isoformat())
    assert found is not None
    assert (found.text, found.precision) == (moment.isoformat(), Precision.SECOND)
    assert found.earliest == (moment if moment.tzinfo else moment.replace(tzinfo=UTC))


@given(day=st.dates())
def test_what_is_less_precise_can_begin_no_later(day: date) -> None:
    text = day.isoformat()
    year, month, whole = (parse_date(part) for part in (text[:4], text[:7], text))
    assert year is not None
    assert month is not None
    assert whole is not None
    assert [found.precision for found in (year, month, whole)] == [Precision.YEAR, Precision.MONTH, Precision.DAY]
    assert year.earliest <= month.earliest <= whole.earliest
    assert [found.day for found in (year, month, whole)] == [text[:4], text[:7], text]


@given(
    text=st.one_of(st.text(max_size=25), st.from_regex(r"\d{4}(-\d{2}){0,2}(T\d{2}:\d{2}:\d{2}Z?)?", fullmatch=True))
)
@example(text="2021-02-29")
@example(text="2021-13")
@example(text="0000")
@example(text="2021-01-01T24:00:00")
@example(text="٢٠٢١")
@example(text="9999-12-31T23:59:59-14:00")
@example(text="0001-01-01T00:00:00+14:00")
@example(text="2021-01-01T00:00:00.1234567891")
def test_whatever_is_written_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    if found is not None:
        assert found.text == text.strip()
        assert re.match(r"\d{4}", found.text, re.ASCII)
        assert found.earliest.tzinfo is not None
        assert sorted([found.earliest, datetime(2000, 1, 1, tzinfo=UTC)])
        assert parse_date(found.text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-2-3",
        "20210203",
        "2021-02-30",
        "2021-00",
        "0000-01-01",
        "2021-01-01 12:00:00",
        "2021-01-01T25:00:00",
        "i går",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None
