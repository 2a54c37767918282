"""Clear away what nobody will use again in staging, by exact keys, and say what it was (DESIGN §4).

A leftover is what a finished delivery left behind, what belongs to no delivery, or an upload that nobody went on with.
Everything of a delivery still to be decided stays. Quarantine is a store of its own, which only a person empties.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from ingest.application.submit_delivery import discard, taken_over
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

UPLOAD_PATIENCE: Final = timedelta(days=7)
"""How long an upload that was cut off is kept for whoever goes on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What lay in staging below a delivery's id; `delivery` and `age` are None where the catalogue knows none such."""

    owner: str
    delivery: Delivery | None
    age: timedelta | None
    keys: tuple[str, ...]


def collect_leftovers(
    owner: str, ports: Ports, now: datetime, older_than: timedelta = UPLOAD_PATIENCE
) -> tuple[Leftover, ...]:
    """Remove every leftover, uploads received more than `older_than` before `now`, and give what was removed.

    `owner` takes the lease of an upload before it is removed: one that somebody is landing right now stays, however
    old. No thread of that owner may be landing. Raises EarkivError; what was removed until then stays removed.
    """
    return (*_abandoned_uploads(owner, ports, now, older_than), *_ownerless(ports, now))


def unowned(ports: Ports) -> tuple[str, ...]:
    """List the delivery ids below which something lies in staging that the catalogue knows nothing of."""
    return tuple(owner for owner, _ in _staged(ports) if _known(owner, ports) is None)


def _abandoned_uploads(owner: str, ports: Ports, now: datetime, older_than: timedelta) -> Iterator[Leftover]:
    for upload in ports.catalogue.unfinished():
        age = now - upload.received_at
        if upload.state is not DeliveryState.UPLOADING or age <= older_than:
            continue
        # Listed and deleted under its lease: nobody adds to the upload in between.
        if taken_over(upload, owner, ports) is None:
            continue
        keys = tuple(ports.staging.keys(f"{upload.id}/"))
        discard(upload, ports)
        yield Leftover(owner=upload.id, delivery=upload, age=age, keys=keys)


def _ownerless(ports: Ports, now: datetime) -> Iterator[Leftover]:
    # The keys are listed first: a delivery has its row before its first key, so what has none now never gets one.
    for owner, keys in _staged(ports):
        delivery = _known(owner, ports)
        if delivery is None or delivery.is_final:
            ports.staging.delete(keys)
            age = None if delivery is None else now - delivery.received_at
            yield Leftover(owner=owner, delivery=delivery, age=age, keys=keys)


def _staged(ports: Ports) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give what lies in staging, by the delivery it is for; what was not put there by the archive is left out."""
    listed = groupby(ports.staging.keys(""), lambda key: key.partition("/")[0])
    return tuple((owner, tuple(keys)) for owner, keys in listed if _is_id(owner))


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _known(delivery_id: str, ports: Ports) -> Delivery | None:
    try:
        return ports.catalogue.delivery(delivery_id)
    except UnknownSubject:
        return None
