"""A connection to the reading room is there for requests that come whole, and in time."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from access import connections, slow_readers
from access.app import reading_room
from tests.fakes.public_room import LOOSE, SmallRoom, small_room
from tests.fakes.public_writer import File
from tests.features.broken_requests import status_answered
from tests.patience import PATIENCE_SECONDS, wait_until

FORM = (
    b"POST /requests HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 9\r\n\r\n"
)


@contextmanager
def entered(room: SmallRoom) -> Iterator[tuple[uvicorn.Server, socket.socket]]:
    config = uvicorn.Config(reading_room(room.settings()), http=connections.Connection, log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with socket.create_connection(listener.getsockname(), timeout=PATIENCE_SECONDS) as connection:
                yield server, connection
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A connection to a room that waits for no request longer than half a second."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.5)
    with entered(small_room(tmp_path / "public")) as (_, connection):
        yield connection


@pytest.mark.parametrize(
    "begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", FORM + b"form=", b"HEJ"], ids=["none", "head", "form", "no HTTP"]
)
def test_who_sends_no_whole_request_in_time_is_hung_up_on(
    room: socket.socket, begun: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    room.sendall(begun)
    assert room.recv(1 << 16) == b""
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_the_next_request_may_come_later(room: socket.socket) -> None:
    for _ in range(2):
        room.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert status_answered(room) == 200
        time.sleep(0.7)


LARGE = 48 << 20
FILM = File(name="Film.mkv", media_type="video/x-matroska", content=bytes(LARGE))


@pytest.fixture
def film(tmp_path: Path) -> Iterator[tuple[uvicorn.Server, socket.socket]]:
    """A room, and a connection on which a document has been asked for that fits in no buffer."""
    small = small_room(tmp_path / "public")
    record = small.records[LOOSE] | {"documents": [FILM.described()]}
    small.writer.publish(record, [FILM])
    address = f"/records/{LOOSE}/documents/{FILM.described()['sha256']}/file"
    with entered(small) as (server, connection):
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        yield server, connection


def test_who_takes_what_was_asked_for_gets_it_to_its_end(film: tuple[uvicorn.Server, socket.socket]) -> None:
    _, connection = film
    assert taken_of(connection) > LARGE


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms that are opened from here on wait half a second for their readers."""
    monkeypatch.setattr(slow_readers, "TAKING_SECONDS", 0.5)


@pytest.mark.usefixtures("impatient")
def test_who_takes_nothing_of_it_is_hung_up_on(film: tuple[uvicorn.Server, socket.socket]) -> None:
    server, connection = film
    assert connection.recv(1 << 10)
    wait_until(lambda: not server.server_state.connections, lambda: "the connection is still held")
    assert taken_of(connection) < LARGE
    wait_until(lambda: not is_held_open(FILM.described()["sha256"]), lambda: "what was asked for is still held open")


def is_held_open(sha256: str) -> bool:
    """Say whether this process has a file of that name open."""
    return any(os.path.realpath(held).endswith(f"/{sha256}") for held in Path("/proc/self/fd").iterdir())


def taken_of(connection: socket.socket) -> int:
    """Read to the end, whichever it is, and give how much came."""
    taken = 0
    with suppress(ConnectionResetError):
        while chunk := connection.recv(1 << 20):
            taken += len(chunk)
    return taken
