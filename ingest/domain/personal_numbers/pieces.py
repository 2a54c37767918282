"""A text's digits in pieces, and what stands between two pieces: the first half of finding a number in it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

INTERIM_LETTERS: Final = "TRSUWXJKLMN"
"""What stands for the first digit of the birth number in an interim number."""
MOST_SYMBOLS: Final = 12
_PIECE: Final = re.compile(rf"([{INTERIM_LETTERS}{INTERIM_LETTERS.lower()}]?)(\d+)")
_WIDEST_GAP: Final = 40
_MOST_MARKS: Final = 2
_OTHER_MARKS: Final = frozenset("+_./\N{MINUS SIGN}\N{HYPHEN BULLET}\N{FULLWIDTH PLUS SIGN}\N{SUPERSCRIPT PLUS SIGN}")
_LINE_ENDS: Final = frozenset("\n\r\v\N{NEXT LINE}\N{LINE SEPARATOR}")


class Gap(Enum):
    """What stands between two pieces of one number."""

    NOTHING = auto()
    SPACE = auto()
    MARK = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Digits that stand together, as ASCII, "" where they are too many for a number; `letter` is the one before them.

    `start` is where the digits begin, `end` where they have ended. `gap` is what stands between the piece before and
    this one, its letter aside; None where that keeps them apart. `marks` are those that stand there, with the spaces
    around them unless a line ends there.
    """

    letter: str
    digits: str
    start: int
    end: int
    gap: Gap | None
    marks: str


def pieces_of(text: str) -> Iterator[Piece]:
    """Give the digits of a text, whatever script they are in, piece by piece."""
    last = -1
    for found in _PIECE.finditer(text):
        start, end = found.span(2)
        digits = _ascii(found[2]) if end - start <= MOST_SYMBOLS else ""
        gap = None if last < 0 else _gap(text, last, found.start())
        between = "" if gap is None else text[last : found.start()]
        marks = "".join(between.split()) if gap is Gap.BREAK else between
        yield Piece(letter=found[1].upper(), digits=digits, start=start, end=end, gap=gap, marks=marks)
        last = end


def _gap(text: str, start: int, end: int) -> Gap | None:
    """Say what stands there; None where it keeps digits apart.

    White space and at most two hyphens or the like keep together. A form feed or paragraph separator keeps apart.
    """
    if end - start > _WIDEST_GAP:
        return None
    marks, gap = 0, Gap.NOTHING
    for letter in text[start:end]:
        category = unicodedata.category(letter)
        if category == "Pd" or letter in _OTHER_MARKS:
            marks += 1
        elif letter in _LINE_ENDS:
            gap = Gap.BREAK
        elif category == "Zs" or letter == "\t":
            gap = gap if gap is Gap.BREAK else Gap.SPACE
        elif category != "Cf":
            return None
    if marks > _MOST_MARKS:
        return None
    return Gap.MARK if marks and gap is not Gap.BREAK else gap


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in digits)
