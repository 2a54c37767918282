"""Pieces of something long: what is seen, and where the pieces beside it begin."""

import pytest

from ingest.domain.windows import Gathered, Window, piece_of


@pytest.mark.parametrize(
    ("first", "seen", "earlier", "later"),
    [
        (0, [0, 1, 2], None, 3),
        (3, [3, 4, 5], 0, 6),
        (6, [6], 3, None),
        (1, [1, 2, 3], 0, 4),
        (50, [], 4, None),
    ],
)
def test_a_piece_knows_its_neighbours(first: int, seen: list[int], earlier: int | None, later: int | None) -> None:
    window = Window(first=first, most=3)
    at_once = piece_of(range(7), window)
    gathered: Gathered[int] = Gathered(window)
    for number in range(7):
        gathered.add(number)
    assert gathered.whole() == at_once
    assert (list(at_once.rows), at_once.count, at_once.earlier, at_once.later) == (seen, 7, earlier, later)


def test_what_is_passed_over_is_counted() -> None:
    gathered: Gathered[str] = Gathered(Window(first=5, most=1))
    gathered.pass_over(5)
    gathered.add("a")
    gathered.pass_over(4)
    assert gathered.whole() == piece_of(["", "", "", "", "", "a", "", "", "", ""], Window(first=5, most=1))


def test_each_row_is_made_something_of() -> None:
    assert piece_of([1, 2, 3], Window(first=1, most=1)).each(str).rows == ("2",)
