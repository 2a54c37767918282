"""Driving deliveries to their ends: retried, waited for, and one that is stuck does not stop the others."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.sql.processes import worker_here
from ingest.application.run_deliveries import finish, run_pending
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.errors import OutOfSpace, ToolFailed
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import pushed_case, settings_of


class Failing:
    """An examiner that fails so many times before it does its work."""

    def __init__(self, examiner: Any, faults: list[Exception]) -> None:
        self.examiner = examiner
        self.tool = examiner.tool
        self.faults = faults

    def examine(self, staging: Any, requests: Any) -> Any:
        if self.faults:
            raise self.faults.pop()
        return self.examiner.examine(staging, requests)

    def prove_scanner(self) -> None:
        self.examiner.prove_scanner()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(settings_of(tmp_path / "home")) as opened:
        yield opened


def landed(archive: Archive, folder: Path, delivery: str = "PUSH-1") -> str:
    path = pushed_case(folder, "NEW", "ett", delivery)
    return submit(Handover(path=path, agreement=DEFAULT_AGREEMENT, owner=archive.owner), archive.ports)


def failing(archive: Archive, *faults: Exception) -> Ports:
    return replace(archive.ports, examiner=Failing(archive.ports.examiner, list(faults)))


BUSY = ToolFailed("upptaget", "busy")
FULL = OutOfSpace("fullt", "full")


def test_what_may_be_retried_is_retried(archive: Archive, tmp_path: Path) -> None:
    delivery = landed(archive, tmp_path / "a")
    assert finish(delivery, archive.owner, failing(archive, BUSY, BUSY)).state is DeliveryState.ARCHIVED


def test_after_the_last_attempt_the_fault_is_told_and_the_next_run_goes_on(archive: Archive, tmp_path: Path) -> None:
    delivery = landed(archive, tmp_path / "a")
    with pytest.raises(ToolFailed):
        finish(delivery, archive.owner, failing(archive, BUSY, BUSY, BUSY))
    assert archive.ports.catalogue.delivery(delivery).state is DeliveryState.CHECKING
    assert finish(delivery, archive.owner, archive.ports).state is DeliveryState.ARCHIVED


def test_what_needs_a_person_is_not_retried(archive: Archive, tmp_path: Path) -> None:
    delivery = landed(archive, tmp_path / "a")
    ports = failing(archive, FULL)
    with pytest.raises(OutOfSpace):
        finish(delivery, archive.owner, ports)


def test_a_stuck_delivery_is_parked_and_the_others_go_on(archive: Archive, tmp_path: Path) -> None:
    first, second = landed(archive, tmp_path / "a"), landed(archive, tmp_path / "b", "PUSH-2")
    (parked,) = run_pending(archive.owner, failing(archive, FULL))
    assert parked.error is FULL
    (ended,) = {first, second} - {parked.delivery}
    assert archive.ports.catalogue.delivery(ended).state is DeliveryState.ARCHIVED
    assert run_pending(archive.owner, archive.ports) == ()
    assert archive.ports.catalogue.delivery(parked.delivery).state is DeliveryState.ARCHIVED
    assert tuple(archive.ports.catalogue.runnable()) == ()
    assert archive.ports.catalogue.pending(limit=10) == ()


def test_a_repeat_leads_to_the_end_of_the_first(archive: Archive, tmp_path: Path) -> None:
    first, second = landed(archive, tmp_path / "a"), landed(archive, tmp_path / "b")
    with pytest.raises(OutOfSpace):
        finish(first, archive.owner, failing(archive, FULL))
    ended = finish(second, archive.owner, archive.ports)
    assert (ended.id, ended.state) == (first, DeliveryState.ARCHIVED)


def test_what_another_living_worker_has_is_waited_for(archive: Archive, tmp_path: Path) -> None:
    delivery = landed(archive, tmp_path / "a")
    archive.ports.catalogue.enrol(worker_here("another"))
    lease = archive.ports.catalogue.acquire(delivery, "another")
    assert lease is not None
    letting_go = threading.Timer(0.3, archive.ports.catalogue.release, [lease])
    letting_go.start()
    ended = finish(delivery, archive.owner, archive.ports)
    assert not letting_go.is_alive()
    letting_go.join()
    assert ended.state is DeliveryState.ARCHIVED
