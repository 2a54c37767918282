"""What can go wrong while a delivery arrives: nothing of it is kept, and its sender can send it again at once."""

import io
import itertools
import json
import socket
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest

from ingest.adapters.directory import DirectoryStore
from ingest.api.bodies import FEW_BYTES
from ingest.api.pace import Pace
from ingest.api.shares import Shares
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.fixity import Fixity
from ingest.errors import CatalogueUnavailable, EarkivError, OutOfSpace, StoreUnavailable
from ingest.pipeline.step import Ports
from samples.simulator.containers import zip_entry
from tests.features.api_client import Client, case_push, document, served
from tests.features.broken_requests import (
    HELD,
    PUSH,
    Fault,
    Sent,
    address_of,
    answered,
    catalogue_broken,
    form,
    half_sent,
    is_at_rest,
    leases,
    nothing_is_left,
    staging_broken,
    status_answered,
    until,
)
from tests.features.front_door import SAMPLES, Door
from tests.features.serving import serving

NAMED = case_push("a-1", document(HELD, part="doc"))


@pytest.fixture(params=["json", "form", "package", "bare"])
def sent(request: pytest.FixtureRequest) -> Sent:
    if request.param == "json":
        return Sent(content_type="application/json", body=PUSH)
    if request.param == "form":
        return form(case=json.dumps(NAMED).encode(), doc=HELD)
    content = (SAMPLES / "skolarende-csip.zip").read_bytes()
    return form(package=content) if request.param == "package" else Sent(content_type="application/zip", body=content)


def again(client: Client, sent: Sent) -> int:
    """Send it whole, and say what that gives."""
    return client.post(content=sent.body, headers={"Content-Type": sent.content_type}).status_code


def test_a_client_that_hangs_up_leaves_nothing_and_can_send_again_at_once(tmp_path: Path, sent: Sent) -> None:
    with served(tmp_path, working=False) as client:
        with half_sent(client, sent):
            pass
        until(lambda: is_at_rest(client))
        assert nothing_is_left(client, tmp_path)
        assert again(client, sent) == 202


def test_a_client_that_falls_silent_is_told_and_leaves_nothing(tmp_path: Path, sent: Sent) -> None:
    with served(tmp_path, working=False, pace=Pace(idle_seconds=0.2)) as client:
        with half_sent(client, sent) as connection:
            answer = answered(connection)
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b"application/problem+json" in answer
        assert b"urn:earkiv:problem:request-timeout" in answer
        until(lambda: is_at_rest(client))
        assert nothing_is_left(client, tmp_path)
        assert again(client, sent) == 202


def _is_told_to_come_back(answer: Any, type_: str, status: int = 503) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == f"urn:earkiv:problem:{type_}"
    assert int(answer.headers["retry-after"]) > 0


