"""The reading room of an embedded archive: a process of its own that knows the public folder and nothing else."""

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

from schemas.public_requests import REQUESTS_FILE, REQUESTS_FOLDER
from schemas.public_store import INDEX_FILE, STORE_FOLDER

logger = logging.getLogger(__name__)

STOP_SECONDS: Final = 10.0
"""More than the room itself gives those whom it is answering (`access.__main__`)."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
CALM_SECONDS: Final = 60.0
"""A room that was open for so long has not ended by what it met at its start."""
_PASSED_ON: Final = frozenset({"PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "PYTHONPATH", "FORWARDED_ALLOW_IPS"})
"""Of this process's environment: no key, no password, no address of the archive's own."""
_REQUESTS: Final = "EARKIV_PUBLIC_REQUESTS"


@contextmanager
def opened(public: Path, listener: socket.socket, environment: Mapping[str, str]) -> Iterator[None]:
    """Keep the reading room over the folder `public` open on `listener` for as long as the `with` block lasts.

    What of `environment` is for the reading room (EARKIV_PUBLIC_…) is passed on. A room that ends is opened again, at
    once and then ever more seldom; whoever comes meanwhile waits.
    """
    room = _Room(listener, _environment(public, environment))
    thread = Thread(target=room.keep_open, name="reading room", daemon=True)
    thread.start()
    try:
        yield
    finally:
        room.close()
        thread.join()


def pause_after(pause: float, lived: float) -> float:
    """Give the seconds until a room is opened again that was open for `lived`; `pause` was waited before it."""
    if pause == 0 or lived > CALM_SECONDS:
        return FIRST_PAUSE
    return min(2 * pause, LONGEST_PAUSE)


class _Room:
    def __init__(self, listener: socket.socket, environment: Mapping[str, str]) -> None:
        self._listener = listener
        self._environment = environment
        self._closing = Event()
        self._process: subprocess.Popen[bytes] | None = None

    def keep_open(self) -> None:
        """Run the process, again and again, until the room closes."""
        pause = 0.0
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                status = self._run()
            except OSError as error:
                logger.warning("the reading room cannot be opened right now", extra={"fault": type(error).__name__})
            else:
                if not self._closing.is_set():
                    logger.warning("the reading room ended by itself and is opened again", extra={"status": status})
            pause = pause_after(pause, time.monotonic() - began)
            self._closing.wait(pause)

    def close(self) -> None:
        """Let the process answer whom it is answering, and end."""
        self._closing.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    def _run(self) -> int:
        with self._started() as process:
            self._process = process
            if self._closing.is_set():
                process.terminate()
            return process.wait()

    def _started(self) -> "subprocess.Popen[bytes]":
        number = self._listener.fileno()
        # Its standard input is a pipe that nothing is written to: it ends when this process does, even if killed.
        return subprocess.Popen(  # noqa: S603 - this Python, and a module of the program
            # -P: no module of the folder that the archive happens to be served from.
            [sys.executable, "-P", "-m", "access", "--fd", str(number)],
            env=self._environment,
            stdin=subprocess.PIPE,
            pass_fds=[number],
            # Ctrl-C in the terminal is for this process alone, which then closes the room.
            process_group=0,
        )


def _environment(public: Path, environment: Mapping[str, str]) -> dict[str, str]:
    passed = {name: value for name, value in environment.items() if name in _PASSED_ON or _is_rooms(name)}
    where = {"EARKIV_PUBLIC_STORE": str(public / STORE_FOLDER), "EARKIV_PUBLIC_INDEX": str(public / INDEX_FILE)}
    asked = {} if passed.get(_REQUESTS, "").strip() else {_REQUESTS: str(public / REQUESTS_FOLDER / REQUESTS_FILE)}
    return {**passed, **where, **asked}


def _is_rooms(name: str) -> bool:
    return name.startswith("EARKIV_PUBLIC_") and not name.endswith("_DATABASE")
