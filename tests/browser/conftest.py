"""A reading room on loopback, and Debian's Chromium to visit it with."""

import os
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from access.app import reading_room
from tests.fakes.public_room import SmallRoom, small_room

SECONDS = 90


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallRoom:
    """A small room that the tests only read."""
    return small_room(tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="session")
def address(small: SmallRoom) -> Iterator[str]:
    """Where the room is served."""
    listener = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(reading_room(small.settings(url=base)), log_config=None))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    until = time.monotonic() + SECONDS
    while not server.started:
        assert time.monotonic() < until, "the reading room did not start"
        time.sleep(0.02)
    yield base
    server.should_exit = True
    thread.join(SECONDS)
    listener.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; absent, the test is skipped visibly, and in CI it fails."""
    program = shutil.which("chromium")
    if program is None:
        missing = "chromium missing (Debian package: chromium)"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        # Who runs the tests as root has no sandbox of Chromium's; only pages of our own are visited.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages are kept to be looked at: EARKIV_SCREENSHOTS, or a folder of the run."""
    told = os.environ.get("EARKIV_SCREENSHOTS")
    folder = Path(told) if told else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
