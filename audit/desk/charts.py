"""Pictures of figures: where each bar stands; a table with the same figures always lies behind (`pictures.html`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDE: Final = 960
HIGH: Final = 150
_NARROW: Final = 520
_LEFT: Final = 34
_FOOT: Final = 22
_ROW: Final = 26
_NAMES: Final = 190
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
class Mark:
    """A word at an axis."""

    x: float
    y: float
    text: str
    anchor: str = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bars and marks in a box of so many units."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    lines: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a picture over time: its name, and what stands in it from the bottom up (kind, amount, words)."""

    name: str
    parts: tuple[tuple[str, int, str], ...]


def columns(of: Sequence[Column], marked_every: int) -> Picture:
    """Draw columns side by side, on a scale from nought to a round number that holds the highest."""
    top = round_top(max((sum(part[1] for part in column.parts) for column in of), default=0))
    ground = HIGH - _FOOT
    step = (WIDE - _LEFT) / max(1, len(of))
    bars: list[Bar] = []
    marks = [Mark(x=_LEFT - 6, y=ground - level * (ground - 8) / top + 4, text=str(level)) for level in (0, top)]
    for number, column in enumerate(of):
        x, y = _LEFT + number * step, float(ground)
        for kind, amount, says in column.parts:
            height = amount * (ground - 8) / top
            y -= height
            if amount:
                bars.append(_bar(x + step * 0.15, y, step * 0.7, height, kind, says))
        if number % marked_every == 0:
            marks.append(Mark(x=round(x + step / 2, 1), y=HIGH - 6, text=column.name, anchor="middle"))
    return Picture(width=WIDE, height=HIGH, bars=tuple(bars), marks=tuple(marks), lines=(float(ground), 8.0))


def rows(of: Sequence[tuple[str, int, str]]) -> Picture:
    """Draw a row for each name and amount; `says` (third) is what it stands for."""
    top = max((amount for _, amount, _ in of), default=0) or 1
    room = _NARROW - _NAMES - 60
    bars, marks = [], []
    for number, (name, amount, says) in enumerate(of):
        y, length = number * _ROW, amount * room / top
        bars.append(_bar(_NAMES, y + 4, length, _ROW - 8, "plain", says))
        marks.append(Mark(x=_NAMES - 8, y=y + _ROW - 9, text=_short(name)))
        marks.append(Mark(x=_NAMES + length + 8, y=y + _ROW - 9, text=str(amount), anchor="start"))
    return Picture(width=_NARROW, height=max(1, len(of)) * _ROW, bars=tuple(bars), marks=tuple(marks))


def round_top(highest: int) -> int:
    """Give the least of 1, 2, 5, 10, 20, 50 … that is not less."""
    factor = 1
    while True:
        for nice in _NICE:
            if nice * factor >= highest:
                return nice * factor
        factor *= 10


def _bar(x: float, y: float, width: float, height: float, kind: str, says: str) -> Bar:
    return Bar(x=round(x, 1), y=round(y, 1), width=round(width, 1), height=round(height, 1), kind=kind, says=says)


def _short(name: str, most: int = 32) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
