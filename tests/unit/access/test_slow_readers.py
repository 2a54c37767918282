"""How long what was sent may wait for its reader, in a time that the test tells."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from access.slow_readers import LEAST_TAKEN, TAKING_SECONDS, Taking


class _Told:
    """A transport with bytes that wait, and a loop whose time passes when the test says so."""

    def __init__(self) -> None:
        self.waiting = 1 << 20
        self.is_hung_up = False
        self.limit: int | None = None
        self._due: list[tuple[_Handle, Callable[[], None]]] = []

    def set_write_buffer_limits(self, high: int) -> None:
        self.limit = high

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def get_extra_info(self, name: str) -> None:
        assert name == "socket"

    def abort(self) -> None:
        self.is_hung_up = True

    def call_later(self, delay: float, call: Callable[[], None]) -> "_Handle":
        assert delay == TAKING_SECONDS
        handle = _Handle()
        self._due.append((handle, call))
        return handle

    def pass_time(self, taken: int) -> None:
        """Let one time of waiting pass, in which so much is taken."""
        self.waiting -= taken
        due, self._due = self._due, []
        for handle, call in due:
            if not handle.is_cancelled:
                call()


class _Handle:
    is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


@pytest.fixture
def told() -> _Told:
    return _Told()


@pytest.fixture
def taking(told: _Told) -> Taking:
    anything = cast("Any", told)
    return Taking(cast("asyncio.Transport", anything), cast("asyncio.AbstractEventLoop", anything))


@pytest.mark.usefixtures("taking")
def test_it_is_told_of_every_byte_that_waits(told: _Told) -> None:
    assert told.limit == 0


@pytest.mark.parametrize("taken", [0, LEAST_TAKEN - 1])
def test_who_takes_too_little_is_hung_up_on(taking: Taking, told: _Told, taken: int) -> None:
    taking.begin()
    told.pass_time(taken)
    assert told.is_hung_up


def test_every_time_of_waiting_is_judged_by_itself(taking: Taking, told: _Told) -> None:
    taking.begin()
    told.pass_time(LEAST_TAKEN)
    assert not told.is_hung_up
    told.pass_time(LEAST_TAKEN - 1)
    assert told.is_hung_up


def test_when_all_is_taken_the_time_stops(taking: Taking, told: _Told) -> None:
    taking.begin()
    taking.end()
    told.pass_time(0)
    assert not told.is_hung_up
