"""Is each case finally handled, and can each case and record be told from the others?"""

from collections.abc import Iterable, Iterator

from ingest.domain.cases import CLOSED_STATUSES, Case, Described
from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import Dialect
from ingest.rules.rule import Rule
from ingest.rules.streams import described_units, top_level
from ingest.rules.subjects import Judged, JudgedCase

_CLASS = "class"
STATUSES = CLOSED_STATUSES | {
    "expedited",
    "initiated",
    "in_progress",
    "on_hold",
    "open",
    "prepared",
    "received",
}
"""The values of CITS ERMS status/@value, which every dialect is read into."""


def open_case(judged: JudgedCase) -> Iterator[Violation]:
    """EARKIV-CASE-1: a case whose status is none that closes it; a part of a case without status follows the case."""
    status = _status(judged)
    if status in STATUSES - CLOSED_STATUSES or (not status and _must_say(judged)):
        yield Violation(rule="EARKIV-CASE-1", location=judged.described.place(status))


def undated_closing(judged: JudgedCase) -> Iterator[Violation]:
    """EARKIV-CASE-2: a closed case that does not say when it was closed."""
    is_open = _status(judged) in STATUSES - CLOSED_STATUSES
    if _must_say(judged) and not is_open and judged.case.date("closed") is None:
        yield Violation(rule="EARKIV-CASE-2", location=judged.described.place())


def unknown_status(judged: JudgedCase) -> Iterator[Violation]:
    """EARKIV-CASE-9: a status that no value list has, unless the reader has told it."""
    status = _status(judged)
    if status and status not in STATUSES and status not in judged.told:
        yield Violation(rule="EARKIV-CASE-9", location=judged.described.place(status))


def _status(judged: JudgedCase) -> str:
    return (judged.case.status or "").strip()


def _must_say(judged: JudgedCase) -> bool:
    """Whether nothing else says it: a class is no case, and the schema of a pushed case demands both (CASE-7)."""
    is_case = judged.case.aggregation_type != _CLASS
    return is_case and not judged.within and judged.dialect is not Dialect.CASE_PUSH


def doubled_identifier(judged: Judged) -> Iterator[Violation]:
    """EARKIV-CASE-10: a system identifier used twice in a delivery, or an identifier twice among siblings."""
    seen: set[str] = set()
    for unit in described_units(judged.reading):
        system_id = unit.unit.system_id
        if system_id and system_id in seen:
            yield Violation(rule="EARKIV-CASE-10", location=unit.place(), detail=system_id)
        seen.add(system_id or "")
    submission = judged.reading.submission
    located = tuple(top_level(judged.reading))
    yield from _doubled(located[: len(submission.cases)])
    yield from _doubled(located[len(submission.cases) :])
    for case, source in located:
        if isinstance(case, Case):
            yield from _doubled_within(case, source)


def _doubled_within(case: Case, source: str) -> Iterator[Violation]:
    yield from _doubled((record, source) for record in case.records)
    yield from _doubled((part, source) for part in case.parts)
    for part in case.parts:
        yield from _doubled_within(part, source)


def _doubled(siblings: Iterable[tuple[Described, str]]) -> Iterator[Violation]:
    seen: set[str] = set()
    for unit, source in siblings:
        if unit.id and unit.id in seen:
            yield Violation(rule="EARKIV-CASE-10", location=Location(file=source, line=unit.line, value=unit.id))
        seen.add(unit.id)


RULES: tuple[Rule[JudgedCase], ...] = (
    Rule(id="EARKIV-CASE-1", check=open_case),
    Rule(id="EARKIV-CASE-2", check=undated_closing),
    Rule(id="EARKIV-CASE-9", check=unknown_status),
)
IDENTIFIER_RULES: tuple[Rule[Judged], ...] = (Rule(id="EARKIV-CASE-10", check=doubled_identifier),)
