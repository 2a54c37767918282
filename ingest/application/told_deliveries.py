"""What the archive tells of a delivery: where it is, and what has happened to it."""

from dataclasses import asdict
from typing import Any

from ingest.application.consult_archive import timeline_of
from ingest.domain.deliveries import Delivery
from ingest.pipeline.step import Ports


def delivery_document(delivery: Delivery, ports: Ports) -> dict[str, Any]:
    """Give a delivery as the API tells it; `queue` is how many came before it, None once nothing waits."""
    identity = delivery.identity
    return {
        "id": delivery.id,
        "delivery": identity.delivery if identity else None,
        "status": delivery.state.value,
        "step": delivery.step or None,
        "attempt": delivery.attempt,
        "recordStatus": delivery.record_status.value,
        "dialect": delivery.dialect.value if delivery.dialect else None,
        "title": delivery.title,
        "agreement": {"id": delivery.agreement, "version": delivery.agreement_version},
        "package": delivery.package if delivery.state.value == "archived" else None,
        "repeatOf": delivery.repeat_of,
        "receivedAt": delivery.received_at.isoformat(),
        "queue": _ahead_of(delivery, ports),
    }


def _ahead_of(delivery: Delivery, ports: Ports) -> int | None:
    waiting = ports.catalogue.runnable()
    return waiting.index(delivery.id) if delivery.id in waiting else None


def events_document(delivery_id: str, after: int, limit: int, ports: Ports) -> dict[str, Any]:
    """Give the events after the first `after`, at most `limit`; `next` goes on where this answer ends.

    Raises UnknownSubject.
    """
    told = timeline_of(delivery_id, ports)
    page = told[after : after + limit]
    events = [{"number": n, **asdict(entry), "at": entry.at.isoformat()} for n, entry in enumerate(page, after + 1)]
    return {"events": events, "next": after + len(page)}
