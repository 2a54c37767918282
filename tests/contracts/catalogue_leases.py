"""What a catalogue promises of leases: one holder at a time, fences that grow, and no waiting for the dead."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.adapters.sql.processes import worker_here
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import DeliveryState, moved
from ingest.errors import LeaseLost, UnknownSubject
from ingest.ports import Catalogue, Lease, WorkerIdentity
from tests.contracts.catalogue_values import (
    OWNER,
    RECEIVE,
    Opening,
    examined,
    number,
    received,
    staged,
    upload,
)

HERE = Path(__file__).parent
PATIENCE = 10.0
ELSEWHERE = WorkerIdentity(owner="elsewhere", boot_id=f"{worker_here('').boot_id}-ns", pid=1, started="1")
"""A worker whose process cannot be seen from here: a container beside this one."""


class Stopwatch:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def other_process(address: str, delivery: str, owner: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another worker and the fence it was granted."""
    command = [sys.executable, str(HERE / "acquire_and_wait.py"), address, delivery, owner]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        try:
            yield worker, int(worker.stdout.readline())
        finally:
            worker.kill()


class LeasesContract:
    """Part of the catalogue's contract; the whole gives `catalogue`, `stopwatch`, `address` and `opening`."""

    def test_a_lease_is_one_owners_until_it_is_given_back(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        catalogue.enrol(worker_here(OWNER))
        lease = catalogue.acquire(number("a"), OWNER)
        assert lease == Lease(delivery=number("a"), owner=OWNER, fence=1)
        assert catalogue.acquire(number("a"), "other") is None
        catalogue.release(lease)
        catalogue.release(lease)
        assert catalogue.acquire(number("a"), "other") == Lease(delivery=number("a"), owner="other", fence=2)

    def test_only_the_newest_grant_is_held_and_only_until_it_is_given_back(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        first = catalogue.acquire(number("a"), OWNER)
        second = catalogue.acquire(number("a"), OWNER)
        assert first is not None
        assert second is not None
        assert not catalogue.holds(first)
        assert catalogue.holds(second)
        catalogue.release(second)
        assert not catalogue.holds(second)

    def test_the_same_owner_gets_it_anew_and_outdates_itself(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        first = catalogue.acquire(number("a"), OWNER)
        second = catalogue.acquire(number("a"), OWNER)
        assert first is not None
        assert second == replace(first, fence=2)
        catalogue.release(first)
        assert catalogue.acquire(number("a"), "other") is None

    def test_there_is_no_lease_on_what_does_not_exist(self, catalogue: Catalogue) -> None:
        with pytest.raises(UnknownSubject):
            catalogue.acquire(number("a"), OWNER)

    def test_an_outdated_fence_writes_nothing(self, catalogue: Catalogue) -> None:
        delivery, outdated = received(catalogue)
        catalogue.add_staged(delivery.id, [staged(1)])
        lease = catalogue.acquire(delivery.id, OWNER)
        after = moved(delivery, DeliveryState.CHECKING, "examine_objects")
        writes: tuple[Callable[[], object], ...] = (
            lambda: catalogue.commit(outdated, Transition(before=delivery, after=after)),
            lambda: catalogue.commit_decision(outdated, RECEIVE, 2, "{}"),
            lambda: catalogue.revoke_decision(outdated, RECEIVE, 2),
            lambda: catalogue.record_examinations(outdated, [examined(1)]),
        )
        for write in writes:
            with pytest.raises(LeaseLost):
                write()
        assert catalogue.delivery(delivery.id) == delivery
        assert catalogue.examinations(delivery.id) == ()
        assert lease is not None
        catalogue.commit(lease, Transition(before=delivery, after=after))

    def test_a_lease_given_back_writes_nothing(self, catalogue: Catalogue) -> None:
        _, lease = received(catalogue)
        catalogue.release(lease)
        with pytest.raises(LeaseLost):
            catalogue.commit_decision(lease, RECEIVE, 2, "{}")

    def test_a_worker_lives_as_long_as_its_heart_beats(self, catalogue: Catalogue, stopwatch: Stopwatch) -> None:
        assert catalogue.living() == ()
        catalogue.enrol(ELSEWHERE)
        assert catalogue.living() == (ELSEWHERE.owner,)
        for _ in range(3):
            stopwatch.seconds += PATIENCE - 1
            catalogue.beat(ELSEWHERE.owner)
            assert catalogue.living() == (ELSEWHERE.owner,)
        stopwatch.seconds += PATIENCE
        assert catalogue.living() == ()

    def test_of_many_threads_one_gets_the_lease(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        owners = [f"thread {n}" for n in range(8)]
        for owner in owners:
            catalogue.enrol(worker_here(owner))
        with ThreadPoolExecutor(len(owners)) as threads:
            leases = list(threads.map(lambda owner: catalogue.acquire(number("a"), owner), owners))
        assert [lease.fence for lease in leases if lease] == [1]

    def test_a_killed_process_holds_nothing_back(self, catalogue: Catalogue, address: str) -> None:
        delivery, lease = received(catalogue)
        catalogue.release(lease)
        catalogue.enrol(worker_here("here"))
        with other_process(address, delivery.id, "there") as (worker, fence):
            assert fence == lease.fence + 1
            assert catalogue.acquire(delivery.id, "here") is None
            assert tuple(catalogue.runnable()) == ()
            worker.kill()
            worker.wait()
            assert tuple(catalogue.runnable()) == (delivery.id,)
            taken = catalogue.acquire(delivery.id, "here")
            assert taken is not None
            assert taken.fence == fence + 1

    def test_of_two_processes_one_gets_the_lease(self, catalogue: Catalogue, address: str) -> None:
        catalogue.open_upload(upload())
        with (
            other_process(address, number("a"), "one") as (_, first),
            other_process(address, number("a"), "two") as (_, second),
        ):
            assert sorted([first, second]) == [0, 1]

    def test_a_process_number_that_went_to_another_does_not_live(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        catalogue.enrol(replace(worker_here("before"), started="1"))
        catalogue.acquire(number("a"), "before")
        assert catalogue.acquire(number("a"), OWNER) is not None

    @pytest.mark.parametrize("enrolled", [(ELSEWHERE,), ()])
    def test_a_silent_worker_out_of_sight_is_waited_for_and_then_given_up(
        self, catalogue: Catalogue, stopwatch: Stopwatch, enrolled: tuple[WorkerIdentity, ...]
    ) -> None:
        delivery, lease = received(catalogue)
        catalogue.release(lease)
        for worker in enrolled:
            catalogue.enrol(worker)
        catalogue.acquire(delivery.id, ELSEWHERE.owner)
        assert catalogue.acquire(delivery.id, OWNER) is None
        stopwatch.seconds = PATIENCE - 0.1
        assert tuple(catalogue.runnable()) == ()
        stopwatch.seconds = PATIENCE
        assert tuple(catalogue.runnable()) == (delivery.id,)
        assert catalogue.acquire(delivery.id, OWNER) is not None

    def test_a_beating_worker_is_alive(self, catalogue: Catalogue, stopwatch: Stopwatch) -> None:
        catalogue.open_upload(upload())
        catalogue.enrol(ELSEWHERE)
        catalogue.acquire(number("a"), ELSEWHERE.owner)
        for _ in range(5):
            stopwatch.seconds += PATIENCE - 0.1
            catalogue.beat(ELSEWHERE.owner)
            assert catalogue.acquire(number("a"), OWNER) is None

    def test_whoever_is_not_enrolled_cannot_beat(self, catalogue: Catalogue) -> None:
        with pytest.raises(UnknownSubject):
            catalogue.beat("nobody")

    def test_enrolling_again_is_a_sign_of_life(self, catalogue: Catalogue, stopwatch: Stopwatch) -> None:
        catalogue.open_upload(upload())
        catalogue.enrol(ELSEWHERE)
        catalogue.acquire(number("a"), ELSEWHERE.owner)
        assert catalogue.acquire(number("a"), OWNER) is None
        catalogue.enrol(ELSEWHERE)
        stopwatch.seconds = PATIENCE
        assert catalogue.acquire(number("a"), OWNER) is None

    def test_another_opening_sees_the_same_leases(self, catalogue: Catalogue, opening: Opening) -> None:
        catalogue.open_upload(upload())
        catalogue.enrol(worker_here(OWNER))
        catalogue.acquire(number("a"), OWNER)
        assert opening().acquire(number("a"), "other") is None

    def test_work_is_what_is_neither_over_nor_waiting_for_anybody(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload("uploading"))
        for minute, state in enumerate(DeliveryState):
            if state is not DeliveryState.UPLOADING:
                delivery = replace(upload(state, minute=-minute), state=state, version=2)
                catalogue.restore(delivery, (), (), ())
        expected = (DeliveryState.PRESERVING, DeliveryState.CHECKING, DeliveryState.RECEIVED)
        assert tuple(catalogue.runnable()) == tuple(number(state) for state in expected)
