"""The embedded runner: threads that take deliveries from the same tables as Celery's workers (DESIGN §6)."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Thread
from typing import Final

from ingest.bootstrap import Archive
from ingest.errors import EarkivError, logged_of
from workers.relay import Relay
from workers.schedule import Schedule
from workers.turns import Turns
from workers.webhooks import Courier

THREADS: Final = 2
"""Deliveries that are worked on at the same time; the heavy work of each is spread over processes."""
STOP_SECONDS: Final = 25.0
"""How long a stop waits for what is under way; what is cut off then goes on at the next start."""

logger = logging.getLogger(__name__)


@contextmanager
def running(archive: Archive) -> Iterator["Runner"]:
    """Work off what is waiting for as long as the `with` block lasts."""
    runner = Runner(archive)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


class Calls:
    """Messages within this process; None ends the thread that takes it."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[str | None] = SimpleQueue()

    def send(self, delivery_id: str | None) -> None:
        """Call a thread, or end it."""
        self._queue.put(delivery_id)

    def waiting(self) -> int:
        """Say how many calls no thread has taken yet."""
        return self._queue.qsize()

    def next(self) -> str | None:
        """Wait for a call."""
        return self._queue.get()


class Runner:
    """A thread that relays and sweeps, threads that it calls, and one that tells producers."""

    def __init__(self, archive: Archive) -> None:
        """Prepare; nothing runs yet."""
        schedule = Schedule(time.monotonic)
        self._calls = Calls()
        self._turns = Turns(archive, schedule)
        self._stopping = Event()
        relay = Relay(archive.ports.catalogue, schedule, self._calls)
        self._relay = Thread(target=relay.keep_on, args=(self._stopping,), name="relay", daemon=True)
        courier = Courier(archive)
        self._courier = Thread(target=courier.keep_on, args=(self._stopping,), name="courier", daemon=True)
        self._takers = [Thread(target=self._take, name=f"runner-{n}", daemon=True) for n in range(THREADS)]

    def start(self) -> None:
        """Start working."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Take nothing new, and wait a while until what is under way is handed back between two steps or batches."""
        self._stopping.set()
        self._turns.stop()
        for _ in self._takers:
            self._calls.send(None)
        deadline = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    @property
    def is_working(self) -> bool:
        """Whether every thread is at work."""
        return all(thread.is_alive() for thread in self._threads)

    @property
    def _threads(self) -> tuple[Thread, ...]:
        return (self._relay, self._courier, *self._takers)

    def _take(self) -> None:
        while self._calls.next() is not None:
            if self._stopping.is_set():
                return
            try:
                self._turns.take()
            except EarkivError as fault:
                logger.warning("no delivery can be taken right now", extra=logged_of(fault))
            except Exception:
                # A thread that ended here would leave deliveries that nobody takes.
                logger.exception("a delivery met a fault of the program")
