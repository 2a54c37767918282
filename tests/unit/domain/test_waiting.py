"""When a delivery that waits may be decided."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.domain.waiting import expected_at

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def _every(seconds: int, count: int, last: int = 0) -> list[datetime]:
    return [NOW - timedelta(seconds=last + seconds * n) for n in range(1, count + 1)]


@pytest.mark.parametrize(("place", "minutes"), [(0, 15), (1, 15), (89, 15), (90, 30), (999, 180)])
def test_it_goes_on_as_fast_as_it_went_and_is_told_to_the_next_quarter(place: int, minutes: int) -> None:
    assert expected_at(place, _every(10, 20), NOW) == NOW + timedelta(minutes=minutes)


def test_many_in_the_same_second_are_counted_as_one_second() -> None:
    assert expected_at(45_000, [NOW] * 50, NOW) == NOW + timedelta(minutes=30)


def test_who_does_not_wait_is_told_nothing() -> None:
    assert expected_at(None, _every(10, 20), NOW) is None


@pytest.mark.parametrize("decided", [[], _every(10, 4), _every(10, 50, last=301)])
def test_who_waits_is_told_nothing_where_too_little_is_known(decided: list[datetime]) -> None:
    assert expected_at(3, decided, NOW) is None


def test_what_was_before_a_standstill_says_nothing() -> None:
    lately = _every(10, 6)
    night = [lately[-1] - timedelta(hours=8, seconds=n) for n in range(50)]
    assert expected_at(0, [*lately, *night], NOW) == NOW + timedelta(minutes=15)
    assert expected_at(0, [*lately[:4], *night], NOW) is None
