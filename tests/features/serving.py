"""`earkiv serve` as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.architecture.source_tree import REPOSITORY
from tests.features.api_client import KEY
from tests.features.front_door import Door

_PATIENCE_SECONDS = 60.0


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
            yield Serving(process=process, http=http)
        finally:
            process.kill()


def wait_until_ready(process: "subprocess.Popen[str]", http: httpx.Client) -> None:
    """Wait until a server takes deliveries; it must not end meanwhile."""
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
