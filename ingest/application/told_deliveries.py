"""What the archive tells of a delivery: where it is, and what has happened to it."""

from typing import Any, Final

from ingest.application.decide_held import question_in
from ingest.application.told_packages import timeline_document
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.keys import Caller
from ingest.domain.waiting import LATELY, expected_at
from ingest.pipeline.step import Ports

_STORED: Final = (DeliveryState.ARCHIVED, DeliveryState.TESTED)


def delivery_document(delivery: Delivery, caller: Caller, ports: Ports) -> dict[str, Any]:
    """Give a delivery as the API tells it; `queue` is how many have their turn before it, None unless it waits.

    A producer is told how many of its own, whoever sees every producer's how many of all. `expectedAt` is a coarse
    estimate, None when too little has been decided lately to make one. `question` is what a person at the archive
    asks of one that is held.
    """
    identity = delivery.identity
    place = None if delivery.is_final else ports.catalogue.place(delivery.id)
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
        "queue": place if caller.sees_all else ports.catalogue.place_among_own(delivery.id),
        "expectedAt": _expected(place, ports),
        "question": _question(delivery, ports),
    }


def _question(delivery: Delivery, ports: Ports) -> dict[str, str] | None:
    if delivery.state is not DeliveryState.HELD:
        return None
    asked = question_in(ports.catalogue.events(delivery.id))
    return None if asked is None else {"words": asked.words, "by": asked.by, "at": asked.at.isoformat()}


def _expected(place: int | None, ports: Ports) -> str | None:
    if place is None:
        return None
    expected = expected_at(place, ports.catalogue.decided_lately(LATELY), ports.clock.now())
    return expected.isoformat() if expected else None


def events_document(delivery_id: str, after: int, limit: int, ports: Ports) -> dict[str, Any]:
    """Give the events after the first `after`, at most `limit`; `next` goes on where this answer ends.

    Raises UnknownSubject.
    """
    page = timeline_document(delivery_id, ports)[after : after + limit]
    return {"events": [{"number": n, **told} for n, told in enumerate(page, after + 1)], "next": after + len(page)}
