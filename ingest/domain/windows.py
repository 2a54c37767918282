"""A piece of something long, as a page shows it: from where, how much, and how much there is in all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

RowT = TypeVar("RowT")
OtherT = TypeVar("OtherT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """At most `most` things, from number `first` on (from 0)."""

    first: int
    most: int

    def holds(self, number: int) -> bool:
        """Say whether the thing of that number, from 0, is to be seen."""
        return self.first <= number < self.first + self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Generic[RowT]):
    """What is seen through a window: `rows` of `count` in all."""

    rows: tuple[RowT, ...]
    window: Window
    count: int

    @property
    def earlier(self) -> int | None:
        """Where the piece before begins; None at the beginning."""
        return max(0, min(self.window.first, self.count) - self.window.most) if self.window.first else None

    @property
    def later(self) -> int | None:
        """Where the next piece begins; None at the end."""
        end = self.window.first + self.window.most
        return end if end < self.count else None

    def each(self, make: "Callable[[RowT], OtherT]") -> "Piece[OtherT]":
        """Make something of each row."""
        return Piece(rows=tuple(make(row) for row in self.rows), window=self.window, count=self.count)


def piece_of(rows: Sequence[RowT], window: Window) -> Piece[RowT]:
    """See what is there at once through a window."""
    seen = tuple(rows[window.first : window.first + window.most])
    return Piece(rows=seen, window=window, count=len(rows))


class Gathered(Generic[RowT]):
    """What comes one by one, of which only what is to be seen is kept."""

    def __init__(self, window: Window) -> None:
        """See through this window."""
        self._window = window
        self._rows: list[RowT] = []
        self._count = 0

    @property
    def wants_next(self) -> bool:
        """Whether the next one is to be seen."""
        return self._window.holds(self._count)

    def add(self, row: RowT) -> None:
        """Take the next one in."""
        if self.wants_next:
            self._rows.append(row)
        self._count += 1

    def pass_over(self, number: int) -> None:
        """Count so many that nobody is to see."""
        self._count += number

    def whole(self) -> Piece[RowT]:
        """Give what has come."""
        return Piece(rows=tuple(self._rows), window=self._window, count=self._count)
