"""Outbox to broker, and the sweep that makes a lost broker lose nothing."""

import logging
from collections.abc import Callable
from threading import Event
from typing import Final

from kombu.exceptions import OperationalError

from ingest.errors import EarkivError, logged_of
from ingest.ports import Catalogue
from workers.schedule import Schedule

ROUND_SECONDS: Final = 0.5
ROUNDS_PER_SWEEP: Final = 10
BATCH: Final = 500

logger = logging.getLogger(__name__)


class Relay:
    """Sends "advance delivery D" for all that the catalogue knows is to be done."""

    def __init__(self, catalogue: Catalogue, schedule: Schedule, send: Callable[[str], object]) -> None:
        self._catalogue = catalogue
        self._schedule = schedule
        self._send = send

    def hand_on(self) -> int:
        """Send what the outbox holds, then forget it: a kill in between doubles a message, which does no harm."""
        pending = self._catalogue.pending(limit=BATCH)
        for _, delivery_id in pending:
            self._send(delivery_id)
            self._schedule.sent(delivery_id)
        if pending:
            self._catalogue.sent([row for row, _ in pending])
        return len(pending)

    def sweep(self) -> int:
        """Send every runnable delivery that is due: whatever was lost, the catalogue knows what is left to do."""
        runnable = self._catalogue.runnable()
        due = [delivery_id for delivery_id in runnable if self._schedule.is_due(delivery_id)]
        for delivery_id in due:
            self._send(delivery_id)
            self._schedule.sent_again(delivery_id)
        self._schedule.keep(frozenset(runnable))
        return len(due)

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
