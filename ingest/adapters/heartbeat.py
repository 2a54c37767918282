"""Signs of life of this process, from a thread that calls nothing but the catalogue."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from ingest.errors import TransientError
from ingest.ports import DeliveryLedger, WorkerIdentity

BEAT_SECONDS = 5.0
"""Several beats fit into the patience that others have with a silent worker (30 s)."""

logger = logging.getLogger(__name__)


def new_owner() -> str:
    """Give a worker's name that no other process ever had."""
    return f"worker-{uuid.uuid4()}"


@contextmanager
def alive(ledger: DeliveryLedger, worker: WorkerIdentity) -> Iterator[None]:
    """Be known as a living worker within the `with` block."""
    ledger.enrol(worker)
    stop = Event()
    heart = Thread(target=_beat, args=(ledger, worker.owner, stop), name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _beat(ledger: DeliveryLedger, owner: str, stop: Event) -> None:
    while not stop.wait(BEAT_SECONDS):
        try:
            ledger.beat(owner)
        except TransientError as fault:
            # A missed beat is what the others' patience is for.
            logger.warning("no sign of life given: %s", fault)
