"""What a personal number looks like: its date, its check digit, and where it may be written apart."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ingest.domain.personal_numbers.pieces import INTERIM_LETTERS, Gap, Piece

_NUMBER: Final = re.compile(
    rf"""(?P<century>18|19|20|21)?
    (?P<year>\d\d)
    (?P<month>0\d|1[0-2])
    (?P<day>0[1-9]|[12]\d|3[01]|[67]\d|8\d|9[01])
    (?P<serial>(?!000)\d{{3}}|[{INTERIM_LETTERS}]\d\d)
    \d""",
    re.VERBOSE,
)
_COORDINATION_DAY: Final = 60
_CENTURY, _AFTER_YEAR, _AFTER_MONTH, _BEFORE_SERIAL = 0, 2, 4, 6
_IN_DATE: Final = frozenset({_AFTER_YEAR, _AFTER_MONTH})
_IN_SERIAL: Final = frozenset({8, 9})
_USUAL: Final = frozenset({_CENTURY, _BEFORE_SERIAL}) | _IN_DATE | _IN_SERIAL
_WITHOUT_CENTURY: Final = 10


class NumberKind(StrEnum):
    """What a number is, in the words of the tax agency (Skatteverket)."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    INTERIM = "interimspersonnummer"


def kind_of(symbols: str) -> NumberKind | None:
    """Say what ten or twelve digits are, the seventh from the end perhaps an interim letter; None for anything else.

    The date need not be one of the calendar: month 00 and day 60 stand for what nobody knows. An organisationsnummer
    has 20 or more where the month is, and is none.
    """
    found = _NUMBER.fullmatch(symbols)
    if found is None or not _checks(symbols[-_WITHOUT_CENTURY:]):
        return None
    if not found["serial"].isdigit():
        return NumberKind.INTERIM
    is_coordination = int(found["day"]) >= _COORDINATION_DAY
    return NumberKind.SAMORDNINGSNUMMER if is_coordination else NumberKind.PERSONNUMMER


def is_written_so(length: int, parts: Mapping[int, Piece]) -> bool:
    """Say whether a number of that length is written in these parts, each by how many symbols stand before it.

    In groups as people write it, digit by digit, and one line break wherever it falls.
    """
    shift = length - _WITHOUT_CENTURY
    placed = {place - shift: part for place, part in parts.items() if part.gap is not Gap.NOTHING}
    if len(placed) == length - 1 or _is_usual(placed):
        return True
    breaks = [place for place, part in placed.items() if part.gap is Gap.BREAK]
    return any(_is_usual({p: part for p, part in placed.items() if p != place}) for place in breaks)


def _is_usual(placed: Mapping[int, Piece]) -> bool:
    places = placed.keys()
    if not places <= _USUAL:
        return False
    in_date = _IN_DATE & places
    if not in_date:
        return True
    if in_date != _IN_DATE or not _are_alike(placed[_AFTER_YEAR], placed[_AFTER_MONTH]):
        return False
    # Five pairs of digits are a row of a table, unless a hyphen says that they are not.
    before_serial = placed.get(_BEFORE_SERIAL)
    is_marked = before_serial is not None and before_serial.gap in {Gap.MARK, Gap.BREAK}
    return is_marked or not _IN_SERIAL & places


def _are_alike(one: Piece, other: Piece) -> bool:
    """Tell the parts of one date from the end of one and the beginning of the next (21.01.1955-03.12.1955)."""
    if Gap.BREAK in (one.gap, other.gap):
        return "".join(one.marks.split()) == "".join(other.marks.split()) or not (one.marks and other.marks)
    return one.marks == other.marks


def _checks(symbols: str) -> bool:
    """Tell whether the last digit is the one that Luhn's algorithm gives; an interim letter counts as 1."""
    total = 0
    for place, symbol in enumerate(symbols):
        digit = int(symbol) if symbol.isdigit() else 1
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the sum of two digits
    return total % 10 == 0
