"""The process that the reading room is: opened again when it ends, and told of nothing but the public folder."""

import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from earkiv.serving import reading_room as module
from earkiv.serving.reading_room import CALM_SECONDS, FIRST_PAUSE, LONGEST_PAUSE, opened, pause_after
from tests.fakes.public_writer import File, PublicWriter
from tests.patience import PATIENCE_SECONDS

_LARGE = 32 << 20
"""More than sockets hold of what nobody reads."""
RECORD = {"id": "r" * 32, "kind": "record", "level": "public", "title": "Ritning"}


def test_what_ends_at_once_is_opened_ever_more_seldom_and_what_lived_at_once() -> None:
    pauses = [0.0]
    for _ in range(9):
        pauses.append(pause_after(pauses[-1], 0.5))
    assert pauses[1:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert pause_after(LONGEST_PAUSE, CALM_SECONDS + 1) == FIRST_PAUSE


def test_a_machine_that_starts_no_process_is_told_of_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    PublicWriter(tmp_path)
    start, asked = subprocess.Popen, list[Any]()

    def starting(command: Any, **how: Any) -> Any:
        asked.append(command)
        if len(asked) == 1:
            raise BlockingIOError("no more processes")
        return start(command, **how)

    monkeypatch.setattr(subprocess, "Popen", starting)
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as listener, opened(tmp_path, listener, {}):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert httpx.get(address, timeout=PATIENCE_SECONDS).status_code == httpx.codes.OK
    assert len(asked) == 2
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "the reading room cannot be opened right now"
    ]


def test_a_room_that_settings_keep_shut_is_told_of_and_closes_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    PublicWriter(tmp_path)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        opened(tmp_path, listener, {"EARKIV_PUBLIC_CONTACT": "nobody"}),
    ):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not caplog.messages:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert caplog.messages[0] == "the reading room ended by itself and is opened again"
    assert getattr(caplog.records[0], "status", None) == 2


def test_nobody_who_reads_nothing_keeps_a_room_open_whose_archive_is_gone(tmp_path: Path) -> None:
    shown = PublicWriter(tmp_path).publish(
        RECORD, [File(name="stor.bin", media_type="application/octet-stream", content=bytes(_LARGE))]
    )
    path = f"/records/{RECORD['id']}/documents/{shown['documents'][0]['sha256']}/file"
    where = {"EARKIV_PUBLIC_STORE": str(tmp_path / "store"), "EARKIV_PUBLIC_INDEX": str(tmp_path / "index.sqlite")}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number, address = listener.fileno(), listener.getsockname()
        command = [sys.executable, "-P", "-m", "access", "--fd", str(number)]
        with subprocess.Popen(command, env={**os.environ, **where}, stdin=subprocess.PIPE, pass_fds=[number]) as room:
            try:
                with socket.create_connection(address) as slow:
                    slow.settimeout(PATIENCE_SECONDS)
                    slow.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    assert slow.recv(15) == b"HTTP/1.1 200 OK"
                    assert room.stdin is not None
                    room.stdin.close()
                    room.wait(PATIENCE_SECONDS)
            finally:
                room.kill()
