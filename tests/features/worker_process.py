"""Real Celery workers, each a process of its own that ends with the test."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from celery import Celery
from redis import Redis

from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import reading, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import Delivery, DeliveryState
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.features.work_told import work_in
from tests.patience import end_of, wait_until

QUEUE = "earkiv"
LOG = "worker.log"
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """An archive's home and the broker that its workers listen to."""

    home: Path
    socket: Path
    lock_wait_seconds: int = 20

    @property
    def environment(self) -> dict[str, str]:
        """What the environment of a worker says; small batches, so that there are many places to be killed at."""
        return {
            "EARKIV_HOME": str(self.home),
            "EARKIV_BROKER_URL": f"redis+socket://{self.socket}",
            "EARKIV_BATCH_SIZE": "5",
            "EARKIV_WORKERS": "1",
            "EARKIV_TOOLS": os.devnull,
            "EARKIV_LOCK_WAIT": str(self.lock_wait_seconds),
        }

    @property
    def settings(self) -> Settings:
        """The same, read."""
        return read_settings(self.environment, 1)

    @property
    def broker(self) -> Redis:
        """The broker itself."""
        return Redis(unix_socket_path=str(self.socket))

    def send(self, delivery: str) -> None:
        """Put one message on the broker, as any process may."""
        with Celery(broker=self.environment["EARKIV_BROKER_URL"]) as sender:
            sender.send_task("earkiv.advance", (delivery,), queue=QUEUE)

    def messages(self) -> int:
        """Count the messages that wait or are not acknowledged."""
        return int(self.broker.llen(QUEUE)) + int(self.broker.hlen("unacked"))

    def delivery(self, delivery: str) -> Delivery:
        """Look a delivery up, beside a worker that writes."""
        with reading(self.settings) as archive:
            return archive.ports.catalogue.delivery(delivery)

    def is_archived(self, delivery: str) -> bool:
        """Whether a delivery has come to its end, and that one."""
        return self.delivery(delivery).state is DeliveryState.ARCHIVED

    def wait_for(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds; in vain, fail and tell how the work stands and what the workers logged."""
        log = self.home.parent / LOG
        wait_until(holds, lambda: "\n".join((what, work_in(self.settings), end_of(log))))

    def submit(self, source: Path) -> str:
        """Hand a folder over in this process and close the archive again; nothing is advanced."""
        with writing(self.settings) as archive:
            agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
            assert agreement
            return submit(Handover(path=source, agreement=agreement, owner=archive.owner), archive.ports)


def built(folder: Path, documents: int) -> Path:
    """Build a case push with so many small documents."""
    build_case_push(crowd(cases=1, documents=documents, size=100), folder)
    return folder


@contextmanager
def worker(deployment: Deployment, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """Run `celery -A workers.app worker`; at the end ask it to stop, and kill it if it does not."""
    command = [sys.executable, "-m", "celery", "-A", "workers.app", "worker", "--loglevel=INFO", *options]
    environment = {**os.environ, **deployment.environment, "PYTHONPATH": str(REPOSITORY)}
    log = deployment.home.parent / LOG
    with (
        log.open("a") as output,
        subprocess.Popen(
            command, cwd=deployment.home.parent, env=environment, stdout=output, stderr=output, text=True
        ) as process,
    ):
        try:
            yield process
        finally:
            stop(process)


def stop(process: "subprocess.Popen[str]") -> None:
    """Ask a worker to finish; kill it when it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
