"""Whose turn it is: takes a delivery once at a time, and leaves it alone for a while after a fault.

How often a delivery was taken is the fence of its lease, counted in the catalogue: it outlives a worker that the work
kills. The more often a delivery was taken, the longer it rests, also after a restart; at last a person must act. What a
delivery has no part in, an outage of a store, the database or a full disk, neither counts nor grows.
"""

import logging
from dataclasses import replace
from threading import Lock
from typing import Final

from ingest.bootstrap import Archive
from ingest.domain.decisions import is_over
from ingest.errors import (
    CatalogueUnavailable,
    EarkivError,
    LeaseLost,
    OutOfSpace,
    PermanentError,
    StoreUnavailable,
    TransientError,
)
from ingest.pipeline.readings import Readings
from ingest.pipeline.runner import advance
from ingest.ports import Lease
from workers.schedule import LONGEST_SECONDS, Schedule

GRANTS_PER_ATTEMPT: Final = 2
"""An attempt takes the lease here, to see how often that was done, and once more in the runner."""
MOST_ATTEMPTS: Final = 50
"""After the first dozen, an attempt comes once an hour: this is about two days."""
OUTAGES: Final = (StoreUnavailable, CatalogueUnavailable, OutOfSpace)
"""Faults that end by themselves or by an operator's hand, for all deliveries at once; none of these is the cause."""
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
                if not self._schedule.rests(delivery_id):
                    self._take_alone(delivery_id)
        finally:
            self._under_way.discard(delivery_id)

    def _take_alone(self, delivery_id: str) -> None:
        catalogue = self._archive.ports.catalogue
        if is_over(catalogue.delivery(delivery_id)):
            return
        lease = catalogue.acquire(delivery_id, self._archive.owner)
        if lease is None:
            return
        try:
            attempt = self._attempt_of(lease)
        except EarkivError:
            catalogue.release(lease)
            raise
        left = rest_after(attempt - 1) - self._schedule.uptime
        if attempt > MOST_ATTEMPTS or left > 0:
            catalogue.release(lease)
            self._put_off(delivery_id, attempt, left)
        else:
            self._attempt(lease, attempt)

    def _attempt_of(self, lease: Lease) -> int:
        """Count this attempt; those that failed for a store or a database say nothing of the delivery."""
        taken = lease.fence // GRANTS_PER_ATTEMPT
        if taken <= 1:
            return taken
        logged = self._archive.ports.catalogue.logged
        return max(1, taken - sum(len(logged(lease.delivery, outage.__name__)) for outage in OUTAGES))

    def _put_off(self, delivery_id: str, attempt: int, left: float) -> None:
        if attempt > MOST_ATTEMPTS:
            logger.error("delivery %s was taken %d times in vain and waits for an operator", delivery_id, attempt)
            left = LONGEST_SECONDS
        self._schedule.rest(delivery_id, left)

    def _attempt(self, lease: Lease, attempt: int) -> None:
        # A memory for this turn alone: with a shared one, threads would make each other read anew at every step.
        ports = replace(self._archive.ports, readings=Readings())
        try:
            advance(lease.delivery, self._archive.owner, ports)
        except LeaseLost:
            logger.info("delivery %s was taken over by another worker", lease.delivery)
        except OUTAGES as fault:
            told = (lease.delivery, fault.en, fault.remedy_en)
            logger.warning("delivery %s waits until the outage is over: %s %s", *told)
            self._schedule.rest(lease.delivery, min(rest_after(lease.fence // GRANTS_PER_ATTEMPT), OUTAGE_SECONDS))
        except TransientError as fault:
            logger.warning("delivery %s is tried again later: %s", lease.delivery, fault.en)
            self._schedule.rest(lease.delivery, rest_after(attempt))
        except PermanentError as fault:
            logger.exception("delivery %s waits until this is mended: %s %s", lease.delivery, fault.en, fault.remedy_en)
            self._schedule.rest(lease.delivery, LONGEST_SECONDS)


def rest_after(attempt: int) -> float:
    """Give the pause in seconds after the nth attempt in vain: 2, 4, 8 … up to an hour; before the first none."""
    if attempt < 1:
        return 0.0
    return min(2.0 ** min(attempt, 12), LONGEST_SECONDS)
