"""How a step names its events: ids are derived, so a replay names them alike."""

from dataclasses import replace
from datetime import datetime

from ingest.domain.deliveries import Delivery
from ingest.domain.packages import ScanResult
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, EventOutcome, EventType, PreservationEvent, derived_id
from ingest.domain.scans import scan_told


def event(
    *,
    delivery: Delivery,
    step: str,
    type: EventType,  # noqa: A002 - PREMIS eventType
    at: datetime,
    detail: str,
    agents: tuple[Agent, ...],
    outcome: EventOutcome = EventOutcome.SUCCESS,
    objects: tuple[PackagePath, ...] = (),
) -> PreservationEvent:
    """Make an event of a step; its id follows from delivery, step, type, outcome and detail: one per such outcome."""
    return PreservationEvent(
        id=derived_id(delivery.id, step, type, outcome, detail),
        type=type,
        at=at,
        step=step,
        outcome=outcome,
        detail=detail,
        agents=agents,
        objects=objects,
    )


def scan_event(delivery: Delivery, step: str, at: datetime, result: ScanResult, software: Agent) -> PreservationEvent:
    """Make the event of a virus check that came to this."""
    outcome, detail = scan_told(result)
    told = event(
        delivery=delivery,
        step=step,
        type=EventType.VIRUS_CHECK,
        at=at,
        detail=detail,
        agents=(software,),
        outcome=outcome,
    )
    return replace(told, scan=(result,))
