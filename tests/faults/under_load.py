"""The server under load while something breaks, and what must hold of every acknowledged case afterwards.

Producers push, and push again until they have an answer, as a producer does; what they were told is the history that
is held against the archive when the faults are over.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from tests.features.api_client import case_push, document
from tests.features.server_shape import ROLES, Server
from tests.features.serving import Serving
from tests.servers.buckets import new_store
from tests.servers.postgres import Postgres
from tests.servers.s3 import S3Server

logger = logging.getLogger(__name__)

CASES: Final = 30
RECOVERY_SECONDS: Final = 60.0


@dataclass(slots=True)
class History:
    """What the producer was told: for each case, every place that an answer named."""

    key: str
    told: dict[str, set[str]] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)

    def push(self, number: int, address: Callable[[], str]) -> None:
        """Push one case until it is acknowledged."""
        name = f"d-{number}"
        case = case_push(name, *(document(f"{number}-{n}".encode(), f"{n}.txt") for n in range(4)))
        while name not in self.told:
            try:
                answer = httpx.post(
                    f"{address()}/v1/deliveries", json=case, headers={"Authorization": f"Bearer {self.key}"}, timeout=60
                )
            except httpx.TransportError:
                time.sleep(0.2)
                continue
            if answer.status_code in {200, 202}:
                self.told.setdefault(name, set()).add(answer.headers["location"])
            elif answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                self.unexpected.append(f"{answer.status_code} {answer.text}")
                return
            else:
                time.sleep(0.2)


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
    shared.establish()
    running = Running(shared, postgres, shared.key("Nämnden")["key"])
    history = History(running.key)
    try:
        for part in ("one", "two", "api"):
            running.start(part)
        producers = [threading.Thread(target=_push_some, args=(history, running, n)) for n in range(3)]
        for producer in producers:
            producer.start()
        time.sleep(2)
        fault(running)
        over = time.monotonic()
        for producer in producers:
            producer.join()
        ends = _ends(history, running, seconds)
        logger.info("all had come to their end %.1f s after the fault was over", time.monotonic() - over)
    finally:
        running.stop()
    assert history.unexpected == []
    assert len(history.told) == CASES
    # A case has one place, however often it was pushed, and one package.
    assert {len(places) for places in history.told.values()} == {1}
    assert {end["outcome"] for end in ends.values()} == {"accepted"}
    packages = [end["package"] for end in ends.values()]
    listed = shared.run("two", "list", "--json").document
    assert sorted(packages) == sorted(row["package"] for row in listed)
    assert len(set(packages)) == CASES
    verified = shared.run("one", "verify", "--all")
    assert verified.code == 0, verified.out + verified.err


def in_s3(there: S3Server, scratch: Path) -> dict[str, str]:
    """Make a bucket for every role, and give the settings that name them."""
    settings = {"EARKIV_S3_ENDPOINT": there.endpoint, "EARKIV_S3_REGION": there.region}
    settings |= {"EARKIV_S3_KEY_ID": there.key_id, "EARKIV_S3_SECRET": there.secret}
    for role in ROLES:
        bucket = new_store(there, role, scratch, prefix="").bucket.address.bucket
        settings[f"EARKIV_STORE_{role.upper()}"] = f"s3://{bucket}/earkiv"
    return settings


def _push_some(history: History, running: Running, nth: int) -> None:
    for number in range(nth, CASES, 3):
        history.push(number, running.address)


def _ends(history: History, running: Running, seconds: float) -> dict[str, dict[str, Any]]:
    """Wait for every receipt; never do so many seconds pass, after the last push, in which nothing comes to its end.

    A busy machine takes longer than that over all that has piled up; what rests for too long is found all the same.
    """
    ends: dict[str, dict[str, Any]] = {}
    last = time.monotonic()
    places = {place for told in history.told.values() for place in told}
    while len(ends) < len(places):
        for place in places - ends.keys():
            try:
                answer = running.apis[-1].http.get(f"{place}/receipt")
            except httpx.TransportError:
                continue
            if answer.status_code == httpx.codes.OK:
                ends[place], last = answer.json(), time.monotonic()
        assert time.monotonic() < last + seconds, sorted(places - ends.keys())
        time.sleep(0.2)
    return ends
