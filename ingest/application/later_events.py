"""What happened to a delivery or its package after the receipt: told by the journal alone."""

from collections.abc import Iterator

from ingest.application.genuine_entries import entries_backwards
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent
from ingest.formats.journal import Entry
from ingest.formats.wire import from_json
from ingest.pipeline.step import Ports

_LATER = frozenset({EntryType.OBJECTS_SCANNED, EntryType.INFECTION_FOUND, EntryType.QUARANTINE_EMPTIED})
DECIDE_ACCESS = "decide_access"
"""The step of an event that tells a decision on access."""
_UNITS_TOLD = 10
"""How many units an event names; the decision itself names all."""


def later_events(package: str | None, delivery: str, ports: Ports) -> tuple[PreservationEvent, ...]:
    """Give the events of both chains in the order they were journalled. Raises DamageFound."""
    subjects = [Subject(kind=SubjectKind.DELIVERY, id=delivery)]
    if package is not None:
        subjects.append(Subject(kind=SubjectKind.PACKAGE, id=package))
    entries = [entry for subject in subjects for entry in entries_backwards(subject, ports)]
    later = [event for entry in reversed(entries) for event in events_in(entry)]
    return tuple(sorted(later, key=lambda event: event.at))


def events_in(entry: Entry) -> Iterator[PreservationEvent]:
    """Give the events that an entry tells; none where it is about something else."""
    if entry.header.type in _LATER and isinstance(entry.body, dict):
        for event in entry.body["events"]:
            yield from_json(event, PreservationEvent)
    if entry.header.type is EntryType.ACCESS_DECIDED:
        yield _event_of(from_json(entry.body, AccessDecision))


def _event_of(decision: AccessDecision) -> PreservationEvent:
    units = ", ".join(" / ".join(unit.key) for unit in decision.units[:_UNITS_TOLD])
    more = f" + {len(decision.units) - _UNITS_TOLD}" if len(decision.units) > _UNITS_TOLD else ""
    return PreservationEvent(
        id=decision.id,
        type=EventType.POLICY_ASSIGNMENT,
        at=decision.at,
        step=DECIDE_ACCESS,
        outcome=EventOutcome.SUCCESS,
        detail=f"{decision.level}: {units}{more} ({decision.reason})",
        agents=(Agent(kind=AgentKind.PERSON, name=decision.by),),
    )
