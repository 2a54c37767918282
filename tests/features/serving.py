"""`earkiv serve` as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from ingest.config import read_settings
from ingest.domain.deliveries import FINAL_STATES
from tests.architecture.source_tree import REPOSITORY
from tests.features.api_client import KEY
from tests.features.front_door import Door
from tests.features.work_told import work_in
from tests.patience import PATIENCE_SECONDS, wait_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A server that is ready; `told` says how its work stands and what its processes logged last."""

    process: subprocess.Popen[str]
    http: httpx.Client
    told: Callable[[], str]

    def wait_for(self, location: str, status: str) -> None:
        """Wait until a delivery is there; what has come to another end fails at once."""
        wait_until(
            lambda: self._stands(location, status),
            lambda: f"{location} did not become {status}: {self.http.get(location).text}\n{self.told()}",
        )

    def _stands(self, location: str, status: str) -> bool:
        answer = self.http.get(location)
        assert answer.status_code == httpx.codes.OK, f"{answer.status_code} {answer.text}\n{self.told()}"
        found = answer.json()["status"]
        assert found == status or found not in FINAL_STATES, f"{location} ended otherwise: {answer.text}"
        return bool(found == status)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(home: Path, port: int = 0, public_port: int = 0, **settings: str) -> Iterator[Serving]:
    """Run `earkiv serve` until the `with` block ends; the reading room stays closed where it has no port."""
    port = port or free_port()
    command = [sys.executable, "-m", "earkiv", "serve", "--port", str(port), "--public-port", str(public_port)]
    command += ["--lang", "en"]
    environment = Door(home=home).environment(
        **{"EARKIV_API_KEY": KEY, "EARKIV_TOOLS": os.devnull, "EARKIV_WORKERS": "1", **settings}
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with (
        subprocess.Popen(command, cwd=REPOSITORY, env=environment, **pipes) as process,  # type: ignore[call-overload]  # one of many overloads
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {KEY}"}) as http,
    ):
        try:
            wait_until_ready(process, http)
            yield Serving(process=process, http=http, told=lambda: _told(process, environment))
        finally:
            process.kill()


def wait_until_ready(process: "subprocess.Popen[str]", http: httpx.Client) -> None:
    """Wait until a server takes deliveries; it must not end meanwhile."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        assert process.poll() is None, process.communicate()
        try:
            if http.get("/health/ready").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass  # not listening yet
        assert time.monotonic() < deadline, "the server did not become ready"
        time.sleep(0.1)


def _told(process: "subprocess.Popen[str]", environment: dict[str, str]) -> str:
    """Tell how the work stands, and then, for its pipes end with it, end the process and tell what it said."""
    work = work_in(read_settings(environment, 1))
    process.kill()
    return "\n".join((work, *process.communicate()))
