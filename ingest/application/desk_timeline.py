"""What happened to a delivery and its package, as a person reads it: step by step, by whom, and for how long."""

from dataclasses import dataclass
from datetime import datetime

from ingest.application.consult_archive import events_of
from ingest.application.generations import line_of
from ingest.domain.provenance import Agent, AgentKind, PreservationEvent
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """An event; `tools` carried it out and `others` (people, organisations) had a part in it.

    `seconds` is the work of the whole step, told of its first event; None where it is not known: the catalogue measures
    it, storage does not hold it, and a rebuilt catalogue has forgotten.
    """

    at: datetime
    step: str
    type: str
    outcome: str
    detail: str
    tools: tuple[Agent, ...]
    others: tuple[Agent, ...]
    seconds: float | None


def shown_events(reference: str, ports: Ports) -> tuple[ShownEvent, ...]:
    """Tell what happened, in order. Raises UnknownSubject, DamageFound."""
    _, delivery_id = ports.catalogue.find(reference)
    line = line_of(ports.catalogue.delivery(delivery_id), ports)
    took = {event: seconds for one in line for event, seconds in ports.catalogue.step_seconds(one.id).items()}
    return tuple(_shown(event, took.get(event.id)) for event in events_of(reference, ports))


def _shown(event: PreservationEvent, seconds: float | None) -> ShownEvent:
    return ShownEvent(
        at=event.at,
        step=event.step,
        type=str(event.type),
        outcome=str(event.outcome),
        detail=event.detail,
        tools=tuple(agent for agent in event.agents if agent.kind is AgentKind.SOFTWARE),
        others=tuple(agent for agent in event.agents if agent.kind is not AgentKind.SOFTWARE),
        seconds=seconds,
    )
