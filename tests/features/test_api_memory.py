"""A delivery of 1 GiB goes through the server without the server growing."""

import hashlib
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samples.simulator.containers import zip_entry
from tests.features.api_client import Json, case_push, document
from tests.features.serving import Serving, serving

pytestmark = [pytest.mark.ci, pytest.mark.timeout(1200)]

SIZE = 1 << 30
CHUNK = bytes(range(256)) * 4096
MOST_BYTES = 300 * 10**6
LARGE_JSON = 58 << 20
MOST_BYTES_OF_JSON = 480 * 10**6
_PATIENCE_SECONDS = 900


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document of 1 GiB."""
    path = tmp_path_factory.mktemp("large") / "mätdata.bin"
    with path.open("wb") as file:
        for _ in range(SIZE // len(CHUNK)):
            file.write(CHUNK)
    return path


def _case(large: Path, **where: str) -> Json:
    with large.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return case_push("stor-1", {"name": large.name, "size": SIZE, "sha256": digest, **where})


@pytest.fixture(params=["form", "container"])
def request_(request: pytest.FixtureRequest, large: Path, tmp_path: Path) -> Iterator[dict[str, Any]]:
    if request.param == "form":
        with large.open("rb") as file:
            yield {"files": {"case": json.dumps(_case(large, part="doc")).encode(), "doc": (large.name, file)}}
        return
    container = tmp_path / "stor.zip"
    with zipfile.ZipFile(container, "w") as written:
        written.writestr(zip_entry("case.json"), json.dumps(_case(large, path=large.name)))
        written.write(large, large.name)
    with container.open("rb") as file:
        yield {"content": file, "headers": {"Content-Type": "application/zip"}}


def _peak(server: Serving) -> int:
    """Give the most bytes that the server's own process has held in memory."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def test_its_memory_stays_small(tmp_path: Path, request_: dict[str, Any]) -> None:
    with serving(tmp_path / "home") as server:
        answer = server.http.post("/v1/deliveries", timeout=_PATIENCE_SECONDS, **request_)
        assert answer.status_code == 202
        received = _peak(server)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while server.http.get(answer.headers["location"], timeout=60).json()["status"] != "archived":
            assert time.monotonic() < deadline, "it was not archived"
            time.sleep(0.5)
        assert received < MOST_BYTES
        assert _peak(server) < MOST_BYTES


def test_large_cases_that_come_at_once_take_turns(tmp_path: Path) -> None:
    inline = document(CHUNK * 44)
    with serving(tmp_path / "home") as server:
        bodies = [json.dumps(case_push(f"stor-{number}", inline)).encode() for number in range(6)]
        assert all(len(body) > LARGE_JSON for body in bodies)
        answers: list[int] = []

        def deliver(body: bytes) -> None:
            headers = {"Content-Type": "application/json"}
            answer = server.http.post("/v1/deliveries", content=body, headers=headers, timeout=_PATIENCE_SECONDS)
            answers.append(answer.status_code)

        threads = [threading.Thread(target=deliver, args=(body,)) for body in bodies]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [202] * len(bodies)
        assert _peak(server) < MOST_BYTES_OF_JSON
