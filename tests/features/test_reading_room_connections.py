"""A connection to the reading room is there for requests that come whole, and in time."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from access import connections
from access.app import reading_room
from tests.fakes.public_room import small_room
from tests.features.broken_requests import status_answered
from tests.patience import PATIENCE_SECONDS

FORM = (
    b"POST /requests HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 9\r\n\r\n"
)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A connection to a room that waits for no request longer than half a second."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.5)
    config = uvicorn.Config(
        reading_room(small_room(tmp_path / "public").settings()), http=connections.Connection, log_config=None
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with socket.create_connection(listener.getsockname(), timeout=PATIENCE_SECONDS) as connection:
                yield connection
        finally:
            server.should_exit = True
            thread.join()


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
