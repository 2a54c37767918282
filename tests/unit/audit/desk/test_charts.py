"""Where bars stand in a picture, and that they are as long as what they stand for."""

import pytest

from audit.desk.charts import HIGH, WIDE, Column, columns, round_top, rows


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (1, 1), (3, 5), (5, 5), (6, 10), (11, 20), (201, 500)])
def test_the_scale_ends_at_a_round_number(highest: int, top: int) -> None:
    assert round_top(highest) == top


def test_columns_stand_on_the_ground_and_on_one_another() -> None:
    picture = columns([Column(name="a", parts=(("good", 3, "tre"), ("bad", 1, "en"))), Column(name="b", parts=())], 1)
    good, bad = picture.bars
    ground = picture.lines[0]
    assert (good.kind, bad.kind, good.says) == ("good", "bad", "tre")
    assert good.y + good.height == pytest.approx(ground, abs=0.2)
    assert bad.y + bad.height == pytest.approx(good.y, abs=0.2)
    assert good.height == pytest.approx(3 * bad.height, abs=0.3)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDE and 0 <= bar.y <= HIGH for bar in picture.bars)
    assert [mark.text for mark in picture.marks] == ["0", "5", "a", "b"]


def test_nothing_is_drawn_as_nothing() -> None:
    assert columns([], 5).bars == ()
    assert rows([]).bars == ()


def test_rows_are_as_long_as_their_amounts() -> None:
    picture = rows([("a", 10, "a: 10"), ("b" * 50, 5, "b: 5")])
    longer, shorter = picture.bars
    assert longer.width == pytest.approx(2 * shorter.width, abs=0.2)
    assert longer.y + longer.height < shorter.y
    assert all(len(mark.text) <= 32 for mark in picture.marks)
