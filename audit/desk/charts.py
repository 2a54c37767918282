"""Pictures of figures: how long each bar is; a table with the same figures always lies behind (`pictures.html`).

Bars alone are drawn. Words and numbers stand beside them as text, so that they can be read on a phone and enlarged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HIGH: Final = 100
STEP: Final = 10
_SHARE: Final = 0.7
_NICE: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle; `kind` names its colour, and `says` is what it stands for, in words."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a picture over time: its name, and what stands in it from the bottom up (kind, amount, words)."""

    name: str
    parts: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns side by side in a box `width` wide and HIGH high, which is as high as `top`; `names` has their names."""

    width: int
    top: int
    bars: tuple[Bar, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A name, how many, and how long its bar is in hundredths of the longest."""

    name: str
    amount: int
    share: float


def columns(of: Sequence[Column]) -> Columns:
    """Draw columns side by side, on a scale from nought to a round number that holds the highest."""
    top = round_top(max((sum(part[1] for part in column.parts) for column in of), default=0))
    bars: list[Bar] = []
    for number, column in enumerate(of):
        y = float(HIGH)
        for kind, amount, says in column.parts:
            height = amount * HIGH / top
            y -= height
            if amount:
                bars.append(_bar((number + (1 - _SHARE) / 2) * STEP, y, height, kind, says))
    return Columns(width=max(1, len(of)) * STEP, top=top, bars=tuple(bars), names=tuple(one.name for one in of))


def rows(of: Sequence[tuple[str, int]]) -> tuple[Row, ...]:
    """Give a row for each name and amount."""
    top = max((amount for _, amount in of), default=0) or 1
    return tuple(Row(name=name, amount=amount, share=round(amount * 100 / top, 1)) for name, amount in of)


def round_top(highest: int) -> int:
    """Give the least of 1, 2, 5, 10, 20, 50 … that is not less."""
    factor = 1
    while True:
        for nice in _NICE:
            if nice * factor >= highest:
                return nice * factor
        factor *= 10


def _bar(x: float, y: float, height: float, kind: str, says: str) -> Bar:
    return Bar(x=round(x, 1), y=round(y, 1), width=STEP * _SHARE, height=round(height, 1), kind=kind, says=says)
