"""Signs of life of this process, from a thread that calls nothing but the catalogue."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from ingest.errors import EarkivError, UnknownSubject, logged_of
from ingest.ports import DeliveryLedger, WorkerIdentity

BEAT_SECONDS = 5.0
"""Several beats fit into the patience that others have with a silent worker (30 s)."""

logger = logging.getLogger(__name__)


def new_owner() -> str:
    """Give a worker's name that no other process ever had."""
    return f"worker-{uuid.uuid4()}"


@contextmanager
def alive(ledger: DeliveryLedger, worker: WorkerIdentity) -> Iterator[None]:
    """Be known as a living worker within the `with` block; a catalogue that fails meanwhile is asked again."""
    ledger.enrol(worker)
    stop = Event()
    heart = Thread(target=keep_beating, args=(ledger, worker, stop), name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def keep_beating(ledger: DeliveryLedger, worker: WorkerIdentity, stop: Event) -> None:
    """Give a sign of life every `BEAT_SECONDS` until told to stop; enrols again a worker that was struck off."""
    while not stop.wait(BEAT_SECONDS):
        try:
            _beat(ledger, worker)
        except EarkivError as fault:
            # A missed beat is what the others' patience is for. Even a full disk must not end the heart: a worker
            # that is silent while it works is declared dead, and its work is taken from it.
            logger.warning("no sign of life given", extra={"owner": worker.owner, **logged_of(fault)})


def _beat(ledger: DeliveryLedger, worker: WorkerIdentity) -> None:
    try:
        ledger.beat(worker.owner)
    except UnknownSubject:
        # Struck off, as if dead, or the catalogue is another one now: who works must be known.
        logger.warning("a worker was struck off while alive, and enrols again", extra={"owner": worker.owner})
        ledger.enrol(worker)
