"""The relay, the only place that sends a message, and the sweep that makes a lost broker lose nothing."""

import logging
from itertools import islice
from threading import Event
from typing import Final, Protocol

from kombu.exceptions import OperationalError

from ingest.errors import EarkivError, logged_of
from ingest.ports import Catalogue
from workers.schedule import Schedule

ROUND_SECONDS: Final = 0.5
ROUNDS_PER_SWEEP: Final = 10
BATCH: Final = 500
ENOUGH: Final = 64
"""Messages that are under way at most, however much waits: more than all workers take in one round."""

logger = logging.getLogger(__name__)


class Messages(Protocol):
    """The messages on their way to workers. Raises kombu's OperationalError while the broker is away."""

    def send(self, delivery_id: str) -> object:
        """Send "advance delivery D"."""

    def waiting(self) -> int:
        """Say how many messages no worker has taken yet, about."""


class Relay:
    """Keeps as many messages under way as there is work for, and no more than are soon taken.

    A message calls a worker, which takes the delivery whose turn it is (`workers.turns`): how many there are counts,
    not which delivery they name.
    """

    def __init__(self, catalogue: Catalogue, schedule: Schedule, messages: Messages) -> None:
        self._catalogue = catalogue
        self._schedule = schedule
        self._messages = messages
        self._more_waits = False

    def hand_on(self) -> int:
        """Sweep when the outbox calls; it is emptied first, for after a kill in between the next sweep does it."""
        pending = self._catalogue.pending(limit=BATCH)
        if not pending:
            return self.sweep() if self._more_waits else 0
        self._catalogue.sent([row for row, _ in pending])
        return self.sweep()

    def sweep(self) -> int:
        """Send for what is runnable and does not rest, unless messages enough for it are under way."""
        self._more_waits = False
        if self._schedule.waits:
            return 0
        under_way = self._messages.waiting()
        if under_way < ENOUGH:
            runnable = self._catalogue.runnable()
            due = tuple(islice((one for one in runnable if not self._schedule.rests(one)), ENOUGH))
            for delivery_id in due[under_way:]:
                self._messages.send(delivery_id)
            self._more_waits = len(due) == ENOUGH
            return len(due[under_way:])
        self._more_waits = True
        return 0

    def keep_on(self, stop: Event) -> None:
        """Hand on and sweep until told to stop; whatever goes wrong is logged, and tried again."""
        rounds = 0
        while not stop.is_set():
            try:
                self._round(rounds)
            except Exception:
                # The outermost loop of a thread that nobody waits for: what ended it would leave a worker that looks
                # well and is sent nothing. Even a fault of ours is better told every round than that.
                logger.exception("this round of sending failed")
            rounds += 1
            stop.wait(ROUND_SECONDS)

    def _round(self, number: int) -> None:
        try:
            self.hand_on()
            if number % ROUNDS_PER_SWEEP == 0:
                self.sweep()
        except (EarkivError, OperationalError) as fault:
            logger.warning("nothing can be sent right now", extra=logged_of(fault))
