"""Working days, against calendars as they are printed."""

from datetime import date

import pytest

from ingest.domain.working_days import easter_day, is_working_day, working_days_after


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2025, 4, 20), (2026, 4, 5)],
)
def test_easter_is_when_it_is_in_the_almanac(year: int, month: int, day: int) -> None:
    assert easter_day(year) == date(year, month, day)


@pytest.mark.parametrize(
    "day",
    [(1, 1), (1, 6), (4, 3), (4, 6), (5, 1), (5, 14), (6, 19), (12, 24), (12, 25), (12, 31), (11, 28), (11, 29)],
)
def test_nobody_works_on_holidays_and_weekends(day: tuple[int, int]) -> None:
    assert not is_working_day(date(2026, *day))


@pytest.mark.parametrize("day", [(1, 2), (4, 2), (4, 7), (5, 15), (6, 18), (6, 22), (11, 30)])
def test_everybody_works_on_other_days(day: tuple[int, int]) -> None:
    assert is_working_day(date(2026, *day))


def test_days_are_counted_after_the_first_up_to_the_last() -> None:
    friday = date(2026, 11, 27)
    assert working_days_after(friday, friday) == 0
    assert working_days_after(friday, date(2026, 11, 29)) == 0
    assert working_days_after(friday, date(2026, 12, 1)) == 2
    assert working_days_after(date(2026, 12, 1), friday) == 0
    assert working_days_after(date(2026, 12, 23), date(2027, 1, 4)) == 4
