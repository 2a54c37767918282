"""What the archive tells of a delivery: where it is, and what has happened to it."""

from typing import Any, Final

from ingest.application.told_packages import timeline_document
from ingest.domain.decisions import is_over
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.pipeline.step import Ports

_STORED: Final = (DeliveryState.ARCHIVED, DeliveryState.TESTED)


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
        "test": delivery.is_trial,
        "dialect": delivery.dialect.value if delivery.dialect else None,
        "title": delivery.title,
        "agreement": {"id": delivery.agreement, "version": delivery.agreement_version},
        "package": delivery.package if delivery.state in _STORED else None,
        "repeatOf": delivery.repeat_of,
        "receivedAt": delivery.received_at.isoformat(),
        "queue": _ahead_of(delivery, ports),
    }


def _ahead_of(delivery: Delivery, ports: Ports) -> int | None:
    waiting = () if is_over(delivery) else ports.catalogue.runnable()
    return waiting.index(delivery.id) if delivery.id in waiting else None


def events_document(delivery_id: str, after: int, limit: int, ports: Ports) -> dict[str, Any]:
    """Give the events after the first `after`, at most `limit`; `next` goes on where this answer ends.

    Raises UnknownSubject.
    """
    page = timeline_document(delivery_id, ports)[after : after + limit]
    return {"events": [{"number": n, **told} for n, told in enumerate(page, after + 1)], "next": after + len(page)}
