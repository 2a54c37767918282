"""What a personal number looks like: its date, its check digit, and where it may be written apart."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ingest.domain.personal_numbers.pieces import INTERIM_LETTERS, Gap

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


def is_written_so(length: int, gaps: Mapping[int, Gap]) -> bool:
    """Say whether a number of that length is written with these gaps, each by how many symbols stand before it.

    In groups as people write it, digit by digit, and one line break wherever it falls.
    """
    shift = length - _WITHOUT_CENTURY
    placed = {place - shift: gap for place, gap in gaps.items() if gap is not Gap.NOTHING}
    if len(placed) == length - 1 or _is_usual(placed):
        return True
    breaks = [place for place, gap in placed.items() if gap is Gap.BREAK]
    return any(_is_usual({p: gap for p, gap in placed.items() if p != place}) for place in breaks)


def _is_usual(placed: Mapping[int, Gap]) -> bool:
    places = placed.keys()
    if not places <= _USUAL:
        return False
    in_date = _IN_DATE & places
    if in_date and in_date != _IN_DATE:
        return False
    # Five pairs of digits are a row of a table, unless a hyphen says that they are not.
    return not (in_date and _IN_SERIAL & places) or placed.get(_BEFORE_SERIAL) in {Gap.MARK, Gap.BREAK}


def _checks(symbols: str) -> bool:
    """Tell whether the last digit is the one that Luhn's algorithm gives; an interim letter counts as 1."""
    total = 0
    for place, symbol in enumerate(symbols):
        digit = int(symbol) if symbol.isdigit() else 1
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the sum of two digits
    return total % 10 == 0
