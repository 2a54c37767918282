"""Turns, in a real embedded archive: once at a time, faults to the operations log, and an end to vain attempts."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.attempts import ATTEMPT
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive
from ingest.config import Settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.domain.standing import Standing, standing_of
from ingest.errors import (
    CatalogueUnavailable,
    ConfigurationError,
    EarkivError,
    OutOfSpace,
    StoreUnavailable,
    ToolFailed,
)
from ingest.ports import Catalogue
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.contracts.catalogue_queue import waiting
from tests.unit.workers.test_schedule import Wrist
from workers.schedule import LONGEST_SECONDS, OUTAGE_SECONDS, Schedule
from workers.turns import MOST_ATTEMPTS, SLICE_SECONDS, Turns


class Broken:
    """An examiner of a machine that is broken."""

    tool = "broken"

    def __init__(self, fault: EarkivError) -> None:
        self.fault = fault
        self.asked = 0

    def examine(self, *_: Any) -> Any:
        self.asked += 1
        raise self.fault

    def prove_scanner(self) -> None:
        raise self.fault


class Forgetful:
    """A catalogue that cannot write down what is attempted."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def log_attempt(self, *_: Any) -> Any:
        raise CatalogueUnavailable("katalog", "catalogue")


def _state(archive: Archive, delivery: str) -> DeliveryState:
    return archive.ports.catalogue.delivery(delivery).state


def _faults(settings: Settings) -> list[tuple[str, str]]:
    with sqlite3.connect(settings.home / "catalogue.sqlite") as connection:
        return connection.execute(
            "SELECT step, outcome FROM operations WHERE outcome <> ? ORDER BY id", (ATTEMPT,)
        ).fetchall()


def _break(archive: Archive, fault: EarkivError) -> tuple[Archive, Broken]:
    examiner = Broken(fault)
    return replace(archive, ports=replace(archive.ports, examiner=examiner)), examiner


def test_a_delivery_is_driven_to_its_end_and_a_second_message_does_nothing(archive: Archive, delivery: str) -> None:
    turns = Turns(archive, Schedule(Wrist()))
    turns.take()
    assert _state(archive, delivery) is DeliveryState.ARCHIVED
    events = archive.ports.catalogue.events(delivery)
    turns.take()
    assert archive.ports.catalogue.events(delivery) == events
    assert len(archive.ports.catalogue.packages()) == 1


def test_deliveries_taken_at_once_are_not_mixed_up(archive: Archive, tmp_path: Path) -> None:
    agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement
    crowded = crowd(cases=4, documents=2, size=100)
    deliveries = []
    for number, case in enumerate(crowded.cases):
        build_case_push(replace(crowded, cases=(case,), identity=f"d-{number}"), tmp_path / f"push-{number}")
        handover = Handover(path=tmp_path / f"push-{number}", agreement=agreement, owner=archive.owner)
        deliveries.append(submit(handover, archive.ports))
    turns = Turns(archive, Schedule(Wrist()))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: turns.take(), [*deliveries, *deliveries]))
    packages = archive.ports.catalogue.packages()
    assert sorted((p.delivery_id, p.title) for p in packages) == sorted(
        (delivery, case.title) for delivery, case in zip(deliveries, crowded.cases, strict=True)
    )


def test_a_transient_fault_is_logged_and_tried_again_after_longer_and_longer_pauses(
    archive: Archive, delivery: str, settings: Settings
) -> None:
    broken, examiner = _break(archive, ToolFailed("verktyg", "tool"))
    clock = Wrist()
    schedule = Schedule(clock)
    turns = Turns(broken, schedule)
    pauses = []
    for _ in range(4):
        turns.take()
        turns.take()
        before = clock.now
        while schedule.rests(delivery):
            clock.now += 1
        pauses.append(clock.now - before)
    assert examiner.asked == 4
    assert pauses == [2, 4, 8, 16]
    assert [outcome for _, outcome in _faults(settings)] == ["ToolFailed"] * 4
    Turns(archive, schedule).take()
    assert _state(archive, delivery) is DeliveryState.ARCHIVED


def test_a_permanent_fault_is_logged_and_the_delivery_rests_for_an_hour(
    archive: Archive, delivery: str, settings: Settings
) -> None:
    broken, examiner = _break(archive, ConfigurationError("fel", "wrong"))
    clock = Wrist()
    schedule = Schedule(clock)
    Turns(broken, schedule).take()
    state = _state(archive, delivery)
    clock.now += LONGEST_SECONDS - 1
    assert schedule.rests(delivery)
    Turns(broken, schedule).take()
    assert examiner.asked == 1
    assert _state(archive, delivery) is state
    assert [outcome for _, outcome in _faults(settings)] == ["ConfigurationError"]
    clock.now += 1
    assert not schedule.rests(delivery)


