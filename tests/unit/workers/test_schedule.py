"""A worker's schedule: rest after a fault, patience with a message, and forgetting."""

from dataclasses import dataclass

from workers.schedule import LONGEST_SECONDS, QUIET_SECONDS, RESEND_SECONDS, Schedule
from workers.turns import rest_after


@dataclass(slots=True)
class Wrist:
    """A clock that a test turns."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_delivery_is_due_until_it_was_sent_and_again_when_no_answer_came() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    with schedule.turn("another"):
        assert schedule.is_due("d")
        schedule.sent("d")
        clock.now += RESEND_SECONDS - 1
        assert not schedule.is_due("d")
        clock.now += 1
        assert schedule.is_due("d")


def test_a_worker_that_has_nothing_to_do_waits_a_shorter_while_for_an_answer() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    schedule.sent("d")
    clock.now += QUIET_SECONDS - 1
    assert not schedule.is_due("d")
    with schedule.turn("another"):
        clock.now += 1
    assert not schedule.is_due("d")
    clock.now += QUIET_SECONDS
    assert schedule.is_due("d")


def test_a_worker_that_has_nothing_to_do_waits_no_longer_however_many_messages_have_vanished() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    for _ in range(8):
        schedule.sent_again("d")
        clock.now += QUIET_SECONDS - 1
        assert not schedule.is_due("d")
        clock.now += 1
        assert schedule.is_due("d")


def test_a_message_that_came_is_no_longer_waited_for() -> None:
    schedule = Schedule(Wrist())
    schedule.sent("d")
    with schedule.turn("d"):
        assert schedule.is_due("d")


def test_the_wait_for_an_answer_doubles_up_to_a_bound() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    waits = []
    with schedule.turn("another"):
        for _ in range(10):
            schedule.sent_again("d")
            before = clock.now
            while not schedule.is_due("d"):
                clock.now += RESEND_SECONDS / 2
            waits.append(clock.now - before)
    assert waits[:3] == [RESEND_SECONDS, 2 * RESEND_SECONDS, 4 * RESEND_SECONDS]
    assert waits[-1] == LONGEST_SECONDS


def test_a_new_message_is_waited_for_no_longer_than_the_first() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    for _ in range(5):
        schedule.sent("d")
    clock.now += RESEND_SECONDS
    assert schedule.is_due("d")


def test_a_rested_delivery_is_due_although_a_message_was_sent_before() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    schedule.sent("d")
    schedule.rest("d", 2)
    assert schedule.rests("d")
    assert not schedule.is_due("d")
    clock.now += 2
    assert not schedule.rests("d")
    assert schedule.is_due("d")


def test_what_is_past_is_forgotten_except_for_what_still_waits() -> None:
    clock = Wrist()
    schedule = Schedule(clock)
    for delivery in ("waiting", "gone"):
        schedule.sent(delivery)
    clock.now += RESEND_SECONDS
    schedule.keep({"waiting"})
    schedule.sent_again("waiting")
    schedule.sent_again("gone")
    with schedule.turn("another"):
        clock.now += RESEND_SECONDS
        assert not schedule.is_due("waiting")
        assert schedule.is_due("gone")


def test_the_pause_after_an_attempt_grows_up_to_an_hour() -> None:
    assert [rest_after(attempt) for attempt in range(5)] == [0, 2, 4, 8, 16]
    assert rest_after(12) == rest_after(1_000_000) == LONGEST_SECONDS
