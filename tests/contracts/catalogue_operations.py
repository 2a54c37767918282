"""What a catalogue promises an operator: what was counted is exact, and it knows what every open delivery waits for."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ingest.adapters.sql.processes import worker_here
from ingest.domain.canaries import CANARY
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, SourceContainer, moved
from ingest.domain.submissions import RecordStatus
from ingest.domain.tallies import Counted, Tally
from ingest.errors import LeaseLost
from ingest.ports import Catalogue, Lease
from tests.contracts.catalogue_leases import ELSEWHERE, PATIENCE, Stopwatch
from tests.contracts.catalogue_values import (
    OWNER,
    RECEIVE,
    Opening,
    finding,
    identified,
    number,
    received,
    staged,
    upload,
)

EXAMINE = "examine_objects"


def counted(catalogue: Catalogue, what: Counted) -> dict[str, tuple[int, int]]:
    return {tally.label: (tally.count, tally.amount) for tally in catalogue.tallies() if tally.counted is what}


def step(catalogue: Catalogue, before: Delivery, lease: Lease, to: DeliveryState, seconds: float = 0.0) -> Delivery:
    after = moved(before, to, EXAMINE)
    catalogue.commit(lease, Transition(before=before, after=after, seconds=seconds))
    return after


class OperationsContract:
    """Part of the catalogue's contract; the whole gives `catalogue`, `stopwatch` and `opening`."""

    def test_a_new_catalogue_has_counted_nothing(self, catalogue: Catalogue) -> None:
        assert catalogue.tallies() == ()
        assert catalogue.open_work() == ()
        assert catalogue.messages() == 0
        assert catalogue.living_workers() == 0

    def test_a_step_is_counted_by_the_time_it_took_and_one_that_was_not_committed_is_not(
        self, catalogue: Catalogue
    ) -> None:
        before, outdated = received(catalogue)
        lease = catalogue.acquire(before.id, OWNER)
        assert lease is not None
        with pytest.raises(LeaseLost):
            step(catalogue, before, outdated, DeliveryState.CHECKING, 7.0)
        checking = step(catalogue, before, lease, DeliveryState.CHECKING, 0.25)
        step(catalogue, checking, lease, DeliveryState.CHECKING, 5.0)
        steps = [tally for tally in catalogue.tallies() if tally.counted is Counted.STEP]
        assert sorted(steps, key=lambda tally: tally.label) == [
            Tally(counted=Counted.STEP, label=EXAMINE, order=6, amount=5000),
            Tally(counted=Counted.STEP, label=RECEIVE, order=3, amount=250),
        ]

    def test_bytes_are_counted_when_they_are_here_and_when_they_are_archived(self, catalogue: Catalogue) -> None:
        before, lease = received(catalogue)
        catalogue.add_staged(before.id, [staged(1), staged(2)])
        delivered = sum(one.size for one in (staged(1), staged(2)))
        preserving = step(catalogue, before, lease, DeliveryState.CHECKING)
        preserving = step(catalogue, preserving, lease, DeliveryState.PRESERVING)
        step(catalogue, preserving, lease, DeliveryState.ARCHIVED)
        assert counted(catalogue, Counted.ENDED) == {"archived": (1, delivered)}
        assert counted(catalogue, Counted.RECEIVED)[""][0] == 1

    def test_a_container_weighs_what_it_weighs_and_a_refusal_archives_nothing(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        lease = catalogue.acquire(upload().id, OWNER)
        assert lease is not None
        container = SourceContainer(name="a.zip", kind="zip", size=700, sha256="0" * 64, key="a")
        landed = replace(moved(upload(), DeliveryState.RECEIVED, RECEIVE), source=container)
        catalogue.commit(lease, Transition(before=upload(), after=landed))
        step(catalogue, landed, lease, DeliveryState.REJECTED)
        assert counted(catalogue, Counted.RECEIVED) == {"": (1, 700)}
        assert counted(catalogue, Counted.ENDED) == {"rejected": (1, 0)}

    def test_findings_are_counted_by_rule(self, catalogue: Catalogue) -> None:
        before, lease = received(catalogue)
        again = replace(finding("å"), count=7)
        found = (finding("å"), again, replace(finding("å"), rule="CSIP60", count=2))
        after = moved(before, DeliveryState.CHECKING, EXAMINE)
        catalogue.commit(lease, Transition(before=before, after=after, findings=found))
        assert counted(catalogue, Counted.FINDING) == {
            finding("å").rule: (1, finding("å").count + 7),
            "CSIP60": (1, 2),
        }

    def test_what_many_count_at_once_is_exact(self, opening: Opening) -> None:
        catalogues = [opening() for _ in range(4)]
        names = [f"{number}" for number in range(24)]

        def work_off(name: str) -> None:
            catalogue = catalogues[int(name) % len(catalogues)]
            before, lease = received(catalogue, name)
            found = tuple(replace(finding("å"), rule=rule) for rule in ("B", "A", "C"))
            after = moved(before, DeliveryState.REJECTED, "")
            catalogue.commit(lease, Transition(before=before, after=after, findings=found))

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(work_off, names))
        assert counted(catalogues[0], Counted.ENDED) == {"rejected": (24, 0)}
        breaches = 24 * finding("å").count
        assert counted(catalogues[1], Counted.FINDING) == dict.fromkeys("ABC", (24, breaches))

    def test_a_fault_is_counted_and_hinders_a_delivery_until_it_moves(self, catalogue: Catalogue) -> None:
        before, lease = received(catalogue)
        catalogue.log_attempt(lease, RECEIVE, "ToolFailed", "the tool died")
        catalogue.log_attempt(lease, RECEIVE, "no fault of ours", "1")
        catalogue.log_attempt(lease, RECEIVE, "LeaseLost", "another has it")
        assert counted(catalogue, Counted.FAULT) == {f"{RECEIVE} ToolFailed": (1, 0), f"{RECEIVE} LeaseLost": (1, 0)}
        assert [work.fault for work in catalogue.open_work()] == ["ToolFailed"]
        step(catalogue, before, lease, DeliveryState.CHECKING)
        assert [work.fault for work in catalogue.open_work()] == [""]

    def test_open_work_is_told_until_it_is_over(self, catalogue: Catalogue) -> None:
        before, lease = received(catalogue)
        catalogue.open_upload(upload("b", minute=1))
        told = {work.delivery: work for work in catalogue.open_work()}
        assert [(told[before.id].state, told[upload("b").id].state)] == [
            (DeliveryState.RECEIVED, DeliveryState.UPLOADING)
        ]
        assert 0 <= told[before.id].still_seconds < 60
        assert catalogue.messages() == 1
        step(catalogue, before, lease, DeliveryState.REJECTED)
        assert [work.delivery for work in catalogue.open_work()] == [upload("b").id]
        assert catalogue.messages() == 0

    def test_only_a_living_worker_has_work_under_way_and_what_is_taken_from_a_dead_one_is_counted(
        self, catalogue: Catalogue, stopwatch: Stopwatch
    ) -> None:
        before, lease = received(catalogue)
        catalogue.release(lease)
        assert [work.is_under_way for work in catalogue.open_work()] == [False]
        catalogue.enrol(worker_here(OWNER))
        catalogue.enrol(ELSEWHERE)
        assert catalogue.acquire(before.id, ELSEWHERE.owner) is not None
        assert [work.is_under_way for work in catalogue.open_work()] == [True]
        assert catalogue.living_workers() == 2
        stopwatch.seconds += PATIENCE
        catalogue.beat(OWNER)
        assert [work.is_under_way for work in catalogue.open_work()] == [False]
        assert catalogue.living_workers() == 1
        assert catalogue.acquire(before.id, OWNER) is not None
        assert counted(catalogue, Counted.TAKEN_OVER) == {"": (1, 0)}

    def test_the_last_canary_is_the_one_of_ours_that_came_through_last(self, catalogue: Catalogue) -> None:
        assert catalogue.last_canary() is None
        for name, sender in (("a", None), ("b", None), ("c", "Byggnadsnämnden")):
            _test_delivery(catalogue, name, sender, DeliveryState.TESTED)
        _test_delivery(catalogue, "d", None, DeliveryState.REJECTED)
        last = catalogue.last_canary()
        assert last is not None
        assert last.delivery in {number("a"), number("b")}
        assert 0 <= last.age_seconds < 60
        assert last.took_seconds >= 0


def _test_delivery(catalogue: Catalogue, name: str, sender: str | None, end: DeliveryState) -> None:
    before = replace(upload(name), sender=sender, record_status=RecordStatus.TEST)
    catalogue.open_upload(before)
    lease = catalogue.acquire(before.id, OWNER)
    assert lease is not None
    for state in (DeliveryState.RECEIVED, DeliveryState.CHECKING, DeliveryState.PRESERVING, end):
        after = identified(moved(before, state, RECEIVE), CANARY, attempt=ord(name))
        catalogue.commit(lease, Transition(before=before, after=after))
        before = after
