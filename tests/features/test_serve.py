"""`earkiv serve` as a process of its own: started, stopped, and killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.architecture.source_tree import REPOSITORY
from tests.features.api_client import KEY, case_push, document
from tests.features.archives import packages
from tests.features.front_door import Door

_PATIENCE_SECONDS = 60.0
_MOST_DOCUMENTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A server that is ready."""

    process: subprocess.Popen[str]
    http: httpx.Client

    def wait_for(self, location: str, status: str) -> None:
        """Wait until a delivery is there."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.http.get(location).json()["status"] != status:
            assert time.monotonic() < deadline, f"{location} did not become {status}"
            time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Serving]:
    """Run `earkiv serve` until the `with` block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "earkiv", "serve", "--port", str(port), "--lang", "en"]
    environment = Door(home=home).environment(
        **{"EARKIV_API_KEY": KEY, "EARKIV_TOOLS": os.devnull, "EARKIV_WORKERS": "1", **settings}
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with (
        subprocess.Popen(command, cwd=REPOSITORY, env=environment, **pipes) as process,  # type: ignore[call-overload]  # one of many overloads
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {KEY}"}) as http,
    ):
        try:
            _wait_until_ready(process, http)
            yield Serving(process=process, http=http)
        finally:
            process.kill()


def _wait_until_ready(process: "subprocess.Popen[str]", http: httpx.Client) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        assert process.poll() is None, process.communicate()
        try:
            if http.get("/health/ready").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass  # not listening yet
        assert time.monotonic() < deadline, "the server did not become ready"
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_takes_in_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path / "home") as server:
        answer = server.http.post("/v1/deliveries", json=case_push("a-1", document(b"Hej!")))
        assert answer.status_code == 202
        server.wait_for(answer.headers["location"], "archived")
        server.process.send_signal(number)
        out, err = server.process.communicate(timeout=_PATIENCE_SECONDS)
    assert (server.process.returncode, out) == (0, "")
    assert err.startswith("Taking in deliveries at http://127.0.0.1:")
    assert "Traceback" not in err


def test_killed_at_any_moment_it_goes_on_at_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    documents = [document(f"bilaga {n}".encode(), f"{n}.txt") for n in range(_MOST_DOCUMENTS)]
    with serving(home, EARKIV_BATCH_SIZE="5") as server:
        location = server.http.post("/v1/deliveries", json=case_push("a-1", *documents)).headers["location"]
        server.process.kill()
        server.process.wait()
    with serving(home, EARKIV_BATCH_SIZE="5") as server:
        server.wait_for(location, "archived")
        assert server.http.post("/v1/deliveries", json=case_push("a-1", *documents)).status_code == 200
    assert len(packages(home)) == 1


def test_without_a_key_nobody_can_deliver_and_it_says_so(tmp_path: Path) -> None:
    with serving(tmp_path / "home", EARKIV_API_KEY="") as server:
        assert server.http.post("/v1/deliveries", json={}).status_code == 401
        server.process.terminate()
        _, err = server.process.communicate(timeout=_PATIENCE_SECONDS)
    assert "EARKIV_API_KEY" in err


def test_a_port_that_is_taken_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = Door(home=tmp_path / "home").run("serve", "--port", str(taken.getsockname()[1]), "--lang", "en")
    assert answer.code == 2
    assert "port" in answer.err
