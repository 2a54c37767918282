"""A date is before another only when it is so for certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.dates import PreciseDate, parse_date
from ingest.rules.chronology import is_before


def day(text: str) -> PreciseDate:
    found = parse_date(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2020", "2021"),
        ("2021-03", "2021-04-01"),
        ("2021", "2022-01-01"),
        ("2021-06-01", "2021-06-02"),
        ("2021-06-01T10:00:00", "2021-06-01T10:00:01"),
        ("2021-06-01T10:00:00+02:00", "2021-06-01T09:00:00Z"),
        ("2021-05-30T23:59:59Z", "2021-06-01"),
        ("2021-06-01T23:59:59", "2021-06-02"),
    ],
)
def test_before(one: str, other: str) -> None:
    assert is_before(day(one), day(other))
    assert not is_before(day(other), day(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021", "2021-04-01"),
        ("2021-04", "2021-04-30"),
        ("2021-06-01", "2021-06-01T23:59:59"),
        ("2021-06-01T23:30:00Z", "2021-06-02"),
        ("2021-06-01T10:00:00", "2021-06-01T10:00:01Z"),
        ("2021-06-01T12:00:00+02:00", "2021-06-01T10:00:00Z"),
    ],
)
def test_not_certainly_before(one: str, other: str) -> None:
    assert not is_before(day(one), day(other))
    assert not is_before(day(other), day(one))


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_no_two_dates_lie_before_each_other(one: object, other: object, shorter: int, longer: int) -> None:
    first, second = day(str(one)[:shorter]), day(str(other)[:longer])
    assert not (is_before(first, second) and is_before(second, first))
    assert not is_before(first, first)
