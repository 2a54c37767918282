"""The service in both shapes, as plain processes: who can be called, with which keys, and which processes work."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.features.front_door import Door
from tests.features.server_shape import Server
from tests.features.serving import free_port, wait_until_ready
from tests.features.worker_process import stop
from tests.servers.broker import redis_server
from tests.servers.postgres import postgres

BUSY, QUIET = "Migrerande nämnden", "Stilla nämnden"
BATCH = "500"
DURABLE = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "128MB"}
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


@contextmanager
def embedded(root: Path) -> Iterator[Service]:
    """Run `earkiv serve` on SQLite and folders; its log goes to a file, for nobody reads it meanwhile."""
    home, port = root / "home", free_port()
    settings = {"EARKIV_WORKERS": str(os.cpu_count() or 1), "EARKIV_BATCH_SIZE": BATCH}
    command = [sys.executable, "-m", "earkiv", "serve", "--port", str(port)]
    with (
        (root / "serve.log").open("w") as log,
        subprocess.Popen(
            command, env=Door(home=home).environment(**settings), stdout=log, stderr=log, text=True
        ) as process,
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


@contextmanager
def server(root: Path) -> Iterator[Service]:
    """Run API, Celery worker, Redis and a durable PostgreSQL on folders; S3 where EARKIV_BENCH_S3 names settings."""
    stores = dict(pair.split("=", 1) for pair in os.environ.get("EARKIV_BENCH_S3", "").split())
    around = {"EARKIV_BATCH_SIZE": BATCH, "EARKIV_WORKERS": str(os.cpu_count() or 1)}
    with postgres(**DURABLE) as database, redis_server(root) as broker:
        address = database.address(database.new_database())
        shape = Server(root=root, database=address, broker=broker, stores=stores, around=around)
        shape.establish()
        keys = {producer: shape.key(producer)["key"] for producer in (BUSY, QUIET)}
        with shape.worker("one") as worker, shape.api("two", keys[BUSY]) as api:
            pids = {"worker": worker.pid, "api": api.process.pid}
            yield Service(address=str(api.http.base_url), keys=keys, pids=pids)


SHAPES = {"embedded": embedded, "server": server}
