"""The relay: what is sent, what is forgotten, and what happens when the broker is away."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event, Timer
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from ingest.errors import CatalogueUnavailable
from workers.relay import ENOUGH, ROUND_SECONDS, Relay
from workers.schedule import Schedule


@dataclass(slots=True)
class Outbox:
    """The part of a catalogue that the relay uses, in memory."""

    rows: dict[int, str]
    waiting: list[str] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)

    def pending(self, limit: int) -> tuple[tuple[int, str], ...]:
        return tuple(self.rows.items())[:limit]

    def sent(self, rows: Sequence[int]) -> None:
        for row in rows:
            self.forgotten.append(row)
            del self.rows[row]

    def runnable(self) -> Iterator[str]:
        return iter(self.waiting)


@dataclass(slots=True)
class Broker:
    """Messages, in memory; `faults` come first."""

    queue: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    on_sent: Callable[[], None] = lambda: None

    def send(self, delivery_id: str) -> None:
        if self.faults:
            raise self.faults.pop()
        self.queue.append(delivery_id)
        self.on_sent()

    def waiting(self) -> int:
        return len(self.queue)


def _relay(outbox: Any, broker: Broker, schedule: Schedule | None = None) -> Relay:
    return Relay(outbox, schedule or Schedule(lambda: 0.0), broker)


def test_a_call_of_the_outbox_is_answered_and_then_forgotten() -> None:
    outbox, broker = Outbox({1: "a", 2: "b"}, ["b", "a"]), Broker()
    relay = _relay(outbox, broker)
    assert relay.hand_on() == 2
    assert broker.queue == ["b", "a"]
    assert outbox.forgotten == [1, 2]
    assert relay.hand_on() == 0


def test_what_could_not_be_sent_is_sent_by_the_next_sweep() -> None:
    outbox, broker = Outbox({1: "a"}, ["a"]), Broker(faults=[OperationalError()])
    relay = _relay(outbox, broker)
    with pytest.raises(OperationalError):
        relay.hand_on()
    assert relay.sweep() == 1
    assert broker.queue == ["a"]


def test_as_many_messages_are_under_way_as_there_is_work_for_and_no_more() -> None:
    outbox, broker = Outbox({}, ["a", "b", "c"]), Broker(["x"])
    relay = _relay(outbox, broker)
    assert relay.sweep() == 2
    assert relay.sweep() == 0
    assert broker.queue == ["x", "b", "c"]
    broker.queue.clear()
    assert relay.sweep() == 3


def test_however_much_waits_the_queue_stays_short_and_is_filled_up_each_round() -> None:
    outbox, broker = Outbox({}, [f"d-{n}" for n in range(5000)]), Broker()
    relay = _relay(outbox, broker)
    assert relay.sweep() == ENOUGH
    assert relay.hand_on() == 0
    del broker.queue[:10]
    assert relay.hand_on() == 10
    assert len(broker.queue) == ENOUGH


def test_nothing_is_sent_for_what_rests_or_during_an_outage() -> None:
    outbox, broker, schedule = Outbox({}, ["a", "b"]), Broker(), Schedule(lambda: 0.0)
    schedule.rest("a", 5)
    relay = _relay(outbox, broker, schedule)
    assert relay.sweep() == 1
    assert broker.queue == ["b"]
    broker.queue.clear()
    schedule.met_outage()
    assert relay.sweep() == 0


@pytest.mark.parametrize(
    ("fault", "logged"),
    [
        (OperationalError("broker"), (logging.WARNING, "nothing can be sent right now")),
        (CatalogueUnavailable("katalog", "catalogue"), (logging.WARNING, "nothing can be sent right now")),
        (ValueError("a fault of ours"), (logging.ERROR, "this round of sending failed")),
        (ConnectionResetError("broker"), (logging.ERROR, "this round of sending failed")),
    ],
)
def test_whatever_fails_is_told_and_tried_again(
    fault: Exception, logged: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    outbox, stop = Outbox({1: "a"}, ["a"]), Event()
    broker = Broker(faults=[fault], on_sent=stop.set)
    Timer(20 * ROUND_SECONDS, stop.set).start()
    _relay(outbox, broker).keep_on(stop)
    assert broker.queue == ["a"]
    (record,) = caplog.records
    assert record.levelno == logged[0]
    assert record.getMessage().startswith(logged[1])
    assert (record.exc_info is not None) == (record.levelno == logging.ERROR)
