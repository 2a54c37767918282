"""A worker's schedule: rest after a fault, and patience with an outage."""

from dataclasses import dataclass

from workers.schedule import LONGEST_SECONDS, OUTAGE_SECONDS, Schedule
from workers.turns import rest_after


@dataclass(slots=True)
class Wrist:
    """A clock that a test turns."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_delivery_rests_for_as_long_as_it_was_told_to() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    assert not schedule.rests("d")
    schedule.rest("d", 2)
    assert schedule.rests("d")
    assert not schedule.rests("another")
    clock.now += 2
    assert not schedule.rests("d")


def test_what_has_rested_is_forgotten() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    for number in range(10):
        schedule.rest(f"d-{number}", 1)
        clock.now += 1
    assert len(schedule._resting) == 1  # noqa: SLF001 - memory that nobody sees otherwise


def test_an_outage_is_waited_for_longer_and_longer_up_to_a_bound_until_it_is_over() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    pauses = []
    for _ in range(2000):
        schedule.met_outage()
        before = clock.now
        while schedule.waits:
            clock.now += 1
        pauses.append(clock.now - before)
    assert pauses[:5] == [2, 4, 8, 16, OUTAGE_SECONDS]
    assert set(pauses[5:]) == {OUTAGE_SECONDS}
    schedule.met_outage()
    schedule.met_none()
    assert not schedule.waits
    schedule.met_outage()
    clock.now += 2
    assert not schedule.waits


def test_a_slice_begins_when_what_is_worked_on_has_been_read() -> None:
    clock = Wrist()
    time = Schedule(clock).slice_of(30)
    looks = []
    for seconds in (0, 50, 29, 1, 100):
        clock.now += seconds
        looks.append(time.is_used_up())
    assert looks == [False, False, False, True, True]


def test_that_a_slice_is_used_up_is_said_once_a_second() -> None:
    clock = Wrist()
    time = Schedule(clock).slice_of(30)
    looks = []
    for seconds in (0, 0, 30, 0.5, 0.25, 0.25, 0.5, 5):
        clock.now += seconds
        looks.append(time.is_used_up())
    assert looks == [False, False, True, False, False, True, False, True]


def test_the_pause_after_an_attempt_grows_up_to_an_hour() -> None:
    assert [rest_after(attempt) for attempt in range(5)] == [0, 2, 4, 8, 16]
    assert rest_after(12) == rest_after(1_000_000) == LONGEST_SECONDS