@pytest.mark.parametrize("outage", [OutOfSpace, StoreUnavailable, CatalogueUnavailable])
def test_an_outage_is_waited_for_however_long_it_lasts_and_never_for_long(
    archive: Archive, delivery: str, outage: type[EarkivError]
) -> None:
    broken, examiner = _break(archive, outage("avbrott", "outage"))
    clock = Wrist()
    schedule = Schedule(clock)
    turns = Turns(broken, schedule)
    pauses = []
    for _ in range(MOST_ATTEMPTS + 5):
        turns.take()
        before = clock.now
        while schedule.rests(delivery):
            clock.now += 1
        pauses.append(clock.now - before)
    assert examiner.asked == MOST_ATTEMPTS + 5
    assert pauses[:3] == [2, 4, 8]
    assert set(pauses[4:]) == {OUTAGE_SECONDS}
    Turns(archive, schedule).take()
    assert _state(archive, delivery) is DeliveryState.ARCHIVED


@pytest.fixture
def two(archive: Archive, tmp_path: Path) -> list[str]:
    """Two deliveries of one producer, the older one first."""
    crowded = crowd(cases=2, documents=1, size=100)
    agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement
    ids = []
    for number, case in enumerate(crowded.cases):
        build_case_push(replace(crowded, cases=(case,), identity=f"two-{number}"), tmp_path / f"two-{number}")
        handover = Handover(path=tmp_path / f"two-{number}", agreement=agreement, owner=archive.owner)
        ids.append(submit(handover, archive.ports))
    return ids


def test_during_an_outage_one_delivery_is_tried_and_not_all(archive: Archive, two: list[str]) -> None:
    broken, examiner = _break(archive, StoreUnavailable("avbrott", "outage"))
    clock = Wrist()
    turns = Turns(broken, Schedule(clock))
    for _ in range(10):
        turns.take()
    assert examiner.asked == 1
    clock.now += 2
    turns.take()
    turns.take()
    assert examiner.asked == 2
    assert [_state(archive, one) for one in two] == [DeliveryState.CHECKING] * 2


def test_one_that_alone_meets_an_outage_lets_the_others_go_first(archive: Archive, two: list[str]) -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    broken, _ = _break(archive, OutOfSpace("full", "full"))
    Turns(broken, schedule).take()
    assert tuple(archive.ports.catalogue.runnable()) == (two[1], two[0])
    clock.now += 2
    Turns(archive, schedule).take()
    assert [_state(archive, one) for one in two] == [DeliveryState.CHECKING, DeliveryState.ARCHIVED]
    assert not schedule.waits


@pytest.mark.parametrize("fault", [ToolFailed, ConfigurationError])
def test_who_sends_while_all_of_another_producers_fail_stands_before_them(
    archive: Archive, two: list[str], fault: type[EarkivError]
) -> None:
    broken, examiner = _break(archive, fault("fel", "wrong"))
    turns = Turns(broken, Schedule(Wrist()))
    for _ in two:
        turns.take()
    assert examiner.asked == len(two)
    (other,) = waiting(archive.ports.catalogue, "another", "other")
    assert tuple(archive.ports.catalogue.runnable()) == (other, *two)


def test_one_that_cannot_be_read_lets_the_others_go_on(
    archive: Archive, two: list[str], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(settings.home / "catalogue.sqlite") as connection:
        connection.execute("UPDATE deliveries SET body = '{}' WHERE id = ?", (two[0],))
    clock = Wrist()
    schedule = Schedule(clock)
    turns = Turns(archive, schedule)
    turns.take()
    turns.take()
    assert _state(archive, two[1]) is DeliveryState.ARCHIVED
    assert [vars(told)["delivery"] for told in caplog.records if told.exc_info] == [two[0]]
    clock.now += LONGEST_SECONDS - 1
    assert schedule.rests(two[0])


def test_one_that_rests_lets_the_next_go_first(archive: Archive, two: list[str]) -> None:
    schedule = Schedule(Wrist())
    schedule.rest(two[0], 5)
    Turns(archive, schedule).take()
    assert [_state(archive, one) for one in two] == [DeliveryState.RECEIVED, DeliveryState.ARCHIVED]


def test_an_attempt_that_cannot_be_written_down_is_none_and_keeps_no_lease(archive: Archive, delivery: str) -> None:
    forgetful = replace(archive, ports=replace(archive.ports, catalogue=Forgetful(archive.ports.catalogue)))
    with pytest.raises(CatalogueUnavailable):
        Turns(forgetful, Schedule(Wrist())).take()
    assert delivery in tuple(archive.ports.catalogue.runnable())


def _taken_in_vain(archive: Archive, delivery: str, attempts: int) -> None:
    """Leave the catalogue as workers leave it that die over a delivery."""
    for _ in range(attempts):
        lease = archive.ports.catalogue.acquire(delivery, archive.owner)
        assert lease
        archive.ports.catalogue.log_attempt(lease, "receive_submission", ATTEMPT, "")
        archive.ports.catalogue.release(lease)


def test_a_new_worker_waits_before_it_takes_what_others_died_of(archive: Archive, delivery: str) -> None:
    _taken_in_vain(archive, delivery, 5)
    clock = Wrist()
    schedule = Schedule(clock)
    turns = Turns(archive, schedule)
    turns.take()
    assert _state(archive, delivery) is DeliveryState.RECEIVED
    assert schedule.rests(delivery)
    clock.now += 32
    turns.take()
    assert _state(archive, delivery) is DeliveryState.ARCHIVED


def test_to_find_that_it_must_wait_is_no_attempt(archive: Archive, delivery: str) -> None:
    _taken_in_vain(archive, delivery, 5)
    for _ in range(10):
        Turns(archive, Schedule(Wrist())).take()
    assert len(archive.ports.catalogue.logged(delivery, ATTEMPT)) == 5
    assert _state(archive, delivery) is DeliveryState.RECEIVED


def test_how_often_an_upload_was_gone_on_with_is_no_attempt(archive: Archive, delivery: str) -> None:
    for _ in range(MOST_ATTEMPTS):
        lease = archive.ports.catalogue.acquire(delivery, archive.owner)
        assert lease
        archive.ports.catalogue.release(lease)
    Turns(archive, Schedule(Wrist())).take()
    assert _state(archive, delivery) is DeliveryState.ARCHIVED


def test_a_delivery_that_was_taken_too_often_waits_for_an_operator(archive: Archive, delivery: str) -> None:
    _taken_in_vain(archive, delivery, MOST_ATTEMPTS)
    clock = Wrist()
    turns = Turns(archive, Schedule(clock))
    for _ in range(3):
        clock.now += LONGEST_SECONDS
        turns.take()
    assert _state(archive, delivery) is DeliveryState.RECEIVED
    (work,) = archive.ports.catalogue.open_work()
    assert standing_of(work, LONGEST_SECONDS) is Standing.PARKED
    assert len(archive.ports.catalogue.logged(delivery, "Exhausted")) == 1


class Slow:
    """An examiner for whom each batch takes time."""

    def __init__(self, examiner: Any, clock: Wrist) -> None:
        self._examiner = examiner
        self._clock = clock
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._examiner, name)

    def examine(self, *asked: Any) -> Any:
        self.asked += 1
        self._clock.now += SLICE_SECONDS
        return self._examiner.examine(*asked)


