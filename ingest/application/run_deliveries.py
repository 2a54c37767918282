"""Work off what is waiting: the embedded runner, polling the same tables that Celery workers use."""

import time
from dataclasses import dataclass
from typing import Final

from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.errors import EarkivError, TransientError
from ingest.pipeline.runner import advance
from ingest.pipeline.step import Ports

PAUSE_SECONDS: Final = 0.05
"""How long to wait before asking again how far another worker has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A delivery that a machine fault has stopped; nothing of it is lost, and the next run goes on."""

    delivery: str
    error: EarkivError


def finish(delivery_id: str, owner: str, ports: Ports, attempts: int = 3) -> Delivery:
    """Drive one delivery until it is over, retrying what may be retried; a repeat leads to the first one's end.

    Waits while another living worker has it. Raises EarkivError when the machine stays broken at the last of
    `attempts` (from 1).
    """
    faults = 0
    while True:
        try:
            delivery = advance(delivery_id, owner, ports)
        except TransientError:
            faults += 1
            if faults >= attempts:
                raise
        else:
            if delivery is not None:
                return _answered(delivery, owner, ports)
            time.sleep(PAUSE_SECONDS)


def _answered(delivery: Delivery, owner: str, ports: Ports) -> Delivery:
    if delivery.state is DeliveryState.REPEATED and delivery.repeat_of:
        return finish(delivery.repeat_of, owner, ports)
    return delivery


def run_pending(owner: str, ports: Ports) -> tuple[Parked, ...]:
    """Drive everything that is runnable; a fault with one delivery does not stop the others."""
    ports.catalogue.sent([row for row, _ in ports.catalogue.pending(limit=1000)])
    parked = []
    for delivery_id in tuple(ports.catalogue.runnable()):
        try:
            finish(delivery_id, owner, ports)
        except EarkivError as error:
            parked.append(Parked(delivery=delivery_id, error=error))
    return tuple(parked)
