"""A person decides on a delivery that waits for one: it goes on, is refused, or its producer is asked (DESIGN §4, §5).

The decision is one transition like that of any step, committed in one transaction with the state that it was made on:
whoever is killed before has decided nothing, and after it the delivery is driven on as any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.findings import Finding, Location, Violation
from ingest.domain.people import Deed, Person
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent, derived_id
from ingest.errors import LeaseLost
from ingest.formats.case_push_json import unwritable
from ingest.pipeline.names import DECIDE_HELD, NOTIFY_PRODUCER
from ingest.pipeline.step import Ports
from ingest.ports import Lease
from ingest.rules.grouping import group

REFUSED_BY_PERSON: Final = "EARKIV-DLV-5"
"""The rule by which a receipt says that a person has refused the delivery."""


class Answer(StrEnum):
    """What a person says to a delivery that waits."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAnswer:
    """An answer to a delivery as it stood at that `version`; `words` are the reason, or the question."""

    delivery: str
    version: int
    answer: Answer
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """It is decided, and the delivery stands like this."""

    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWaiting:
    """It does not wait for this answer: another has given one, or it waits for something else by now."""

    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexplained:
    """There was no reason, or no question, or one with letters that no XML can hold; nothing was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """Another has it in hand at this moment; nothing was decided."""


HeldAnswer = Decided | NotWaiting | Unexplained | Busy


def decide_held(wanted: WantedAnswer, person: Person, owner: str, ports: Ports) -> HeldAnswer:
    """Give an answer; `owner` takes the lease. Raises NotPermitted, UnknownSubject, CatalogueUnavailable."""
    person.require(Deed.DECIDE_HELD)
    if not wanted.words.strip() or list(unwritable(wanted.words)):
        ports.catalogue.delivery(wanted.delivery)
        return Unexplained()
    lease = ports.catalogue.acquire(wanted.delivery, owner)
    if lease is None:
        return Busy()
    try:
        return _decided(wanted, person, lease, ports)
    except LeaseLost:
        return Busy()
    finally:
        ports.catalogue.release(lease)


def _decided(wanted: WantedAnswer, person: Person, lease: Lease, ports: Ports) -> HeldAnswer:
    delivery = ports.catalogue.delivery(wanted.delivery)
    if delivery.state is not DeliveryState.HELD or delivery.version != wanted.version:
        return NotWaiting(delivery=delivery)
    transition = answered(delivery, wanted, person.name, ports.clock.now())
    ports.catalogue.commit(lease, transition)
    return Decided(delivery=transition.after)


def answered(delivery: Delivery, wanted: WantedAnswer, by: str, at: datetime) -> Transition:
    """Give what an answer changes of a delivery that waits."""
    findings: tuple[Finding, ...] = ()
    match wanted.answer:
        case Answer.ACCEPT:
            after, outcome = moved(delivery, DeliveryState.PRESERVING, delivery.step), _O.SUCCESS
        case Answer.REFUSE:
            refused = replace(delivery, refused=True)
            after, outcome = moved(refused, DeliveryState.PRESERVING, NOTIFY_PRODUCER), _O.FAIL
            findings = (_finding(delivery, wanted.words, by),)
        case Answer.ASK:
            after, outcome = moved(delivery, DeliveryState.HELD, delivery.step), _O.WARNING
        case _:
            assert_never(wanted.answer)
    event = _event(delivery, wanted, by, at, outcome)
    return Transition(before=delivery, after=after, events=(event,), findings=findings)


_O = EventOutcome
_SAID: Final = {
    Answer.ACCEPT: "accepted by a person, though held before",
    Answer.REFUSE: "refused by a person, held before",
    Answer.ASK: "the producer is asked; held before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person at the archive asks the producer of a delivery that waits."""

    words: str
    by: str
    at: datetime


def question_in(events: Iterable[PreservationEvent]) -> Question | None:
    """Give the last question among the events of a delivery that waits; None where nobody has asked any."""
    asked = [one for one in events if one.step == DECIDE_HELD]
    if not asked or asked[-1].outcome is not _O.WARNING:
        return None
    last = asked[-1]
    return Question(words=last.detail.partition(": ")[2], by=last.agents[0].name, at=last.at)


def _event(delivery: Delivery, wanted: WantedAnswer, by: str, at: datetime, outcome: EventOutcome) -> PreservationEvent:
    """One for each answer: its id follows from the version of the delivery that it was given to."""
    return PreservationEvent(
        id=derived_id(delivery.id, DECIDE_HELD, str(delivery.version)),
        type=EventType.VALIDATION,
        at=at,
        step=DECIDE_HELD,
        outcome=outcome,
        detail=f"{_SAID[wanted.answer]} {delivery.step}: {wanted.words.strip()}",
        agents=(Agent(kind=AgentKind.PERSON, name=by),),
    )


def _finding(delivery: Delivery, words: str, by: str) -> Finding:
    """Give what the receipt says of a refusal: all of the reason, and no agreement makes it less than a refusal."""
    (finding,) = group([Violation(rule=REFUSED_BY_PERSON, location=Location(file=delivery.source.name))])
    return replace(finding, locations=(Location(file=delivery.source.name, value=f"{words.strip()} ({by})"),))
