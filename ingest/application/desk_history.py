"""A package from the source system to today: what its source tells, what was done, who decided, what was shown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from ingest.application.access_chains import withdrawal_chain
from ingest.application.desk_timeline import ShownEvent, shown_events
from ingest.application.known_decisions import known_decisions
from ingest.application.later_events import DECIDE_ACCESS
from ingest.application.publications import publications_of
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.domain.access.publications import Publication
from ingest.domain.cases import Case, Described, Record
from ingest.domain.dates import parse_date
from ingest.domain.people import PersonRole
from ingest.domain.submissions import Submission
from ingest.pipeline.step import Ports

MOST_TOLD: Final = 200
"""So many dates of the source system are told at most."""
UNITS_TOLD: Final = 10
"""So many cases and records a decision names; the others are counted."""
EXPORTED: Final = "exported"
"""The type of the moment when the source system made the delivery."""
_OF_RECORDS: Final = frozenset({"decision_date", "expedited", "sent"})
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDate:
    """A date that the source system tells, of an ERMS date type or `EXPORTED`; `said` as it was written.

    `at` is the first moment that it can mean, None where it is no date. `of` is the case or record, "" = the delivery;
    `by` the system, or who delivered where no system is named.
    """

    at: datetime | None
    said: str
    type: str
    of: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecision:
    """A decision on access: on `units` and `more` besides; `is_waiting` as long as the journal has no entry of it."""

    at: datetime
    decision: AccessDecision
    units: tuple[str, ...]
    more: int
    is_withdrawal: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPublication:
    """What somebody carried over to the reading room: so many of each level; and how many were taken out then."""

    at: datetime
    shown: tuple[tuple[Level, int], ...]
    withdrawn: int
    by: str
    role: PersonRole


HistoryEntry = ShownEvent | SourceDate | ShownDecision | ShownPublication


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All of it in order; `untold_dates` counts the source's dates beyond `MOST_TOLD`."""

    entries: tuple[HistoryEntry, ...]
    untold_dates: int


def history_of(package: str, submission: Submission, ports: Ports) -> History:
    """Tell a package from the source system to today. Raises UnknownSubject, DamageFound."""
    dates = source_dates(submission)
    told = tuple(islice(dates, MOST_TOLD))
    events = (event for event in shown_events(package, ports) if event.step != DECIDE_ACCESS)
    publications = tuple(reversed(publications_of(package, ports)))
    carried = frozenset(unit.decision for one in publications for unit in one.shown)
    published = map(_shown, publications)
    entries: tuple[HistoryEntry, ...] = (*told, *events, *_decisions(package, ports), *published)
    in_order = sorted(entries, key=lambda entry: _place(entry, carried))
    return History(entries=tuple(in_order), untold_dates=sum(1 for _ in dates))


def _place(entry: HistoryEntry, carried: frozenset[str]) -> tuple[datetime, int]:
    """Give when it was; within one second a publication follows the decisions that it carried over, and no others."""
    match entry:
        case ShownPublication():
            nth = 1
        case ShownDecision(decision=decision) if decision.id not in carried:
            nth = 2
        case _:
            nth = 0
    return entry.at or _FIRST, nth


def source_dates(submission: Submission) -> Iterator[SourceDate]:
    """Give the dates of cases and their parts, of decisions and dispatches among the records, and of the export."""
    system, producer = submission.system, submission.producer or submission.archival_creator
    by = system.name if system is not None and system.name else producer.name if producer is not None else ""
    for case in submission.cases:
        yield from _of_case(case, by)
    for record in submission.records:
        yield from _of_record(record, by)
    if submission.created:
        yield _dated(submission.created, EXPORTED, "", by)


def _of_case(case: Case, by: str) -> Iterator[SourceDate]:
    for one in case.dates:
        yield _dated(one.raw, one.other_type or one.type, _name(case), by)
    for part in case.parts:
        yield from _of_case(part, by)
    for record in case.records:
        yield from _of_record(record, by)


def _of_record(record: Record, by: str) -> Iterator[SourceDate]:
    for one in record.dates:
        if one.type in _OF_RECORDS:
            yield _dated(one.raw, one.type, _name(record), by)


def _name(one: Described) -> str:
    return " ".join(filter(None, (one.id, one.title)))


def _dated(said: str, kind: str, of: str, by: str) -> SourceDate:
    parsed = parse_date(said)
    return SourceDate(at=None if parsed is None else parsed.earliest, said=said, type=kind, of=of, by=by)


def _decisions(package: str, ports: Ports) -> Iterator[ShownDecision]:
    withdrawn = {one.header.at for one in ports.catalogue.chain(withdrawal_chain(package))}
    known = known_decisions(package, ports)
    for decision in (*known.settled, *known.waiting):
        yield ShownDecision(
            at=decision.at,
            decision=decision,
            units=tuple(" / ".join(unit.key) for unit in decision.units[:UNITS_TOLD]),
            more=max(0, len(decision.units) - UNITS_TOLD),
            is_withdrawal=decision.at in withdrawn,
            is_waiting=decision in known.waiting,
        )


def _shown(publication: Publication) -> ShownPublication:
    levels = Counter(one.level for one in publication.shown)
    return ShownPublication(
        at=publication.at,
        shown=tuple((level, levels[level]) for level in Level if levels[level]),
        withdrawn=len(publication.withdrawn),
        by=publication.by,
        role=publication.role,
    )
