"""`earkiv push` over a line that breaks: what came before the cut is not sent again."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from earkiv.pushing.uploading import LARGE
from tests.features.api_client import KEY, case_push, document, served
from tests.features.front_door import Door

SIZE = 3 * LARGE


class Line:
    """A line to a server that breaks once after `cut` bytes, and counts what goes over it."""

    def __init__(self, port: int, cut: int) -> None:
        self.sent = 0
        self._cut = cut
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]

    def carry(self) -> None:
        """Carry connections until the line is taken down."""
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._port))
            threading.Thread(target=self._there, args=(near, far), daemon=True).start()
            threading.Thread(target=_back, args=(far, near), daemon=True).start()

    def _there(self, near: socket.socket, far: socket.socket) -> None:
        with near, far:
            while chunk := near.recv(1 << 16):
                far.sendall(chunk)
                self.sent += len(chunk)
                if self._cut and self.sent > self._cut:
                    self._cut = 0
                    for end in (near, far):
                        end.shutdown(socket.SHUT_RDWR)
                    return
            far.shutdown(socket.SHUT_WR)

    def take_down(self) -> None:
        """Let nobody connect any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


def _back(far: socket.socket, near: socket.socket) -> None:
    try:
        while chunk := far.recv(1 << 16):
            near.sendall(chunk)
    except OSError:
        return


@contextmanager
def line_to(address: str, cut: int) -> Iterator[Line]:
    line = Line(urlsplit(address).port or 0, cut)
    carrying = threading.Thread(target=line.carry)
    carrying.start()
    try:
        yield line
    finally:
        line.take_down()
        carrying.join()


def test_a_cut_costs_what_was_not_yet_kept_alone(tmp_path: Path) -> None:
    folder, content = tmp_path / "case", os.urandom(SIZE)
    folder.mkdir()
    (folder / "a.bin").write_bytes(content)
    (folder / "case.json").write_text(json.dumps(case_push("a-1", document(content, "a.bin", path="a.bin"))))
    settings = {"EARKIV_API_KEY": KEY, "XDG_STATE_HOME": str(tmp_path / "state")}
    door = Door(home=tmp_path / "unused", settings=settings)
    with served(tmp_path / "home") as client, line_to(str(client.http.base_url), cut=2 * LARGE) as line:
        answer = door.run("push", f"http://127.0.0.1:{line.port}", folder, "--json")
        staged = list(client.archive.ports.staging.keys("uploads/"))
    assert answer.code == 0, answer.err
    assert answer.document["outcome"] == "accepted"
    assert line.sent < SIZE * 1.2
    assert staged == []
    assert list((tmp_path / "state").rglob("*.json")) == []
