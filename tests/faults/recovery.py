"""Whether a server works again soon after a fault, told apart from how long it takes to work off what has piled up.

Producers take turns, so whoever has one case at a time under way never waits for another's backlog: when that case
is late, the server is. A few such producers push all along, so that the fault finds their cases in the middle; another
comes when it is over.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tests.faults.pace import Pace
from tests.faults.told import History

logger = logging.getLogger(__name__)

RECOVERY_SECONDS: Final = 60.0
"""Of a machine that has nothing else to do."""
_LOOK_SECONDS: Final = 0.25


@dataclass(slots=True)
class Pushed:
    """A case of a quiet producer: when it was acknowledged and when decided, on this process's monotonic clock."""

    name: str
    acknowledged: float
    decided: float | None = None


@dataclass(slots=True)
class Quiet:
    """A producer that has one case at a time under way."""

    producer: str
    history: History
    address: Callable[[], str]
    over: threading.Event
    given_up: threading.Event
    cases: list[Pushed] = field(default_factory=list)
    ends: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        """Whether it waits for the end of an acknowledged case."""
        return bool(self.cases) and self.cases[-1].decided is None

    def push_on(self) -> None:
        """Push one case after the other until the fault is over, and wait for the last one's end too."""
        while not self.over.is_set():
            self.push_one()

    def push_one(self) -> None:
        """Push a case, and wait until it is decided."""
        name = f"{self.producer}-{len(self.cases)}"
        self.history.push(name, self.address, self.given_up)
        for place in self.history.told.get(name, ()):
            case = Pushed(name=name, acknowledged=time.monotonic())
            self.cases.append(case)
            self._wait_for(place, case)

    def _wait_for(self, place: str, case: Pushed) -> None:
        headers = {"Authorization": f"Bearer {self.history.key}"}
        while not self.given_up.wait(_LOOK_SECONDS):
            try:
                answer = httpx.get(f"{self.address()}{place}/receipt", headers=headers, timeout=60)
            except httpx.TransportError:
                continue
            if answer.status_code == httpx.codes.OK:
                case.decided = time.monotonic()
                self.ends[place] = answer.json()
                return


class Recovery:
    """Watches one fault: `keys` are those of the producers that push all along; the last one's comes afterwards."""

    def __init__(self, keys: dict[str, str], address: Callable[[], str], told: Callable[[], str]) -> None:
        self._told = told
        self._over, self._given_up = threading.Event(), threading.Event()
        everyone = [Quiet(name, History(key), address, self._over, self._given_up) for name, key in keys.items()]
        *self._steady, self._newcomer = everyone
        self._begun = self._ended = 0.0
        self._granted = RECOVERY_SECONDS
        self._threads = [threading.Thread(target=one.push_on, daemon=True) for one in self._steady]

    @property
    def producers(self) -> tuple[Quiet, ...]:
        """All whose cases came beside the load."""
        return (*self._steady, self._newcomer)

    def watch(self, fault: Callable[[], None]) -> None:
        """Let the fault happen when a case of each is under way, and let another producer come when it is over."""
        for thread in self._threads:
            thread.start()
        while not all(one.is_under_way for one in self._steady):
            time.sleep(0.01)
        self._begun = time.monotonic()
        fault()
        self._ended = time.monotonic()
        self._over.set()
        newcomer = threading.Thread(target=self._newcomer.push_one, daemon=True)
        newcomer.start()
        self._threads.append(newcomer)

    def judge(self) -> None:
        """Hold it against the promise: what was interrupted, and what comes new, is decided within a minute."""
        pace = Pace()
        while any(thread.is_alive() for thread in self._threads) and time.monotonic() < self._ended + self._granted:
            pace.rest()
            self._granted = pace.stretched(RECOVERY_SECONDS)
        self._given_up.set()
        interrupted = [case for one in self._steady for case in one.cases if self._was_interrupted(case)]
        assert interrupted, "the fault found nothing under way"
        assert self._newcomer.cases, f"nobody could deliver within a minute after the fault\n{self._told()}"
        late = {case.name: self._seconds(case) for one in self.producers for case in one.cases if self._is_late(case)}
        assert not late, f"undecided, or decided so many seconds after the fault: {late}\n{self._told()}"
        told = (max(map(self._seconds, interrupted)), self._seconds(self._newcomer.cases[0]))
        logger.info("decided after the fault: what it interrupted %.1f s, the first new case %.1f s", *told)
        logger.info("a minute of an idle machine were %.1f s", self._granted)

    def _was_interrupted(self, case: Pushed) -> bool:
        return case.acknowledged < self._ended and (case.decided is None or case.decided > self._begun)

    def _seconds(self, case: Pushed) -> float:
        return float("inf") if case.decided is None else case.decided - self._ended

    def _is_late(self, case: Pushed) -> bool:
        return self._seconds(case) > self._granted

    def give_up(self) -> None:
        """Let nobody push any more, whatever has happened."""
        self._over.set()
        self._given_up.set()
