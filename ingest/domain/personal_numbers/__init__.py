"""Find personnummer and samordningsnummer in a text, however they are written.

What is found is told by place and kind; the number itself is never kept, so that no log and no answer can repeat it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

from ingest.domain.personal_numbers.pieces import MOST_SYMBOLS, Gap, Piece, pieces_of
from ingest.domain.personal_numbers.shapes import NumberKind, is_written_so, kind_of

__all__ = ["NumberHit", "NumberKind", "find_numbers"]

_LENGTHS: Final = frozenset({10, 12})
_PART_OF_DATE: Final = 2
_AHEAD: Final = MOST_SYMBOLS + 2
_APART: Final = Piece(letter="", digits="", start=0, end=0, gap=None, marks="")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberHit:
    """A number in a text, from `start` to before `end`, counted in characters."""

    start: int
    end: int
    kind: NumberKind


def find_numbers(text: str) -> Iterator[NumberHit]:
    """Give every personnummer, samordningsnummer and interim number in a text, in its order.

    Ten or twelve digits with a sound check digit, in one piece, in the usual groups, digit by digit, or broken over a
    line. Each piece of the text is looked at a bounded number of times, whatever the text is.
    """
    told = -1
    for window in _windows(pieces_of(text)):
        hit = _longest(window)
        if hit is not None and hit.end > told:
            told = hit.end
            yield hit


def _windows(pieces: Iterator[Piece]) -> Iterator[Sequence[Piece]]:
    """Give each piece of digits with those after it, as many as a number and a date after it may take."""
    window: deque[Piece] = deque(maxlen=_AHEAD)
    for piece in chain(pieces, repeat(_APART, _AHEAD - 1)):
        window.append(piece)
        if len(window) == _AHEAD and window[0].digits:
            yield window


def _longest(window: Sequence[Piece]) -> NumberHit | None:
    """Give the longest number that begins with the first piece, None where none does."""
    longest = None
    symbols, parts = window[0].digits, dict[int, Piece]()
    for number, piece in enumerate(window):
        if number:
            if piece.gap is None or not piece.digits:
                break
            parts[len(symbols)] = piece
            symbols += piece.letter + piece.digits
        if len(symbols) > MOST_SYMBOLS:
            break
        kind = kind_of(symbols) if len(symbols) in _LENGTHS else None
        if kind and is_written_so(len(symbols), parts) and not _begins_a_date(window, number):
            longest = NumberHit(start=window[0].start, end=piece.end, kind=kind)
    return longest


def _begins_a_date(window: Sequence[Piece], number: int) -> bool:
    """Tell the end of a span of dates (2020-01-01 - 2020-12-31) from a birth number."""
    if number < _PART_OF_DATE or number + _PART_OF_DATE >= len(window):
        return False
    month, day = window[number + 1], window[number + 2]
    return all(len(each.digits) == _PART_OF_DATE and each.gap is Gap.MARK and not each.letter for each in (month, day))
