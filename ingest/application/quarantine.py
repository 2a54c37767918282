"""Infected deliveries: what lies in quarantine, whose it is and for how long, and how a person discards it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from ingest.domain.deliveries import Delivery
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import Infected
from ingest.domain.provenance import Agent, AgentKind, EventType
from ingest.errors import UnknownSubject
from ingest.formats.wire import to_json
from ingest.pipeline.events import event
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports

_STEP = "discard_quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A delivery in quarantine: its age, its size in bytes, and what was found; `delivery` None = not in the catalogue.

    `found` are the names that the scanner gave; after a rebuild only the receipt's findings tell them.
    """

    id: str
    delivery: Delivery | None
    age: timedelta | None
    bytes: int
    found: tuple[str, ...]
    keys: tuple[str, ...]


def in_quarantine(ports: Ports, now: datetime) -> tuple[Quarantined, ...]:
    """List what lies in quarantine, by delivery id."""
    listed = groupby(ports.quarantine.keys(""), lambda key: key.partition("/")[0])
    return tuple(_quarantined(delivery_id, tuple(keys), ports, now) for delivery_id, keys in listed)


def discard_quarantined(delivery_id: str, reason: str, by: str, ports: Ports) -> Quarantined:
    """Delete a delivery's bytes from quarantine, with the reason and who gave it in the journal first.

    Raises UnknownSubject when nothing of that delivery lies there, or the catalogue does not know it.
    """
    now = ports.clock.now()
    found = [one for one in in_quarantine(ports, now) if one.id == delivery_id]
    if not found or found[0].delivery is None:
        raise UnknownSubject(
            f"I karantän ligger ingenting från leverans {delivery_id}.",
            f"Nothing of delivery {delivery_id} lies in quarantine.",
        )
    _journal(found[0].delivery, reason, by, now, ports.keeping(found[0].delivery))
    ports.quarantine.delete(found[0].keys)
    return found[0]


def _quarantined(delivery_id: str, keys: Sequence[str], ports: Ports, now: datetime) -> Quarantined:
    delivery = _known(delivery_id, ports)
    sizes = (ports.quarantine.stat(key) for key in keys)
    return Quarantined(
        id=delivery_id,
        delivery=delivery,
        age=None if delivery is None else now - delivery.received_at,
        bytes=sum(stored.size for stored in sizes if stored is not None),
        found=() if delivery is None else _found(delivery_id, ports),
        keys=tuple(keys),
    )


def _found(delivery_id: str, ports: Ports) -> tuple[str, ...]:
    scans = (examination.scan for examination in ports.catalogue.examinations(delivery_id))
    return tuple(dict.fromkeys(scan.name for scan in scans if isinstance(scan, Infected)))


def _known(delivery_id: str, ports: Ports) -> Delivery | None:
    try:
        return ports.catalogue.delivery(delivery_id)
    except UnknownSubject:
        return None


def _journal(delivery: Delivery, reason: str, by: str, at: datetime, ports: Ports) -> None:
    subject = Subject(kind=SubjectKind.DELIVERY, id=delivery.id)
    catch_up(ports, subject)
    discarded = event(
        delivery=delivery,
        step=_STEP,
        type=EventType.DELETION,
        at=at,
        detail=f"discarded from quarantine: {reason}",
        agents=(Agent(kind=AgentKind.PERSON, name=by),),
    )
    append(ports, next_slot(ports, subject, at), EntryType.QUARANTINE_EMPTIED, {"events": [to_json(discarded)]})
