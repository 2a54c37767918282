"""Numbers that anybody can write into an address."""

import pytest

from schemas.numbers import number_in, whole_number


@pytest.mark.parametrize(("told", "read"), [("0", 0), ("40", 40), ("007", 7), ("999999999", 999_999_999)])
def test_a_whole_number_is_read(told: str, read: int) -> None:
    assert number_in(told, 5) == read


@pytest.mark.parametrize(
    "told",
    ["", "-1", "1.5", " 1", "1e3", "ett", "\N{ARABIC-INDIC DIGIT ONE}", "\N{SUPERSCRIPT TWO}", "1" * 10, "9" * 5000],
)
def test_anything_else_is_what_stands_for_it(told: str) -> None:
    assert (number_in(told, 5), whole_number(told)) == (5, None)
