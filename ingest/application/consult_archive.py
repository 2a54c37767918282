"""Answer for what the archive holds: lists, receipts, timelines, and one package in full."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.application.generations import line_of
from ingest.application.genuine_entries import entries_backwards
from ingest.application.later_events import later_events
from ingest.domain.deliveries import Delivery
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EntryType, Subject, SubjectKind, entry_key
from ingest.domain.provenance import PreservationEvent
from ingest.errors import UnknownSubject
from ingest.formats.finding_documents import finding_document
from ingest.pipeline.step import Ports


def list_packages(ports: Ports) -> tuple[ArchivedPackage, ...]:
    """List archived packages, oldest first."""
    return ports.catalogue.packages()


def receipt_of(reference: str, ports: Ports) -> dict[str, Any]:
    """Give a decided delivery's receipt, proven to be the one that was signed; for a held one an unsigned note.

    Raises UnknownSubject when there is no such delivery, or none that is decided, and DamageFound when no replica has
    the receipt as it was signed.
    """
    _, delivery_id = ports.catalogue.find(reference)
    delivery = ports.catalogue.delivery(ports.catalogue.delivery(delivery_id).repeat_of or delivery_id)
    for entry in entries_backwards(Subject(kind=SubjectKind.DELIVERY, id=delivery.id), ports.keeping(delivery)):
        if entry.header.type is EntryType.DELIVERY_DECIDED and isinstance(entry.body, dict):
            receipt: dict[str, Any] = entry.body["receipt"]
            return receipt
    return _unsigned_note(delivery, ports)


def receipt_size(delivery: Delivery, ports: Ports) -> int | None:
    """Give the bytes of a delivery's receipt as it lies in the first store; None where there is none. Raises as `stat`.

    How long a note would be that stands in for it is not known before it is made.
    """
    decided = ports.catalogue.delivery(delivery.repeat_of or delivery.id)
    key = entry_key(Subject(kind=SubjectKind.DELIVERY, id=decided.id), 1)
    found = ports.keeping(decided).replicas[0].stat(key)
    return None if found is None else found.size


def _unsigned_note(delivery: Delivery, ports: Ports) -> dict[str, Any]:
    if delivery.state != "held":
        raise UnknownSubject(
            f"Leverans {delivery.id} är inte avgjord: den är {delivery.state}.",
            f"Delivery {delivery.id} is not decided: it is {delivery.state}.",
        )
    staged = ports.catalogue.staged(delivery.id)
    return {
        "receipt": None,
        "delivery": delivery.identity.delivery if delivery.identity else None,
        "deliveryId": delivery.id,
        "package": None,
        "outcome": "held",
        "test": delivery.is_trial,
        "files": [{"path": o.path, "size": o.size, "sha256": o.sha256} for o in staged],
        "copies": [],
        "findings": [finding_document(f) for f in ports.catalogue.findings(delivery.id)],
        "at": delivery.received_at.isoformat(),
        "signature": None,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened to a delivery or its package."""

    at: datetime
    step: str
    type: str
    outcome: str
    detail: str
    agents: tuple[str, ...]


def timeline_of(reference: str, ports: Ports) -> tuple[TimelineEntry, ...]:
    """Tell what happened, in order. Raises UnknownSubject."""
    return tuple(_told(event) for event in events_of(reference, ports))


def events_of(reference: str, ports: Ports) -> tuple[PreservationEvent, ...]:
    """Give the events of a delivery and its package, in order. Raises UnknownSubject, DamageFound."""
    package_id, delivery_id = ports.catalogue.find(reference)
    delivery = ports.catalogue.delivery(delivery_id)
    recorded = (event for one in line_of(delivery, ports) for event in ports.catalogue.events(one.id))
    later = later_events(package_id, delivery_id, ports.keeping(delivery))
    return (*recorded, *later)


def _told(event: PreservationEvent) -> TimelineEntry:
    return TimelineEntry(
        at=event.at,
        step=event.step,
        type=event.type,
        outcome=event.outcome,
        detail=event.detail,
        agents=tuple(" ".join(filter(None, (agent.name, agent.version))) for agent in event.agents),
    )
