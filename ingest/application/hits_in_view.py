"""The personal numbers of one unit in view: each with the text around it, masked or as it stands (ADR 0042)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.application.archived_aip import archived_aip
from ingest.application.desk_packages import package_for
from ingest.application.find_personal_numbers import WHOLE_PACKAGE
from ingest.application.searched_texts import Searched, SearchedFiles, SearchedText, named_paths, said_texts
from ingest.domain.access.units import UnitKey, units_of
from ingest.domain.aips import Aip
from ingest.domain.people import Deed, Person
from ingest.domain.personal_numbers import NumberHit, find_numbers
from ingest.domain.personal_numbers.found import Found, Unsearched, found_in
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

MOST_SHOWN: Final = 200
"""So many numbers of a unit are put in view at once."""
_AROUND: Final = 80
_MASK: Final = "•"


class Numbers(StrEnum):
    """Whether the digits themselves are shown."""

    MASKED = "masked"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class HitInView:
    """A number with the text before and after it, all numbers in them masked where it is."""

    found: Found
    before: str
    number: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInSight:
    """What is put in view of a unit: its first numbers, whether there are more, and what could not be searched."""

    key: UnitKey
    hits: tuple[HitInView, ...]
    more: bool
    unsearched: tuple[Unsearched, ...]


def hits_in_view(package_id: str, key: UnitKey, numbers: Numbers, person: Person, ports: Ports) -> UnitInSight:
    """Search a unit anew (`WHOLE_PACKAGE`: what no unit names) and put what is found in view.

    Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing, ToolFailed.
    """
    person.require(Deed.REVIEW_ACCESS)
    holding = package_for(package_id, person, ports)
    aip = archived_aip(holding, ports)
    texts = _texts(aip, key, SearchedFiles(holding, aip, ports))
    hits, unsearched = list[HitInView](), list[Unsearched]()
    for one in texts:
        if isinstance(one, Unsearched):
            unsearched.append(one)
        elif len(hits) <= MOST_SHOWN:
            hits += _in_view(one, numbers)
    return UnitInSight(
        key=key, hits=tuple(hits[:MOST_SHOWN]), more=len(hits) > MOST_SHOWN, unsearched=tuple(unsearched)
    )


def _texts(aip: Aip, key: UnitKey, files: SearchedFiles) -> Iterable[Searched]:
    units = units_of(aip.submission)
    if key == WHOLE_PACKAGE:
        named = {path for unit in units for path in named_paths(unit.described)}
        left = [path for path in files.paths if path not in named]
        return (*said_texts(aip.submission), *(one for path in left for one in files.texts(path)))
    of_key = [unit.described for unit in units if unit.key == key]
    if not of_key:
        raise UnknownSubject("Paketet har ingen sådan enhet.", "The package has no such unit.")
    return (
        one
        for described in of_key
        for texts in (said_texts(described), *map(files.texts, named_paths(described)))
        for one in texts
    )


def _in_view(one: SearchedText, numbers: Numbers) -> Iterator[HitInView]:
    hits = tuple(find_numbers(one.text))
    text = one.text if numbers is Numbers.SHOWN else masked(one.text, hits)
    for hit in hits:
        yield HitInView(
            found=found_in(one.where, one.path, hit, one.part),
            before=text[max(0, hit.start - _AROUND) : hit.start],
            number=text[hit.start : hit.end],
            after=text[hit.end : hit.end + _AROUND],
        )


def masked(text: str, hits: Iterable[NumberHit]) -> str:
    """Give the text with every letter and digit of each hit masked, all else where it was."""
    letters = list(text)
    for hit in hits:
        letters[hit.start : hit.end] = (_MASK if one.isalnum() else one for one in letters[hit.start : hit.end])
    return "".join(letters)
