"""A delivery that was attempted too often in vain, and what becomes of it when a person lets it be tried anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.application.attempts import ATTEMPT, resume
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.features.archives import opened, terms_of
from tests.unit.workers.test_schedule import Wrist
from workers.schedule import Schedule
from workers.turns import MOST_ATTEMPTS, Turns


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path / "home") as archive:
        yield archive


@pytest.fixture
def delivery(archive: Archive, tmp_path: Path) -> str:
    build_case_push(crowd(cases=1, documents=1, size=10), tmp_path / "push")
    terms = terms_of(archive, DEFAULT_AGREEMENT.id)
    return submit(Handover(path=tmp_path / "push", agreement=terms, owner=archive.owner), archive.ports)


def attempted(archive: Archive, delivery: str, times: int) -> None:
    """Leave the catalogue as workers leave it that cannot end a delivery."""
    for _ in range(times):
        lease = archive.ports.catalogue.acquire(delivery, archive.owner)
        assert lease
        archive.ports.catalogue.log_attempt(lease, "receive_submission", ATTEMPT, "")
        archive.ports.catalogue.release(lease)


def taken(archive: Archive, delivery: str) -> DeliveryState:
    """Let a new worker take what it may, and say where that left the delivery."""
    Turns(archive, Schedule(Wrist())).take()
    return archive.ports.catalogue.delivery(delivery).state


def test_it_is_tried_as_if_for_the_first_time_and_may_be_exhausted_again(archive: Archive, delivery: str) -> None:
    for round_number in (1, 2):
        attempted(archive, delivery, MOST_ATTEMPTS)
        assert taken(archive, delivery) is DeliveryState.RECEIVED
        assert len(archive.ports.catalogue.logged(delivery, "Exhausted")) == round_number
        assert resume(delivery, "a person", archive.ports)
    assert taken(archive, delivery) is DeliveryState.ARCHIVED
    assert not resume(delivery, "a person", archive.ports)


def test_after_that_it_rests_as_after_first_attempts(archive: Archive, delivery: str) -> None:
    attempted(archive, delivery, MOST_ATTEMPTS)
    assert resume(delivery, "a person", archive.ports)
    attempted(archive, delivery, 3)
    clock = Wrist()
    schedule = Schedule(clock)
    Turns(archive, schedule).take()
    assert schedule.rests(delivery)
    clock.now += 8
    assert not schedule.rests(delivery)


def test_what_is_under_way_cannot_be_resumed(archive: Archive, delivery: str) -> None:
    assert archive.ports.catalogue.acquire(delivery, archive.owner)
    assert not resume(delivery, "a person", archive.ports)
