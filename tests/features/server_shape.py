"""The server as plain processes: PostgreSQL, Redis, stores that all machines reach, Celery workers, the API."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from ingest.adapters.system import RandomIds, SystemClock
from ingest.application.manage_keys import ProducersKey, issue_key
from ingest.bootstrap import keeping
from ingest.config import read_settings
from ingest.ports import Catalogue
from tests.architecture.source_tree import REPOSITORY
from tests.features.front_door import Answer, Door
from tests.features.serving import Serving, free_port, wait_until_ready
from tests.features.work_told import work_in
from tests.features.worker_process import stop
from tests.patience import end_of
from tests.servers.postgres import Postgres

AGREEMENT = "bygglov"
ROLES = ("staging", "quarantine", "archive", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An archive that several machines share; each has a folder of its own below `root`.

    `around` is what the environment of every process says besides settings.
    """

    root: Path
    database: str
    broker: Path
    stores: dict[str, str] = field(default_factory=dict)
    around: dict[str, str] = field(default_factory=dict)

    def environment(self, machine: str, **settings: str) -> dict[str, str]:
        """What the environment of a machine's processes says."""
        shared = self.root / "shared"
        at_hand = {f"EARKIV_STORE_{role.upper()}": str(shared / role) for role in ROLES}
        own = {
            "EARKIV_HOME": str(self.root / machine),
            "EARKIV_DATABASE": self.database,
            "EARKIV_BROKER_URL": f"redis+socket://{self.broker}",
            "EARKIV_BATCH_SIZE": "5",
            "EARKIV_WORKERS": "1",
            "EARKIV_WEBHOOK_NETWORKS": "127.0.0.1/32",
            **(self.stores or at_hand),
            **self.around,
            **settings,
        }
        return Door(home=self.root / machine).environment(**own)

    def run(self, machine: str, *arguments: str, **settings: str) -> Answer:
        """Run a command on a machine."""
        own = self.environment(machine, **settings)
        return Door(home=self.root / machine, settings=own).run(*arguments, "--lang", "en")

    def establish(self) -> None:
        """Make the archive on the first machine, and give its keys to the second."""
        for role in () if self.stores else ROLES:
            (self.root / "shared" / role).mkdir(parents=True, exist_ok=True)
        first, second = self.root / "one", self.root / "two"
        (first / "agreements").mkdir(parents=True, exist_ok=True)
        terms = {"title": "Bygglov", "severities": [["EARKIV-SA-5", "warning"]]}
        (first / "agreements" / f"{AGREEMENT}.json").write_text(json.dumps(terms), encoding="utf-8")
        answer = self.run("one", "establish")
        assert answer.code == 0, answer
        shutil.copytree(first / "keys", second / "keys")

    def key(self, producer: str) -> dict[str, Any]:
        """Make a key for a producer."""
        answer = self.run("one", "keys", "create", "--producer", producer, "--agreement", AGREEMENT, "--json")
        assert answer.code == 0, answer
        document: dict[str, Any] = answer.document
        return document

    def keys(self, *producers: str) -> dict[str, str]:
        """Make a key for each of many producers in this process: what is done often need not start each time."""
        with keeping(read_settings(self.environment("one"), 1)) as archive:
            return {producer: _issued(producer, archive.ports.catalogue) for producer in producers}

    def told(self) -> str:
        """Tell how the work stands, and what every process logged last: for whoever reads why a test failed."""
        logs = sorted(self.root.glob("worker-*.log")) + sorted(self.root.glob("api-*.log"))
        return "\n".join((work_in(read_settings(self.environment("one"), 1)), *map(end_of, logs)))

    @contextmanager
    def worker(self, machine: str, *options: str) -> Iterator["subprocess.Popen[str]"]:
        """Run a Celery worker on a machine, with further options of Celery."""
        command = [*procfile("worker"), "-n", machine, *options]
        log = self.root / f"worker-{machine}.log"
        environment = {**os.environ, **self.environment(machine)}
        with (
            log.open("a") as output,
            subprocess.Popen(
                command, cwd=self.root, env=environment, stdout=output, stderr=output, text=True
            ) as process,
        ):
            try:
                yield process
            finally:
                stop(process)

    @contextmanager
    def api(self, machine: str, key: str) -> Iterator[Serving]:
        """Run the API on a machine; called with that key."""
        port = free_port()
        command = [str(port) if part == "8080" else part for part in procfile("api")]
        log = self.root / f"api-{machine}.log"
        with (
            log.open("a") as output,
            subprocess.Popen(
                command, cwd=REPOSITORY, env=self.environment(machine), stdout=output, stderr=output, text=True
            ) as process,
            httpx.Client(
                base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {key}"}, timeout=60
            ) as http,
        ):
            try:
                wait_until_ready(process, http)
                yield Serving(process=process, http=http, told=self.told)
            finally:
                stop(process)


def _issued(producer: str, catalogue: Catalogue) -> str:
    wanted = ProducersKey(producer=producer, agreements=(AGREEMENT,))
    return issue_key(wanted, "", catalogue, RandomIds(), SystemClock().now()).secret


def procfile(name: str, file: str = "Procfile") -> list[str]:
    """Give the command of a Procfile, run by this Python."""
    lines = (REPOSITORY / file).read_text(encoding="utf-8").splitlines()
    (line,) = (line.removeprefix(f"{name}: ") for line in lines if line.startswith(f"{name}: "))
    program, *arguments = line.split()
    return [sys.executable, *(arguments if program == "python" else ("-m", program, *arguments))]


@contextmanager
def server(root: Path, postgres: Postgres, broker: Path, **stores: str) -> Iterator[Server]:
    """Lend an archive with a database of its own, not established yet."""
    name = postgres.new_database()
    with ExitStack() as closing:
        closing.callback(postgres.drop_database, name)
        yield Server(root=root, database=postgres.address(name), broker=broker, stores=stores)
