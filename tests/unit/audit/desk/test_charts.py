"""How long the bars of a picture are: as long as what they stand for."""

import pytest

from audit.desk.charts import HIGH, STEP, Column, columns, round_top, rows


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (1, 1), (3, 5), (5, 5), (6, 10), (11, 20), (201, 500)])
def test_the_scale_ends_at_a_round_number(highest: int, top: int) -> None:
    assert round_top(highest) == top


def test_columns_stand_on_the_ground_and_on_one_another() -> None:
    picture = columns([Column(name="a", parts=(("good", 3, "tre"), ("bad", 1, "en"))), Column(name="b", parts=())])
    good, bad = picture.bars
    assert (good.kind, bad.kind, good.says) == ("good", "bad", "tre")
    assert good.y + good.height == pytest.approx(HIGH, abs=0.2)
    assert bad.y + bad.height == pytest.approx(good.y, abs=0.2)
    assert good.height == pytest.approx(3 * bad.height, abs=0.3)
    assert all(bar.x >= 0 and bar.x + bar.width <= STEP and 0 <= bar.y <= HIGH for bar in picture.bars)
    assert (picture.width, picture.top, picture.names) == (2 * STEP, 5, ("a", "b"))


def test_nothing_is_drawn_as_nothing() -> None:
    assert columns([]).bars == ()
    assert rows([]) == ()


def test_rows_are_as_long_as_their_amounts() -> None:
    longer, shorter, none = rows([("a", 10), ("b", 5), ("c", 0)])
    assert [one.share for one in (longer, shorter, none)] == [100, 50, 0]
    assert (shorter.name, shorter.amount) == ("b", 5)
