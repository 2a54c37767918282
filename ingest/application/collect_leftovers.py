"""Clear away what nobody will use again in staging, by exact keys, and say what it was (DESIGN §4).

A leftover is what a finished delivery left behind, or an upload that nobody went on with. Everything of a delivery
still to be decided stays. So does what belongs to no delivery that the catalogue knows: a catalogue that was rebuilt,
or put back from a backup, may have forgotten what was acknowledged. That is let go by a person alone, like quarantine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from ingest.application.handing_over import discard, taken_over
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

UPLOAD_PATIENCE: Final = timedelta(days=7)
"""How long an upload that was cut off is kept for whoever goes on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What lay in staging for a delivery, which was received `age` ago."""

    delivery: Delivery
    age: timedelta
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unowned:
    """What lies in staging below the id of a delivery that the catalogue does not know."""

    id: str
    keys: tuple[str, ...]


def collect_leftovers(
    owner: str, ports: Ports, now: datetime, older_than: timedelta = UPLOAD_PATIENCE
) -> tuple[Leftover, ...]:
    """Remove every leftover, uploads received more than `older_than` before `now`, and give what was removed.

    `owner` takes the lease of an upload before it is removed: one that somebody is landing right now stays, however
    old. No thread of that owner may be landing. Raises EarkivError; what was removed until then stays removed.
    """
    return (*_abandoned_uploads(owner, ports, now, older_than), *_finished(ports, now))


def unowned(ports: Ports) -> tuple[Unowned, ...]:
    """List what lies in staging for deliveries that the catalogue knows nothing of, by id."""
    # The keys are listed first: a delivery has its row before its first key, so what has none now never gets one.
    return tuple(Unowned(id=owner, keys=keys) for owner, keys in _staged(ports) if _known(owner, ports) is None)


def discard_unowned(delivery_id: str, ports: Ports) -> Unowned:
    """Delete what lies in staging for a delivery that the catalogue does not know, and say what it was.

    Raises UnknownSubject when there is nothing of that kind below the id.
    """
    for found in unowned(ports):
        if found.id == delivery_id:
            ports.staging.delete(found.keys)
            return found
    raise UnknownSubject(
        f"I staging ligger ingenting utan ägare under {delivery_id}.",
        f"Nothing without an owner lies in staging below {delivery_id}.",
    )


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
        yield Leftover(delivery=upload, age=age, keys=keys)


def _finished(ports: Ports, now: datetime) -> Iterator[Leftover]:
    for owner, keys in _staged(ports):
        delivery = _known(owner, ports)
        if delivery is not None and delivery.is_final:
            ports.staging.delete(keys)
            yield Leftover(delivery=delivery, age=now - delivery.received_at, keys=keys)


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
