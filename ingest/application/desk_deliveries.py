"""Deliveries as a person at the desk looks them up: a list that goes on, and each one whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.application.consult_archive import receipt_of
from ingest.application.desk_timeline import ShownEvent, shown_events
from ingest.application.told_packages import package_document
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.lookups import DeliveryWish, ListedDelivery, Place
from ingest.domain.people import Deed, Person
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

ROWS = 50
"""So many rows a page of a list has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """Some deliveries, and where the list goes on; None where it has ended."""

    rows: tuple[ListedDelivery, ...]
    more: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDelivery:
    """A delivery with all that is known of it (`document`), what happened to it, and its receipt or note, if any."""

    delivery: Delivery
    document: Mapping[str, Any]
    events: tuple[ShownEvent, ...]
    receipt: Mapping[str, Any] | None


def list_deliveries(wish: DeliveryWish, person: Person, ports: Ports) -> DeliveryPage:
    """List deliveries, the last received first. Raises NotPermitted."""
    person.require(Deed.READ_DELIVERIES)
    rows = ports.catalogue.deliveries_wished(wish, ROWS + 1)
    last = rows[ROWS - 1].delivery if len(rows) > ROWS else None
    return DeliveryPage(rows=rows[:ROWS], more=Place(at=last.received_at, id=last.id) if last else None)


def held_deliveries(person: Person, ports: Ports, after: Place | None = None) -> DeliveryPage:
    """List deliveries that wait for a person, test deliveries too. Raises NotPermitted."""
    held = DeliveryWish(trials=frozenset({True, False}), states=frozenset({DeliveryState.HELD}), after=after)
    return list_deliveries(held, person, ports)


def show_delivery(delivery_id: str, person: Person, ports: Ports) -> ShownDelivery:
    """Give a delivery by the archive's own id. Raises NotPermitted, UnknownSubject, DamageFound."""
    person.require(Deed.READ_DELIVERIES)
    delivery = ports.catalogue.delivery(delivery_id)
    return ShownDelivery(
        delivery=delivery,
        document=package_document(delivery_id, ports),
        events=shown_events(delivery_id, ports),
        receipt=_receipt(delivery_id, ports),
    )


def show_receipt(delivery_id: str, person: Person, ports: Ports) -> Mapping[str, Any] | None:
    """Give a receipt or note, None before it is decided. Raises NotPermitted, UnknownSubject, DamageFound."""
    person.require(Deed.READ_DELIVERIES)
    return _receipt(ports.catalogue.delivery(delivery_id).id, ports)


def _receipt(delivery_id: str, ports: Ports) -> Mapping[str, Any] | None:
    try:
        return receipt_of(delivery_id, ports)
    except UnknownSubject:
        return None
