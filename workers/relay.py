"""Outbox to broker, and the sweep that makes a lost broker lose nothing."""

import logging
import time
from collections.abc import Callable
from threading import Event

from kombu.exceptions import OperationalError

from ingest.errors import TransientError
from ingest.pipeline.step import Ports

RELAY_SECONDS = 0.5
SWEEP_SECONDS = 30.0
BATCH = 500

logger = logging.getLogger(__name__)


def relay(ports: Ports, send: Callable[[str], None]) -> int:
    """Send what the outbox holds, then forget it: a kill in between doubles a message, which does no harm."""
    pending = ports.catalogue.pending(limit=BATCH)
    for _, delivery_id in pending:
        send(delivery_id)
    ports.catalogue.sent([row for row, _ in pending])
    return len(pending)


def sweep(ports: Ports, send: Callable[[str], None]) -> int:
    """Send every runnable delivery again: whatever message got lost, the catalogue knows what is left to do."""
    stranded = ports.catalogue.runnable()
    for delivery_id in stranded:
        send(delivery_id)
    return len(stranded)


def keep_relaying(ports: Ports, send: Callable[[str], None], stop: Event) -> None:
    """Relay and sweep until told to stop; a broker or catalogue that is away is tried again."""
    swept = float("-inf")
    while not stop.is_set():
        try:
            relay(ports, send)
            if time.monotonic() - swept >= SWEEP_SECONDS:
                sweep(ports, send)
                swept = time.monotonic()
        except (TransientError, OperationalError) as fault:
            logger.warning("relay waits: %s", fault)
        stop.wait(RELAY_SECONDS)
