"""Identification codes (identitetskod, agent/note): `ORG:2120009994`, `HSA:…`, and what a Swedish number must be."""

import re
from dataclasses import dataclass

from ingest.rules.fgs.vocabularies import CODE_PREFIXES

_CODE = re.compile(r"([^\W\d_]+)\s*:(?!//)\s*(.*)\Z", re.DOTALL)
_BY_LETTERS = {prefix.casefold(): prefix for prefix in CODE_PREFIXES}
_NUMBER = re.compile(r"(?:16)?(\d{6})-?(\d{4})(?:-?\d{2})?\Z")
_LARGEST_DIGIT = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An identification code: the prefix as written, and what stands after the colon."""

    prefix: str
    text: str

    @property
    def kind(self) -> str | None:
        """The prefix of the specification that is meant, None when it has no such."""
        return _BY_LETTERS.get(self.prefix.casefold())


def code_in(note: str) -> Code | None:
    """Read a note as an identification code; None when it has no prefix at all."""
    found = _CODE.match(note.strip())
    return None if found is None else Code(prefix=found[1], text=found[2].strip())


def organisation_number(code: Code) -> str | None:
    """Give the ten digits of a Swedish organisation number; None when it has not ten.

    A hyphen, the century 16 before it and a serial number of two digits after it are let pass.
    """
    found = _NUMBER.match(code.text.replace(" ", ""))
    return None if found is None else found[1] + found[2]


def has_check_digit(number: str) -> bool:
    """Say whether the last of ten digits is the check digit of the first nine (the Luhn algorithm)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(number))
    return sum(digit - 9 if digit > _LARGEST_DIGIT else digit for digit in doubled) % 10 == 0