@pytest.mark.parametrize("sender", ["another", None])
def test_a_large_delivery_makes_way_for_another_producers_after_its_time_and_not_for_its_own(
    archive: Archive, two: list[str], settings: Settings, sender: str | None
) -> None:
    large, small = two
    clock = Wrist()
    examiner = Slow(archive.ports.examiner, clock)
    slow = replace(archive, ports=replace(archive.ports, examiner=examiner, batch=1))
    _belongs_to(settings, small, sender)
    turns = Turns(slow, Schedule(clock))
    turns.take()
    files = len(archive.ports.catalogue.staged(large))
    assert examiner.asked == (1 if sender else files)
    first = next(iter(archive.ports.catalogue.runnable()))
    assert first == small
    assert [outcome for _, outcome in _faults(settings)] == (["HandedBack"] if sender else [])
    for _ in range(2 * files):
        turns.take()
    assert [_state(archive, one) for one in two] == [DeliveryState.ARCHIVED] * 2


def _belongs_to(settings: Settings, delivery: str, sender: str | None) -> None:
    """Let a delivery stand in the queue as another producer's that has just come would."""
    with sqlite3.connect(settings.home / "catalogue.sqlite") as connection:
        if sender is not None:
            connection.execute(
                "UPDATE deliveries SET sender = ?, turn = 1, received_at = '2999-01-01 00:00:00.000000' WHERE id = ?",
                (sender, delivery),
            )


class StoppedMeanwhile:
    """An examiner in whose process a stop is asked for while it looks at a batch."""

    def __init__(self, examiner: Any) -> None:
        self._examiner = examiner
        self.stop: Any = None
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._examiner, name)

    def examine(self, *asked: Any) -> Any:
        self.asked += 1
        self.stop()
        return self._examiner.examine(*asked)


def test_told_to_stop_it_hands_back_after_the_batch_under_way_and_the_next_worker_goes_on_at_once(
    archive: Archive, delivery: str, settings: Settings
) -> None:
    examiner = StoppedMeanwhile(archive.ports.examiner)
    stopped = replace(archive, ports=replace(archive.ports, examiner=examiner, batch=1))
    turns = Turns(stopped, Schedule(Wrist()))
    examiner.stop = turns.stop
    turns.take()
    turns.take()
    assert examiner.asked == 1
    assert delivery in tuple(archive.ports.catalogue.runnable())
    staged = archive.ports.catalogue.staged(delivery)
    assert len(archive.ports.catalogue.unexamined(delivery, 100)) == len(staged) - 1
    assert [outcome for _, outcome in _faults(settings)] == ["HandedBack"]
    (work,) = archive.ports.catalogue.open_work()
    assert standing_of(work, LONGEST_SECONDS) is Standing.QUEUED
    Turns(archive, Schedule(Wrist())).take()
    assert _state(archive, delivery) is DeliveryState.ARCHIVED


def test_one_that_is_told_to_stop_takes_nothing_more(archive: Archive, delivery: str) -> None:
    turns = Turns(archive, Schedule(Wrist()))
    turns.stop()
    turns.take()
    assert _state(archive, delivery) is DeliveryState.RECEIVED
    assert archive.ports.catalogue.logged(delivery, ATTEMPT) == ()
