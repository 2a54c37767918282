"""Takes the delivery whose turn it is, each once at a time, and leaves one alone for a while after a fault.

Each attempt is written to the operations log before it begins, and so outlives a worker that the work kills. The more
often a delivery was attempted, the longer it rests, also after a restart; at last a person must act. What a delivery
has no part in, an outage of a store, the database or a full disk, neither counts nor grows: while it lasts, a worker
tries one delivery now and then, and lets the others wait. Finding that a delivery still rests is no attempt: many
workers that look at it do not make it rest longer.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Event, Lock
from typing import Final

from ingest.application.attempts import ATTEMPT, attempts_begun, attempts_in_vain
from ingest.bootstrap import Archive
from ingest.domain.decisions import is_over
from ingest.domain.deliveries import Delivery
from ingest.domain.standing import OUTAGES
from ingest.errors import (
    DamageFound,
    EarkivError,
    Exhausted,
    HandedBack,
    LeaseLost,
    PermanentError,
    TransientError,
    UnknownSubject,
    logged_of,
)
from ingest.pipeline.readings import Readings
from ingest.pipeline.runner import advance_under
from ingest.ports import Lease
from workers.schedule import LONGEST_SECONDS, OUTAGE_SECONDS, Schedule

MOST_ATTEMPTS: Final = 50
"""After the first dozen, an attempt comes once an hour: this is about two days."""
SLICE_SECONDS: Final = 30.0
"""After so long a delivery makes way for another producer's that waits, between two batches."""

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

    def take(self) -> None:
        """Drive the delivery whose turn it is as far as it goes; nothing when none is due, or during an outage.

        A fault of the machine is written to the operations log and not raised: the sweeper comes back to it.
        Raises EarkivError when the catalogue itself does not answer.
        """
        if not (self._schedule.waits or self._stopping.is_set()):
            any(self._took(delivery_id) for delivery_id in self._archive.ports.catalogue.runnable())

    def _took(self, delivery_id: str) -> bool:
        """Take a delivery; False when it rests, is over, or is another's: then the next one may be taken."""
        with self._alone(delivery_id) as alone:
            return alone and not self._schedule.rests(delivery_id) and self._took_alone(delivery_id)

    @contextmanager
    def _alone(self, delivery_id: str) -> Iterator[bool]:
        """Say whether no other thread of this process is at that delivery, nor will be in the `with` block."""
        with self._lock:
            alone = delivery_id not in self._under_way
            self._under_way.add(delivery_id)
        try:
            yield alone
        finally:
            if alone:
                self._under_way.discard(delivery_id)

    def _took_alone(self, delivery_id: str) -> bool:
        catalogue = self._archive.ports.catalogue
        delivery = self._readable(delivery_id)
        if delivery is None or is_over(delivery):
            return False
        begun = attempts_begun(delivery_id, catalogue)
        vain = attempts_in_vain(delivery_id, begun, catalogue)
        if self._must_rest(delivery, begun, vain):
            return False
        lease = catalogue.acquire(delivery_id, self._archive.owner)
        if lease is None:
            return False
        self._begin(lease, delivery.step)
        self._attempt(lease, begun + 1, vain + 1)
        return True

    def _readable(self, delivery_id: str) -> Delivery | None:
        """Read a delivery; one that is damaged or gone rests, and the others go on."""
        try:
            return self._archive.ports.catalogue.delivery(delivery_id)
        except (DamageFound, UnknownSubject) as fault:
            told = {"delivery": delivery_id, **logged_of(fault)}
            logger.exception("a delivery cannot be read, and waits until this is mended", extra=told)
            self._schedule.rest(delivery_id, LONGEST_SECONDS)
            return None

    def _must_rest(self, delivery: Delivery, begun: int, vain: int) -> bool:
        left = rest_after(vain) - self._schedule.uptime
        if vain >= MOST_ATTEMPTS:
            told = {"delivery": delivery.id, "step": delivery.step, "attempts": vain}
            logger.error("a delivery was attempted too often in vain and waits for an operator", extra=told)
            left = LONGEST_SECONDS
            self._give_up(delivery, begun)
        if left > 0:
            self._schedule.rest(delivery.id, left)
        return left > 0

    def _give_up(self, delivery: Delivery, begun: int) -> None:
        """Let the catalogue know, once: whoever looks for what waits for a person finds it there."""
        catalogue = self._archive.ports.catalogue
        is_known = catalogue.logged(delivery.id, Exhausted.__name__)[-1:] == (str(begun),)
        lease = None if is_known else catalogue.acquire(delivery.id, self._archive.owner)
        if lease is not None:
            try:
                catalogue.log_attempt(lease, delivery.step, Exhausted.__name__, str(begun))
            finally:
                catalogue.release(lease)

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
        ports = replace(self._archive.ports, readings=Readings(), is_stopping=self._stops_at(delivery_id))
        try:
            advance_under(lease, ports)
            self._schedule.met_none()
        except LeaseLost:
            logger.info("a delivery was taken over by another worker", extra={"delivery": delivery_id})
        except HandedBack:
            logger.info("a delivery was handed back", extra={"delivery": delivery_id})
            if not self._stopping.is_set():
                with suppress(EarkivError):
                    self._archive.ports.catalogue.make_way(delivery_id)
        except OUTAGES as fault:
            logger.warning("a delivery waits until the outage is over", extra=_told(lease, nth, fault))
            self._wait_out(delivery_id, nth)
        except TransientError as fault:
            logger.warning("a delivery is tried again later", extra=_told(lease, nth, fault))
            self._let_pass(delivery_id, rest_after(in_vain))
        except PermanentError as fault:
            logger.exception("a delivery waits until this is mended", extra=_told(lease, nth, fault))
            self._let_pass(delivery_id, LONGEST_SECONDS)

    def _stops_at(self, delivery_id: str) -> Callable[[], bool]:
        """Give what tells when to hand a delivery back: this process stops, or it has had its time and others wait."""
        time = self._schedule.slice_of(SLICE_SECONDS)
        return lambda: self._stopping.is_set() or (time.is_used_up() and self._others_wait(delivery_id))

    def _others_wait(self, delivery_id: str) -> bool:
        """Whether the turn of another producer's delivery has come; those of the same producer never come before."""
        catalogue = self._archive.ports.catalogue
        taken = {delivery_id, *self._under_way}
        due = (one for one in catalogue.runnable() if one not in taken and not self._schedule.rests(one))
        first = next(due, None)
        return first is not None and catalogue.has_come(first)

    def _wait_out(self, delivery_id: str, nth: int) -> None:
        self._schedule.met_outage()
        self._let_pass(delivery_id, min(rest_after(nth), OUTAGE_SECONDS))

    def _let_pass(self, delivery_id: str, seconds: float) -> None:
        """Let it rest, and its producer's others go first: it may be the only one that has to wait.

        Where all of them have to, their turns have not come for that: whoever sends meanwhile stands before them.
        """
        self._schedule.rest(delivery_id, seconds)
        with suppress(EarkivError):
            self._archive.ports.catalogue.step_back(delivery_id)


def _told(lease: Lease, nth: int, fault: EarkivError) -> dict[str, object]:
    return {"delivery": lease.delivery, "owner": lease.owner, "attempts": nth, **logged_of(fault)}


def rest_after(attempt: int) -> float:
    """Give the pause in seconds after the nth attempt in vain: 2, 4, 8 … up to an hour; before the first none."""
    if attempt < 1:
        return 0.0
    return min(2.0 ** min(attempt, 12), LONGEST_SECONDS)
