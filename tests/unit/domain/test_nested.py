"""What is left for the next container of a delivery."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.nested import (
    NestedBounds,
    NestedFile,
    NestedListing,
    NestedUse,
    budget_for,
    may_be_container,
    use_of,
)

BOUNDS = NestedBounds(depth=2, files=100, unpacked=1 << 30, ratio=200, floor=1_000, listed=3, seconds=8.0)
FILE = NestedFile(path="a", size=1, sha256="0" * 64)
AMOUNTS = st.integers(0, 1 << 40)
ONE = NestedListing(files=(FILE, FILE), count=40, unpacked=900, seconds=2.0)


def test_the_first_container_has_half_of_the_time_and_all_else() -> None:
    budget = budget_for(BOUNDS, 10, ())
    assert (budget.depth, budget.files, budget.unpacked, budget.listed, budget.seconds) == (2, 100, 2_000, 3, 4.0)


def test_what_one_has_used_the_next_has_not() -> None:
    budget = budget_for(BOUNDS, 1, (use_of(1, ONE),))
    assert (budget.files, budget.unpacked, budget.listed, budget.seconds) == (60, 100, 1, 3.0)


def test_a_small_container_may_unpack_to_the_floor_and_all_together_to_no_more() -> None:
    opened = tuple(use_of(1, replace(ONE, unpacked=300)) for _ in range(3))
    assert budget_for(BOUNDS, 1, ()).unpacked == BOUNDS.floor
    assert budget_for(BOUNDS, 1, opened).unpacked == BOUNDS.floor - 900


@given(st.lists(st.builds(NestedUse, size=AMOUNTS, files=AMOUNTS, unpacked=AMOUNTS, listed=AMOUNTS)))
def test_nothing_is_ever_owed(used: list[NestedUse]) -> None:
    budget = budget_for(BOUNDS, 0, used)
    assert min(budget.files, budget.unpacked, budget.listed, budget.seconds) >= 0


def test_a_document_that_is_a_zip_inside_is_no_container() -> None:
    assert [may_be_container(puid) for puid in ("x-fmt/263", None, "fmt/412", "x-fmt/412", "fmt/483")] == [
        True,
        True,
        False,
        False,
        False,
    ]
