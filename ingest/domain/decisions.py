"""What a step may decide: the only four things, each a value that is committed before anything is done."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Finding
from ingest.domain.packages import GeneratedFile
from ingest.domain.provenance import PreservationEvent

PlanT = TypeVar("PlanT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advanced(Generic[PlanT]):
    """Go on: carry out `plan`, record `events`, and let the delivery become `after`."""

    plan: PlanT
    after: Delivery
    events: tuple[PreservationEvent, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The content is refused: the findings say why, the receipt is written next."""

    after: Delivery
    findings: tuple[Finding, ...]
    events: tuple[PreservationEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A person is asked before the work goes on."""

    after: Delivery
    findings: tuple[Finding, ...]
    events: tuple[PreservationEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """The same delivery has been given before: it gets that one's answer, and what was uploaded is let go."""

    after: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """All that one step changes, committed in one transaction (DESIGN §1.2); it took so many `seconds` of work."""

    before: Delivery
    after: Delivery
    events: tuple[PreservationEvent, ...] = ()
    findings: tuple[Finding, ...] = ()
    generated: tuple[GeneratedFile, ...] = ()
    seconds: float = 0.0


def is_over(delivery: Delivery) -> bool:
    """Say whether no worker has anything to do with the delivery now (final, or waiting for a person)."""
    return delivery.is_final or delivery.state is DeliveryState.HELD
