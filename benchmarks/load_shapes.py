"""The engines of each shape, and on them the service as plain processes, or an archive for the library alone."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final, Protocol

import httpx

from earkiv.serving.runner import THREADS
from tests.features.front_door import Door
from tests.features.server_shape import AGREEMENT, ROLES, Server
from tests.features.serving import free_port, wait_until_ready
from tests.features.worker_process import stop
from tests.servers.broker import redis_server
from tests.servers.buckets import in_s3
from tests.servers.postgres import Postgres, postgres
from tests.servers.s3 import PACKAGES, S3Server, ceph, given, missing

BUSY, QUIET = "Migrerande nämnden", "Stilla nämnden"
BATCH: Final = "500"
_AROUND: Final = {"EARKIV_BATCH_SIZE": BATCH, "EARKIV_WORKERS": str(os.cpu_count() or 1)}
_SHARDS: Final = 11
"""As many as Ceph gives a bucket by itself."""
DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "128MB"}
"""PostgreSQL as it is run for real; tests run it without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that is ready: its address, the key of each producer, and its processes by name."""

    address: str
    keys: dict[str, str]
    pids: dict[str, int]

    def called_by(self, producer: str) -> httpx.Client:
        """Open connections as a producer; closed by its `with` block."""
        headers = {"Authorization": f"Bearer {self.keys[producer]}"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """An archive for the library alone: what its environment says, and under which agreement is delivered."""

    environment: dict[str, str]
    agreement: str


class Ground(Protocol):
    """The engines of a shape while they run; every archive on them is a new one."""

    @property
    def at_once(self) -> int:
        """Say how many deliveries are worked on at the same time."""

    def alone(self) -> Alone:
        """Make an archive in which nothing runs."""

    def service(self) -> AbstractContextManager[Service]:
        """Run the service on an archive of its own within the `with` block."""


class Embedded:
    """`earkiv serve` on SQLite and folders."""

    at_once: Final = THREADS

    def __init__(self, root: Path) -> None:
        self._homes = (root / f"home-{number}" for number in count())

    def alone(self) -> Alone:
        """Name a home that does not exist yet."""
        return Alone(environment=Door(home=next(self._homes)).environment(**_AROUND), agreement="default")

    @contextmanager
    def service(self) -> Iterator[Service]:
        """Run `earkiv serve`; its log goes to a file, for nobody reads it meanwhile."""
        home, port = next(self._homes), free_port()
        command = [sys.executable, "-m", "earkiv", "serve", "--port", str(port)]
        environment = Door(home=home).environment(**_AROUND)
        with (
            home.with_suffix(".log").open("w") as log,
            subprocess.Popen(command, env=environment, stdout=log, stderr=log, text=True) as process,
            httpx.Client(base_url=f"http://127.0.0.1:{port}") as http,
        ):
            try:
                wait_until_ready(process, http)
                keys = {producer: _embedded_key(home, producer) for producer in (BUSY, QUIET)}
                yield Service(address=str(http.base_url), keys=keys, pids={"serve": process.pid})
            finally:
                stop(process)


def _embedded_key(home: Path, producer: str) -> str:
    answer = Door(home=home).run("keys", "create", "--producer", producer, "--agreement", "default", "--json")
    if answer.code != 0:
        raise RuntimeError(answer.err)
    key: str = answer.document["key"]
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What a server's archive stands on besides its stores."""

    database: Postgres
    broker: Path


class OnServers:
    """API and Celery worker on PostgreSQL and Redis; `stores` makes new ones and says how they are named."""

    def __init__(self, root: Path, at_once: int, engines: Engines, stores: Callable[[Path], dict[str, str]]) -> None:
        self._roots = (root / f"archive-{number}" for number in count())
        self._engines, self._stores = engines, stores
        self.at_once: Final = at_once

    def alone(self) -> Alone:
        """Establish an archive and start nothing."""
        return Alone(environment=self._established().environment("one"), agreement=AGREEMENT)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """Establish an archive, and run an API and a worker of it."""
        shape = self._established()
        keys = shape.keys(BUSY, QUIET)
        with shape.worker("one", f"--concurrency={self.at_once}") as worker, shape.api("two", keys[BUSY]) as api:
            pids = {"worker": worker.pid, "api": api.process.pid}
            yield Service(address=str(api.http.base_url), keys=keys, pids=pids)

    def _established(self) -> Server:
        root = next(self._roots)
        root.mkdir()
        shape = Server(
            root=root,
            database=self._engines.database.address(self._engines.database.new_database()),
            broker=self._engines.broker,
            stores=self._stores(root),
            around=_AROUND,
        )
        shape.establish()
        return shape


@contextmanager
def embedded(root: Path, _at_once: int) -> Iterator[Ground]:
    """Stand on SQLite and folders; how many are worked on at a time is fixed there."""
    yield Embedded(root)


@contextmanager
def server(root: Path, at_once: int) -> Iterator[Ground]:
    """Stand on Redis, a durable PostgreSQL, and folders."""
    with postgres(**DURABLE) as database, redis_server(root) as broker:
        yield OnServers(root, at_once, Engines(database=database, broker=broker), lambda _: {})


@contextmanager
def s3(root: Path, at_once: int) -> Iterator[Ground]:
    """Stand on Redis, a durable PostgreSQL, and a real S3."""
    with _s3(root) as there, postgres(**DURABLE) as database, redis_server(root) as broker:
        engines = Engines(database=database, broker=broker)
        yield OnServers(root, at_once, engines, lambda scratch: in_s3(there, ROLES, scratch))


@contextmanager
def _s3(root: Path) -> Iterator[S3Server]:
    """Lend the server that EARKIV_TEST_S3 names, else a Ceph of our own. Raises RuntimeError where there is neither."""
    if there := given():
        yield there
    elif absent := missing():
        raise RuntimeError(f"{', '.join(absent)} missing (Debian packages: {PACKAGES}), and EARKIV_TEST_S3 names none")
    else:
        with ceph(root / "ceph", _SHARDS) as own:
            yield own


SHAPES: Final[dict[str, Callable[[Path, int], AbstractContextManager[Ground]]]] = {
    "embedded": embedded,
    "server": server,
    "s3": s3,
}
