"""When a delivery may be sent or taken again: this worker's memory, in seconds of its own monotonic clock.

Losing it is harmless: a new worker sends and takes once too often. What must survive a kill, how often a delivery was
taken, is counted in the catalogue (`workers.turns`).
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

RESEND_SECONDS: Final = 40.0
"""A single message that vanished comes again within a minute, whatever else there is to do."""
LONGEST_SECONDS: Final = 3600.0
QUIET_SECONDS: Final = 15.0
"""How long a worker that has nothing to do waits for an answer: its queue must be empty.

It does not grow with the wait: however often messages vanished before, work goes on soon after they no longer do.
"""


class Schedule:
    """Which deliveries rest after a fault, and for which a message is believed to be under way."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._started = monotonic()
        self._resting: dict[str, float] = {}
        self._sent: dict[str, tuple[float, float]] = {}
        self._lock = Lock()
        self._turns = 0
        self._last_turn = self._started

    @property
    def uptime(self) -> float:
        """How long this worker has been at work."""
        return self._monotonic() - self._started

    def rest(self, delivery_id: str, seconds: float) -> None:
        """Let a delivery rest; when it has rested, it is due at once."""
        self._resting[delivery_id] = self._monotonic() + seconds
        self._sent.pop(delivery_id, None)

    def rests(self, delivery_id: str) -> bool:
        """Whether a delivery is to be left alone for now."""
        return self._resting.get(delivery_id, 0.0) > self._monotonic()

    def sent(self, delivery_id: str) -> None:
        """Remember that a first message was sent for what is to be done now."""
        self._believe(delivery_id, RESEND_SECONDS)

    def sent_again(self, delivery_id: str) -> None:
        """Remember that a message was sent by the sweep; each time one remains unanswered, the wait doubles."""
        _, before = self._sent.get(delivery_id, (0.0, RESEND_SECONDS / 2))
        self._believe(delivery_id, min(2 * before, LONGEST_SECONDS))

    def _believe(self, delivery_id: str, wait: float) -> None:
        self._sent[delivery_id] = (self._monotonic(), wait)

    @contextmanager
    def turn(self, delivery_id: str) -> Iterator[None]:
        """Know that this worker is busy; the message that was under way has come."""
        self._sent.pop(delivery_id, None)
        with self._lock:
            self._turns += 1
        try:
            yield
        finally:
            with self._lock:
                self._turns -= 1
                self._last_turn = self._monotonic()

    def is_due(self, delivery_id: str) -> bool:
        """Whether a runnable delivery should be sent: it does not rest, and no message is believed under way."""
        return not self._is_believed(delivery_id) and not self.rests(delivery_id)

    def _is_believed(self, delivery_id: str) -> bool:
        if delivery_id not in self._sent:
            return False
        sent_at, wait = self._sent[delivery_id]
        now = self._monotonic()
        if self._turns == 0 and now - max(sent_at, self._last_turn) >= QUIET_SECONDS:
            return False
        return now - sent_at < wait

    def keep(self, runnable: Collection[str]) -> None:
        """Forget what is past, except about deliveries that still wait."""
        now = self._monotonic()
        for delivery_id, until in tuple(self._resting.items()):
            if until <= now and delivery_id not in runnable:
                self._resting.pop(delivery_id, None)
        for delivery_id, (sent_at, wait) in tuple(self._sent.items()):
            if now - sent_at >= wait and delivery_id not in runnable:
                self._sent.pop(delivery_id, None)
