"""The server under load while something breaks, and what must hold of every acknowledged case afterwards.

One producer has a crowd of cases waiting, pushed again until they are acknowledged; others have one at a time, by
which it is judged how soon the server works again (`tests.faults.recovery`). What all of them were told is the history
that is held against the archive when the fault is over.
"""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tests.faults.pace import Pace
from tests.faults.recovery import RECOVERY_SECONDS, Recovery
from tests.faults.told import History
from tests.features.server_shape import Server
from tests.features.serving import Serving
from tests.servers.postgres import Postgres

CASES: Final = 30
BUSY: Final = "Nämnden"
QUIET: Final = ("Stilla nämnden", "Lugna nämnden", "Tysta nämnden", "Nya nämnden")
"""One key each; the last comes when the fault is over."""

Ends = dict[str, dict[str, Any]]
"""Receipts by the place of the delivery."""


@dataclass(slots=True)
class Running:
    """The parts that run now, so that a fault can take one away and another be put in its place."""

    shared: Server
    postgres: Postgres
    key: str
    parts: dict[str, ExitStack] = field(default_factory=dict)
    processes: dict[str, Any] = field(default_factory=dict)
    apis: list[Serving] = field(default_factory=list)

    def start(self, name: str) -> None:
        stack = ExitStack()
        if name.startswith("api"):
            api = stack.enter_context(self.shared.api("one", self.key))
            self.apis.append(api)
            self.processes[name] = api.process
        else:
            self.processes[name] = stack.enter_context(self.shared.worker(name))
        self.parts[name] = stack

    def kill(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()
        self.parts.pop(name).close()

    def address(self) -> str:
        return str(self.apis[-1].http.base_url)

    def stop(self) -> None:
        for stack in self.parts.values():
            stack.close()


def judge(
    shared: Server, postgres: Postgres, fault: Callable[[Running], None], seconds: float = RECOVERY_SECONDS
) -> None:
    """Let a fault happen under load, and judge how soon the server works again and how every case has ended."""
    shared.establish()
    keys = shared.keys(BUSY, *QUIET)
    running = Running(shared, postgres, keys.pop(BUSY))
    history, given_up = History(running.key), threading.Event()
    recovery = Recovery(keys, running.address, shared.told)
    try:
        for part in ("one", "two", "api"):
            running.start(part)
        crowd = [threading.Thread(target=_push_some, args=(history, running, n, given_up)) for n in range(3)]
        for thread in crowd:
            thread.start()
        time.sleep(2)
        recovery.watch(lambda: fault(running))
        recovery.judge()
        for thread in crowd:
            thread.join()
        ends = _ends(history, running, seconds)
    finally:
        given_up.set()
        recovery.give_up()
        running.stop()
    _account_for(shared, (history, *(one.history for one in recovery.producers)), _together(ends, recovery))


def _together(ends: Ends, recovery: Recovery) -> Ends:
    return ends | {place: end for one in recovery.producers for place, end in one.ends.items()}


def _account_for(shared: Server, histories: tuple[History, ...], ends: Ends) -> None:
    """Hold what producers were told against the archive."""
    told = {name: places for history in histories for name, places in history.told.items()}
    assert [answer for history in histories for answer in history.unexpected] == []
    assert len(histories[0].told) == CASES
    # A case has one place, however often it was pushed, and one package.
    assert {len(places) for places in told.values()} == {1}
    assert {place for places in told.values() for place in places} == ends.keys()
    assert {end["outcome"] for end in ends.values()} == {"accepted"}
    packages = [end["package"] for end in ends.values()]
    listed = shared.run("two", "list", "--json").document
    assert sorted(packages) == sorted(row["package"] for row in listed)
    assert len(set(packages)) == len(told)
    verified = shared.run("one", "verify", "--all")
    assert verified.code == 0, verified.out + verified.err


def _push_some(history: History, running: Running, nth: int, given_up: threading.Event) -> None:
    for number in range(nth, CASES, 3):
        history.push(f"d-{number}", running.address, given_up)


def _ends(history: History, running: Running, seconds: float) -> Ends:
    """Wait for every receipt; never do so many seconds pass, after the last push, in which nothing comes to its end.

    They are those of an idle machine. It takes longer over all that has piled up; what rests too long is found.
    """
    ends: Ends = {}
    last, pace = time.monotonic(), Pace()
    places = {place for told in history.told.values() for place in told}
    while len(ends) < len(places):
        for place in places - ends.keys():
            try:
                answer = running.apis[-1].http.get(f"{place}/receipt")
            except httpx.TransportError:
                continue
            if answer.status_code == httpx.codes.OK:
                ends[place], last = answer.json(), time.monotonic()
        late = sorted(places - ends.keys())
        assert not late or time.monotonic() < last + pace.stretched(seconds), f"{late}\n{running.shared.told()}"
        pace.rest()
    return ends
