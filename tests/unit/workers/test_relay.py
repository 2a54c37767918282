"""The relay: what is sent, what is forgotten, and what happens when the broker is away."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event, Timer
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from ingest.errors import CatalogueUnavailable
from workers.relay import ROUND_SECONDS, Relay
from workers.schedule import Schedule


@dataclass(slots=True)
class Outbox:
    """The part of a catalogue that the relay uses, in memory."""

    rows: dict[int, str]
    waiting: tuple[str, ...] = ()
    forgotten: list[int] = field(default_factory=list)

    def pending(self, limit: int) -> tuple[tuple[int, str], ...]:
        return tuple(self.rows.items())[:limit]

    def sent(self, rows: Sequence[int]) -> None:
        for row in rows:
            self.forgotten.append(row)
            del self.rows[row]

    def runnable(self) -> tuple[str, ...]:
        return self.waiting


def _relay(outbox: Any, send: Any) -> Relay:
    return Relay(outbox, Schedule(lambda: 0.0), send)


def test_the_outbox_is_sent_in_order_and_then_forgotten() -> None:
    outbox, sent = Outbox({1: "a", 2: "b"}), list[str]()
    assert _relay(outbox, sent.append).hand_on() == 2
    assert sent == ["a", "b"]
    assert outbox.forgotten == [1, 2]


def test_nothing_is_forgotten_that_could_not_be_sent() -> None:
    outbox = Outbox({1: "a"})

    def away(_: str) -> None:
        raise OperationalError

    with pytest.raises(OperationalError):
        _relay(outbox, away).hand_on()
    assert outbox.rows == {1: "a"}


def test_the_sweep_sends_what_waits_unless_it_was_sent_just_now() -> None:
    outbox, sent = Outbox({1: "a"}, waiting=("a", "b")), list[str]()
    relay = _relay(outbox, sent.append)
    relay.hand_on()
    assert relay.sweep() == 1
    assert relay.sweep() == 0
    assert sent == ["a", "b"]


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
    outbox, sent, stop = Outbox({1: "a"}), list[str](), Event()
    faults = [fault]

    def send(delivery: str) -> None:
        if faults:
            raise faults.pop()
        sent.append(delivery)
        stop.set()

    Timer(20 * ROUND_SECONDS, stop.set).start()
    _relay(outbox, send).keep_on(stop)
    assert sent == ["a"]
    (record,) = caplog.records
    assert record.levelno == logged[0]
    assert record.getMessage().startswith(logged[1])
    assert (record.exc_info is not None) == (record.levelno == logging.ERROR)
