"""How much a delivery holds, counted from what its descriptions say and from its files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.domain.cases import Case, Record

_CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The figures of one delivery; each is 0 where nothing is known.

    `cases` are those that stand by themselves or in a class: a class is none, nor is a part of a case. `records` belong
    to cases, their parts included; `loose_records` to none. `documents` are what all of these name, `files` what was
    delivered, metadata included, of so many `bytes`.
    """

    cases: int = 0
    records: int = 0
    loose_records: int = 0
    documents: int = 0
    files: int = 0
    bytes: int = 0

    def with_files(self, sizes: Iterable[int]) -> "Statistics":
        """Give the same with one file for each size in bytes."""
        held = tuple(sizes)
        return replace(self, files=len(held), bytes=sum(held))


def described(cases: Iterable[Case], records: Iterable[Record]) -> Statistics:
    """Count what is described: cases and the loose records beside them."""
    loose = tuple(records)
    units = tuple((unit, within) for case in cases for unit, within in _with_parts(case))
    return Statistics(
        cases=sum(not within and unit.aggregation_type != _CLASS for unit, within in units),
        records=sum(len(unit.records) for unit, _ in units),
        loose_records=len(loose),
        documents=sum(_documents(unit) for unit, _ in units) + sum(len(record.documents) for record in loose),
    )


def _documents(case: Case) -> int:
    return len(case.documents) + sum(len(record.documents) for record in case.records)


def _with_parts(case: Case) -> Iterator[tuple[Case, bool]]:
    """Give a case and its parts, each with whether a case is around it."""
    pending = [(case, False)]
    while pending:
        unit, within = pending.pop()
        yield unit, within
        inside = within or unit.aggregation_type != _CLASS
        pending.extend((part, inside) for part in unit.parts)
