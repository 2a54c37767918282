"""The order of strictness, which is not that of the words."""

from itertools import product

import pytest

from ingest.domain.access.levels import Level, strictest

ORDER = [Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN]


@pytest.mark.parametrize(("one", "other"), list(product(ORDER, repeat=2)))
def test_of_two_levels_the_later_in_the_order_is_the_stricter(one: Level, other: Level) -> None:
    assert one.is_laxer_than(other) is (ORDER.index(one) < ORDER.index(other))
    assert strictest(one, other) is ORDER[max(ORDER.index(one), ORDER.index(other))]


def test_nothing_adds_nothing() -> None:
    assert strictest() is Level.PUBLIC
    assert set(ORDER) == set(Level)
