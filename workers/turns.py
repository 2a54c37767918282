"""Whose turn it is: takes a delivery once at a time, and leaves it alone for a while after a fault.

Each attempt is written to the operations log before it begins, and so outlives a worker that the work kills. The more
often a delivery was attempted, the longer it rests, also after a restart; at last a person must act. What a delivery
has no part in, an outage of a store, the database or a full disk, neither counts nor grows. Finding that a delivery
still rests is no attempt: many workers that look at it do not make it rest longer.
"""

import logging
from dataclasses import replace
from threading import Event, Lock
from typing import Final

from ingest.bootstrap import Archive
from ingest.domain.decisions import is_over
from ingest.domain.deliveries import Delivery
from ingest.domain.standing import OUTAGES
from ingest.errors import (
    EarkivError,
    Exhausted,
    HandedBack,
    LeaseLost,
    PermanentError,
    TransientError,
    logged_of,
)
from ingest.pipeline.readings import Readings
from ingest.pipeline.runner import advance_under
from ingest.ports import Lease
from workers.schedule import LONGEST_SECONDS, Schedule

ATTEMPT: Final = "Attempt"
"""What stands in the operations log when an attempt begins."""
MOST_ATTEMPTS: Final = 50
"""After the first dozen, an attempt comes once an hour: this is about two days."""
NOT_IN_VAIN: Final = (*OUTAGES, HandedBack)
"""Ends of attempts that say nothing of the delivery."""
OUTAGE_SECONDS: Final = 20.0
"""How long a delivery rests at most that met an outage: the work goes on well within a minute after its end."""

logger = logging.getLogger(__name__)


class Turns:
    """Advances deliveries of one archive, from any of this process's threads."""

    def __init__(self, archive: Archive, schedule: Schedule) -> None:
        self._archive = archive
        self._schedule = schedule
        self._lock = Lock()
        self._under_way: set[str] = set()
        self._stopping = Event()

    def stop(self) -> None:
        """Take nothing more, and give back what is under way as soon as that can be done without loss."""
        self._stopping.set()

    def take(self, delivery_id: str) -> None:
        """Drive a delivery as far as it goes; do nothing when it is over, rests, or is another's.

        A fault of the machine is written to the operations log and not raised: the sweeper comes back to it.
        Raises EarkivError when the catalogue itself does not answer.
        """
        with self._lock:
            if delivery_id in self._under_way:
                return
            self._under_way.add(delivery_id)
        try:
            with self._schedule.turn(delivery_id):
                if not (self._schedule.rests(delivery_id) or self._stopping.is_set()):
                    self._take_alone(delivery_id)
        finally:
            self._under_way.discard(delivery_id)

    def _take_alone(self, delivery_id: str) -> None:
        catalogue = self._archive.ports.catalogue
        delivery = catalogue.delivery(delivery_id)
        if is_over(delivery):
            return
        begun = len(catalogue.logged(delivery_id, ATTEMPT))
        vain = self._in_vain(delivery_id, begun)
        left = rest_after(vain) - self._schedule.uptime
        if vain >= MOST_ATTEMPTS:
            told = {"delivery": delivery_id, "step": delivery.step, "attempts": vain}
            logger.error("a delivery was attempted too often in vain and waits for an operator", extra=told)
            self._schedule.rest(delivery_id, LONGEST_SECONDS)
            self._give_up(delivery, vain)
        elif left > 0:
            self._schedule.rest(delivery_id, left)
        elif lease := catalogue.acquire(delivery_id, self._archive.owner):
            self._begin(lease, delivery.step)
            self._attempt(lease, begun + 1, vain + 1)

    def _give_up(self, delivery: Delivery, vain: int) -> None:
        """Let the catalogue know, once: whoever looks for what waits for a person finds it there."""
        catalogue = self._archive.ports.catalogue
        known = catalogue.logged(delivery.id, Exhausted.__name__)
        lease = None if known else catalogue.acquire(delivery.id, self._archive.owner)
        if lease is not None:
            try:
                catalogue.log_attempt(lease, delivery.step, Exhausted.__name__, f"attempted {vain} times in vain")
            finally:
                catalogue.release(lease)

    def _in_vain(self, delivery_id: str, begun: int) -> int:
        """Count the attempts in vain; those that failed for a store or a database say nothing of the delivery."""
        if begun == 0:
            return 0
        logged = self._archive.ports.catalogue.logged
        return max(0, begun - sum(len(logged(delivery_id, fault.__name__)) for fault in NOT_IN_VAIN))

    def _begin(self, lease: Lease, step: str) -> None:
        try:
            self._archive.ports.catalogue.log_attempt(lease, step, ATTEMPT, "")
        except EarkivError:
            self._archive.ports.catalogue.release(lease)
            raise

    def _attempt(self, lease: Lease, nth: int, in_vain: int) -> None:
        """Drive it; when that fails it was the nth attempt, and the how manieth `in_vain` unless it was an outage."""
        delivery_id = lease.delivery
        # A memory for this turn alone: with a shared one, threads would make each other read anew at every step.
        ports = replace(self._archive.ports, readings=Readings(), is_stopping=self._stopping.is_set)
        try:
            advance_under(lease, ports)
        except LeaseLost:
            logger.info("a delivery was taken over by another worker", extra={"delivery": delivery_id})
        except HandedBack:
            logger.info("a delivery was handed back, since this process stops", extra={"delivery": delivery_id})
        except OUTAGES as fault:
            logger.warning("a delivery waits until the outage is over", extra=_told(lease, nth, fault))
            self._schedule.rest(delivery_id, min(rest_after(nth), OUTAGE_SECONDS))
        except TransientError as fault:
            logger.warning("a delivery is tried again later", extra=_told(lease, nth, fault))
            self._schedule.rest(delivery_id, rest_after(in_vain))
        except PermanentError as fault:
            logger.exception("a delivery waits until this is mended", extra=_told(lease, nth, fault))
            self._schedule.rest(delivery_id, LONGEST_SECONDS)


def _told(lease: Lease, nth: int, fault: EarkivError) -> dict[str, object]:
    return {"delivery": lease.delivery, "owner": lease.owner, "attempts": nth, **logged_of(fault)}


def rest_after(attempt: int) -> float:
    """Give the pause in seconds after the nth attempt in vain: 2, 4, 8 … up to an hour; before the first none."""
    if attempt < 1:
        return 0.0
    return min(2.0 ** min(attempt, 12), LONGEST_SECONDS)
