"""The reading room beside `earkiv serve`: it comes back when it is killed, and never outlives who opened it."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.fakes.small_archive import hand_over, pushed_case
from tests.features.front_door import Door
from tests.features.serving import Serving, free_port, serving
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def home(tmp_path: Path) -> Path:
    hand_over(tmp_path / "home", (pushed_case(tmp_path / "case", "NEW", "ett"),))
    return tmp_path / "home"


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def room_of(server: Serving) -> int | None:
    """Give the process id of the reading room that a server opened."""
    for process in (folder for folder in Path("/proc").iterdir() if folder.name.isdigit()):
        try:
            status = (process / "status").read_text()
            command = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # It has ended meanwhile.
        if f"\nPPid:\t{server.process.pid}\n" in status and b"access" in command:
            return int(process.name)
    return None


def found_room(server: Serving) -> int:
    until(lambda: room_of(server))
    found = room_of(server)
    assert found
    return found


def has_ended(process: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return True


def test_a_room_that_is_killed_comes_back_and_one_that_is_stopped_does_not(home: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    secret = "m" * 40
    with serving(home, public_port=port, EARKIV_METRICS_KEY=secret, EARKIV_PUBLIC_NAME="Rådhusets läsesal") as server:
        assert "Rådhusets läsesal" in httpx.get(address, timeout=PATIENCE_SECONDS).text
        room = found_room(server)
        told = dict(
            entry.split("=", 1) for entry in Path(f"/proc/{room}/environ").read_text().split("\0") if "=" in entry
        )
        assert {name for name in told if name.startswith("EARKIV_")} == {
            "EARKIV_PUBLIC_NAME",
            "EARKIV_PUBLIC_STORE",
            "EARKIV_PUBLIC_INDEX",
            "EARKIV_PUBLIC_REQUESTS",
        }
        assert not [name for name in told if "KEY" in name or "DATABASE" in name or "SECRET" in name]
        assert secret not in told.values()
        os.kill(room, signal.SIGKILL)
        until(lambda: has_ended(room))
        # Whoever comes meanwhile waits: the server holds the address.
        assert httpx.get(address, timeout=PATIENCE_SECONDS).status_code == httpx.codes.OK
        after = found_room(server)
        assert after != room
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(PATIENCE_SECONDS)
        assert has_ended(after)


def test_a_server_that_is_killed_takes_the_room_with_it(home: Path) -> None:
    port = free_port()
    with serving(home, public_port=port) as server:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE_SECONDS).raise_for_status()
        room = found_room(server)
        server.process.kill()
        until(lambda: has_ended(room))
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_a_busy_port_is_refused_where_it_was_asked_for(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as others:
        answer = Door(home=home).run("serve", "--port", str(free_port()), "--public-port", str(others.getsockname()[1]))
    assert answer.code == 2