def test_more_than_fit_at_once_are_sent_away(tmp_path: Path, sent: Sent) -> None:
    with served(tmp_path, working=False, places=anyio.Semaphore(1), patience_seconds=0.1) as client:
        with half_sent(client, sent) as connection:
            _is_told_to_come_back(client.post(json=case_push("a-2", document(b"x"))), "too-busy")
            connection.sendall(sent.body[len(sent.body) // 2 :])
            assert status_answered(connection) == 202
        assert client.post(json=case_push("a-2", document(b"x"))).status_code == 202


def test_one_producer_never_holds_all_places(tmp_path: Path, sent: Sent) -> None:
    door = Door(home=tmp_path / "home")
    with served(door.home, working=False, shares=Shares(2), patience_seconds=0.1) as client:
        created = door.run("keys", "create", "--producer", "Nämnden", "--agreement", "default", "--json")
        slow = replace(sent, key=created.document["key"])
        theirs = {"Authorization": f"Bearer {slow.key}"}
        with half_sent(client, slow), half_sent(client, slow) as connection:
            one_too_many = client.post(json=case_push("a-2", document(b"x")), headers=theirs)
            _is_told_to_come_back(one_too_many, "too-busy", 429)
            assert client.post(json=case_push("a-3", document(b"x"))).status_code == 202, "another's"
            connection.sendall(slow.body[len(slow.body) // 2 :])
            assert status_answered(connection) == 202
        until(lambda: client.post(json=case_push("a-2", document(b"x")), headers=theirs).status_code == 202)


def test_however_many_wait_for_a_place_everybody_else_is_answered(tmp_path: Path) -> None:
    waiting = 50
    answers: list[int] = []
    with served(tmp_path, working=False, places=anyio.Semaphore(1), patience_seconds=60) as client:
        bad = {"content": b"{", "headers": {"Content-Type": "application/json"}}
        threads = [
            threading.Thread(target=lambda: answers.append(client.post(**bad).status_code)) for _ in range(waiting)
        ]
        with half_sent(client, Sent(content_type="application/json", body=PUSH)):
            for thread in threads:
                thread.start()
            until(lambda: client.service.places.statistics().tasks_waiting == waiting)
            assert client.http.get("/health/ready").status_code == 200
            assert client.http.get("/v1/deliveries/x").status_code == 404
            assert answers == []
        for thread in threads:
            thread.join()
    assert answers == [422] * waiting


FAULTS: dict[str, tuple[Callable[[Fault], Callable[[Ports], Ports]], EarkivError]] = {
    "the catalogue is gone": (catalogue_broken, CatalogueUnavailable("borta", "gone")),
    "staging is gone": (staging_broken, StoreUnavailable("borta", "gone")),
    "staging is full": (staging_broken, OutOfSpace("fullt", "full")),
}


@pytest.mark.parametrize(("break_", "error"), FAULTS.values(), ids=FAULTS.keys())
def test_whatever_breaks_at_any_call_is_told_and_leaves_nothing_but_what_was_taken(
    tmp_path: Path, break_: Callable[[Fault], Callable[[Ports], Ports]], error: EarkivError
) -> None:
    fault = Fault(error=error)
    with served(tmp_path, working=False, fit=break_(fault), tidy_seconds=3600) as client:
        for sent in (_as_form, _as_package):
            assert _broken_at_every_call(client, tmp_path, fault, sent) >= 5


def _as_form(delivery: str) -> Sent:
    return form(doc=b"x", case=json.dumps(case_push(delivery, document(b"x", part="doc"))).encode())


def _as_package(delivery: str) -> Sent:
    return form(package=_container(delivery))


def _container(delivery: str) -> bytes:
    held = io.BytesIO()
    case = case_push(delivery, document(b"x", path="ansökan.txt"))
    with zipfile.ZipFile(held, "w") as container:
        container.writestr(zip_entry("case.json"), json.dumps(case))
        container.writestr(zip_entry("ansökan.txt"), b"x")
    return held.getvalue()


def _broken_at_every_call(client: Client, home: Path, fault: Fault, sent: Callable[[str], Sent]) -> int:
    """Let the first call break, then the second …, and give how many there are."""
    for number in itertools.count():
        whole = sent(f"{sent.__name__}-{number}")
        known = {one.id for one in client.archive.ports.catalogue.unfinished()}
        fault.break_after(number)
        answer = client.post(content=whole.body, headers={"Content-Type": whole.content_type})
        fault.mend()
        if not fault.is_met:
            assert answer.status_code == 202
            return number
        client.service.arrivals.tidy()
        new = [one for one in client.archive.ports.catalogue.unfinished() if one.id not in known]
        if answer.status_code != 202:
            _is_told_to_come_back(answer, "unavailable")
        _holds_what_was_taken(client, home, new, known)
        assert again(client, whole) == (200 if new else 202)
    raise AssertionError


def _holds_what_was_taken(client: Client, home: Path, new: list[Delivery], known: set[str]) -> None:
    """See that there is a whole delivery or none, nothing in staging of any other, and no lease."""
    assert len(new) <= 1
    assert [one.state for one in new] == [DeliveryState.CHECKING] * len(new)
    owners = {key.partition("/")[0] for key in client.archive.ports.staging.keys("")}
    assert owners == known | {one.id for one in new}
    assert leases(home) == 0


class Filling:
    """A store that runs full while it is being written to."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.is_full = True

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        fixity: Fixity = self._store.put(key, self._until_full(chunks))
        return fixity

    def _until_full(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk
            if self.is_full:
                raise OutOfSpace("fullt", "full")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Slow:
    """A store that takes its time with the first delivery that is put there, until it is let on."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.asked, self.may = threading.Event(), threading.Event()

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        if not self.asked.is_set():
            self.asked.set()
            assert self.may.wait(60)
        fixity: Fixity = self._store.put(key, chunks)
        return fixity

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.mark.parametrize("path", ["/v1/deliveries", "/v1/validations"])
def test_a_large_case_that_takes_its_time_keeps_no_other_waiting(tmp_path: Path, path: str) -> None:
    slow: list[Slow] = []

    def fit(ports: Ports) -> Ports:
        slow.append(Slow(ports.staging))
        return replace(ports, staging=slow[0])

    first, second = (case_push(f"a-{n}", document(b"x" * (FEW_BYTES + n))) for n in (1, 2))
    with served(tmp_path, working=False, fit=fit) as client, ThreadPoolExecutor(1) as other:
        waits = other.submit(lambda: client.http.post(path, json=first).status_code)
        try:
            assert slow[0].asked.wait(60)
            assert client.http.post("/v1/deliveries", json=second, timeout=20).status_code == 202
        finally:
            slow[0].may.set()
        assert waits.result() in {200, 202}


def test_a_disk_that_runs_full_in_the_middle_is_told_and_keeps_nothing(tmp_path: Path, sent: Sent) -> None:
    filling: list[Filling] = []

    def fit(ports: Ports) -> Ports:
        filling.append(Filling(ports.staging))
        return replace(ports, staging=filling[0])

    with served(tmp_path, working=False, fit=fit) as client:
        headers = {"Content-Type": sent.content_type}
        _is_told_to_come_back(client.post(content=sent.body, headers=headers), "unavailable")
        assert nothing_is_left(client, tmp_path)
        filling[0].is_full = False
        assert again(client, sent) == 202


def test_a_delivery_larger_than_the_disk_is_told_before_it_is_sent(tmp_path: Path) -> None:
    with served(tmp_path, working=False) as client:
        huge = Sent(content_type="application/zip", body=b"")
        head = huge.head().replace(b"Content-Length: 0", b"Content-Length: 900000000000000000")
        with socket.create_connection(address_of(client), timeout=60) as connection:
            connection.sendall(head)
            answer = connection.recv(1 << 16)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert b"retry-after" not in answer
        assert nothing_is_left(client, tmp_path)


def test_what_a_killed_server_left_is_let_go_at_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    content = (SAMPLES / "skolarende-csip.zip").read_bytes()
    sent = form(package=content)
    staging = DirectoryStore(home / "staging", "staging")
    with serving(home) as server:
        port = server.http.base_url.port
        with socket.create_connection(("127.0.0.1", port or 0), timeout=60) as connection:
            connection.sendall(sent.head() + sent.body[: len(sent.body) // 2])
            until(lambda: leases(home) == 1)
            server.process.kill()
            server.process.wait()
    with serving(home) as server:
        until(lambda: leases(home) == 0 and not list(staging.keys("")))
        headers = {"Content-Type": sent.content_type}
        assert server.http.post("/v1/deliveries", content=sent.body, headers=headers).status_code == 202
