"""The server under load while its parts are killed: every acknowledged case ends in exactly one package.

Producers push, and push again until they have an answer, as a producer does; what they were told is the history that
is held against the archive when the faults are over.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.features.api_client import case_push, document
from tests.features.server_shape import Server, server
from tests.features.serving import Serving
from tests.features.worker_process import redis_server
from tests.servers.buckets import new_store
from tests.servers.postgres import Postgres
from tests.servers.s3 import S3Server

pytestmark = [pytest.mark.ci, pytest.mark.timeout(600)]
_CASES = 30
_RECOVERY_SECONDS = 60.0
_IN_S3_SECONDS = 240.0
"""What had come before the fault ended has to be stored too, and a small Ceph is slow."""


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


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Server]:
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        yield shared


def _kill_a_worker(running: Running) -> None:
    running.kill("one")
    time.sleep(1)
    running.start("one")


def _kill_the_api(running: Running) -> None:
    running.kill("api")
    running.start("api")


def _restart_the_database(running: Running) -> None:
    running.postgres.kill()
    time.sleep(1)
    running.postgres.start()


def _forget_all_messages(running: Running) -> None:
    from redis import Redis  # noqa: PLC0415 - this fault alone needs it

    Redis(unix_socket_path=str(running.shared.broker)).flushall()


def _suspend_a_worker(running: Running) -> None:
    """Let a worker stand still until it is taken for dead, and then go on."""
    running.processes["two"].send_signal(signal.SIGSTOP)
    time.sleep(35)
    running.processes["two"].send_signal(signal.SIGCONT)


FAULTS = (_kill_a_worker, _kill_the_api, _restart_the_database, _forget_all_messages, _suspend_a_worker)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_every_acknowledged_case_ends_in_exactly_one_package(
    shared: Server, postgres: Postgres, fault: Callable[[Running], None]
) -> None:
    _judge(shared, postgres, fault)


def test_the_same_with_objects_in_s3(postgres: Postgres, s3_server: S3Server, tmp_path: Path) -> None:
    stores = {"EARKIV_S3_ENDPOINT": s3_server.endpoint, "EARKIV_S3_REGION": s3_server.region}
    stores |= {"EARKIV_S3_KEY_ID": s3_server.key_id, "EARKIV_S3_SECRET": s3_server.secret}
    for role in ("STAGING", "QUARANTINE", "ARCHIVE", "TEST"):
        bucket = new_store(s3_server, role.lower(), tmp_path, prefix="").bucket.address.bucket
        stores[f"EARKIV_STORE_{role}"] = f"s3://{bucket}/earkiv"
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker, **stores) as shared:
        _judge(shared, postgres, _kill_a_worker, _IN_S3_SECONDS)


def _judge(
    shared: Server, postgres: Postgres, fault: Callable[[Running], None], seconds: float = _RECOVERY_SECONDS
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
        for producer in producers:
            producer.join()
        over = time.monotonic()
        ends = _ends(history, running, over + seconds)
    finally:
        running.stop()
    assert history.unexpected == []
    assert len(history.told) == _CASES
    # A case has one place, however often it was pushed, and one package.
    assert {len(places) for places in history.told.values()} == {1}
    assert {end["outcome"] for end in ends.values()} == {"accepted"}
    packages = [end["package"] for end in ends.values()]
    listed = shared.run("two", "list", "--json").document
    assert sorted(packages) == sorted(row["package"] for row in listed)
    assert len(set(packages)) == _CASES
    verified = shared.run("one", "verify", "--all")
    assert verified.code == 0, verified.out + verified.err


def _push_some(history: History, running: Running, nth: int) -> None:
    for number in range(nth, _CASES, 3):
        history.push(number, running.address)


def _ends(history: History, running: Running, deadline: float) -> dict[str, dict[str, Any]]:
    """Wait for every receipt; within a minute after the last push all must be there."""
    ends: dict[str, dict[str, Any]] = {}
    places = {place for told in history.told.values() for place in told}
    while len(ends) < len(places):
        for place in places - ends.keys():
            try:
                answer = running.apis[-1].http.get(f"{place}/receipt")
            except httpx.TransportError:
                continue
            if answer.status_code == httpx.codes.OK:
                ends[place] = answer.json()
        assert time.monotonic() < deadline, sorted(places - ends.keys())
        time.sleep(0.2)
    return ends
