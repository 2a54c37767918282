"""The units of a package: cases, their parts and records, and loose records. A document belongs to its unit."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ingest.domain.cases import Case, Record
from ingest.domain.submissions import Submission

UnitKey = tuple[str, ...]
"""The ids from the top of the package down to the unit; people are shown the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as it is described in one generation of its package."""

    key: UnitKey
    described: Case | Record


def units_of(submission: Submission) -> tuple[Unit, ...]:
    """List the units in delivered order, each case before what is in it; what shares a key cannot be told apart."""
    tops: tuple[Case | Record, ...] = (*submission.cases, *submission.records)
    return tuple(unit for top in tops for unit in _with_all_below(top, ()))


def above(key: UnitKey) -> Iterator[UnitKey]:
    """Give the keys of the cases that a unit is in, the nearest first."""
    return (key[:length] for length in range(len(key) - 1, 0, -1))


def is_among(key: UnitKey, named: AbstractSet[UnitKey]) -> bool:
    """Whether a unit, or anything that it is in, is one of those named."""
    return key in named or any(over in named for over in above(key))


def _with_all_below(described: Case | Record, over: UnitKey) -> Iterator[Unit]:
    key = (*over, described.id)
    yield Unit(key=key, described=described)
    match described:
        case Case(parts=parts, records=records):
            inside: tuple[Case | Record, ...] = (*parts, *records)
            for inner in inside:
                yield from _with_all_below(inner, key)
        case Record():
            return
