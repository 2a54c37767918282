"""A package from the source system to today: what its source tells, what was done, who decided, what is shown."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Final

from ingest.application.access_chains import withdrawal_chain
from ingest.application.desk_timeline import ShownEvent, shown_events
from ingest.application.later_events import DECIDE_ACCESS
from ingest.application.reading_room import ReadingRoom
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.cases import Case, Described, Record
from ingest.domain.dates import parse_date
from ingest.domain.publication import public_ids
from ingest.domain.submissions import Submission
from ingest.errors import EarkivError, logged_of
from ingest.pipeline.step import Ports

logger = logging.getLogger(__name__)

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
class ShownListing:
    """So many records were listed in the reading room at a level on a day (UTC), and still are; `at` is the first."""

    at: datetime
    level: str
    count: int


HistoryEntry = ShownEvent | SourceDate | ShownDecision | ShownListing


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All of it in order; `untold_dates` counts the source's dates beyond `MOST_TOLD`.

    `is_room_silent` where the reading room should have been asked and did not answer.
    """

    entries: tuple[HistoryEntry, ...]
    untold_dates: int
    is_room_silent: bool


def history_of(
    package: str, submission: Submission, room: Callable[[], AbstractContextManager[ReadingRoom]], ports: Ports
) -> History:
    """Tell a package from the source system to today. Raises UnknownSubject, DamageFound."""
    dates = source_dates(submission)
    told = tuple(islice(dates, MOST_TOLD))
    decisions = tuple(_decisions(package, ports))
    listings = _listings(tuple(one.decision for one in decisions if not one.is_waiting), room)
    events = (event for event in shown_events(package, ports) if event.step != DECIDE_ACCESS)
    entries: tuple[HistoryEntry, ...] = (*told, *events, *decisions, *(listings or ()))
    return History(
        entries=tuple(sorted(entries, key=_place)),
        untold_dates=sum(1 for _ in dates),
        is_room_silent=listings is None,
    )


def _place(entry: HistoryEntry) -> datetime:
    """Give the second of an entry: the reading room tells no less, and those of one second stay as they are told."""
    return (entry.at or _FIRST).replace(microsecond=0)


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
    settled = [one.decision for one in ports.catalogue.access_decisions(package)]
    waiting = [one for one in ports.catalogue.announced_access() if one.package == package]
    for decision in (*settled, *waiting):
        yield ShownDecision(
            at=decision.at,
            decision=decision,
            units=tuple(" / ".join(unit.key) for unit in decision.units[:UNITS_TOLD]),
            more=max(0, len(decision.units) - UNITS_TOLD),
            is_withdrawal=decision.at in withdrawn,
            is_waiting=decision in waiting,
        )


def _listings(
    decisions: tuple[AccessDecision, ...], room: Callable[[], AbstractContextManager[ReadingRoom]]
) -> tuple[ShownListing, ...] | None:
    """Ask the reading room what of the package it lists, where anything may be; None where it does not answer."""
    ids = frozenset(public_ids(decisions).values())
    if not ids:
        return ()
    try:
        with room() as opened:
            listed = opened.index.listings(ids).values()
    except EarkivError as error:
        logger.warning("the reading room did not say what it lists", extra=logged_of(error))
        return None
    days: dict[tuple[date, str], list[datetime]] = {}
    for one in listed:
        days.setdefault((one.since.date(), one.level), []).append(one.since)
    return tuple(ShownListing(at=min(since), level=level, count=len(since)) for (_, level), since in days.items())
