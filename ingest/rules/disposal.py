"""Which cases and records say nothing of disposal (gallring), so that the agreement's default holds for them?"""

from collections.abc import Iterator
from typing import Final

from ingest.domain.cases import Case, Record
from ingest.domain.findings import Violation
from ingest.rules.streams import top_level
from ingest.rules.subjects import DescribedUnit, Judged

DEFAULT_HOLDS: Final = "EARKIV-SA-17"
"""The rule whose findings count for how many the default holds."""
_CLASS: Final = "class"


def unstated_disposal(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-17: the agreement's default holds for a case or record; told only where the agreement has one."""
    default = judged.agreement.disposal_default if judged.agreement else None
    if default is None:
        return
    for unit, source in top_level(judged.reading):
        for silent in _without_statement(unit):
            place = DescribedUnit(unit=silent, source=source).place()
            yield Violation(rule=DEFAULT_HOLDS, location=place, detail=default.words)


def _without_statement(unit: Case | Record) -> Iterator[Case | Record]:
    """What a case says holds for all inside it that says nothing else; a class is no case, but may say it for its."""
    if unit.disposal is not None:
        return
    if not isinstance(unit, Case):
        yield unit
        return
    if unit.aggregation_type != _CLASS:
        yield unit
    inner: tuple[Case | Record, ...] = (*unit.records, *unit.parts)
    for inside in inner:
        yield from _without_statement(inside)
