"""The Celery deployment with a real broker: what is received gets archived, once, whatever is lost or doubled."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from ingest.bootstrap import reading, writing
from ingest.pipeline.plan import PLAN
from tests.features.worker_process import Deployment, built, stop, worker
from tests.servers.broker import redis_server
from workers.messages import CeleryMessages
from workers.relay import Relay
from workers.schedule import Schedule

pytestmark = pytest.mark.timeout(900)  # some wait for several things, each with all patience
THREADS = ("--pool=threads", "--concurrency=2")


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    with redis_server(tmp_path) as socket:
        yield Deployment(home=tmp_path / "home", socket=socket)


def _aips(deployment: Deployment) -> list[str]:
    """The OCFL objects that the storage holds, by their declarations."""
    return [str(found.parent) for found in (deployment.home / "archive").rglob("0=ocfl_object_*")]


def _packages(deployment: Deployment) -> int:
    with reading(deployment.settings) as archive:
        return len(archive.ports.catalogue.packages())


def test_a_received_delivery_is_archived_by_a_worker(deployment: Deployment, tmp_path: Path) -> None:
    delivery = deployment.submit(built(tmp_path / "push", documents=3))
    with worker(deployment, *THREADS) as process:
        deployment.wait_for(lambda: deployment.is_archived(delivery), "the delivery is archived")
        stop(process)
        assert process.returncode == 0
    assert len(_aips(deployment)) == _packages(deployment) == 1
    with reading(deployment.settings) as archive:
        assert archive.ports.catalogue.pending(limit=10) == ()
    lines = (tmp_path / "worker.log").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith('{"at"')]  # beside Celery's banner
    assert [line["step"] for line in told if line.get("delivery") == delivery] == [step.name for step in PLAN]


@pytest.mark.ci
def test_a_worker_told_to_stop_hands_back_what_it_has_under_way(deployment: Deployment, tmp_path: Path) -> None:
    delivery = deployment.submit(built(tmp_path / "push", documents=400))
    with worker(deployment, *THREADS) as process:
        deployment.wait_for(lambda: _examined(deployment, delivery) > 0, "the first batch is examined")
        stop(process)
        assert process.returncode == 0
    assert 0 < _examined(deployment, delivery) < 400
    with reading(deployment.settings) as archive:
        assert len(archive.ports.catalogue.logged(delivery, "HandedBack")) == 1
        assert delivery in archive.ports.catalogue.runnable()
    with worker(deployment, *THREADS):
        deployment.wait_for(lambda: deployment.is_archived(delivery), "the delivery is archived")


def _examined(deployment: Deployment, delivery: str) -> int:
    with reading(deployment.settings) as archive:
        staged = len(archive.ports.catalogue.staged(delivery))
        return staged - len(archive.ports.catalogue.unexamined(delivery, staged))


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_finishes(deployment: Deployment, tmp_path: Path) -> None:
    delivery = deployment.submit(built(tmp_path / "push", documents=60))

    def under_way() -> bool:
        with reading(deployment.settings) as archive:
            return len(archive.ports.catalogue.examinations(delivery)) >= 5

    with worker(deployment, *THREADS) as first:
        deployment.wait_for(under_way, "the first batch is examined")
        first.kill()
        first.wait()
    assert not deployment.is_archived(delivery)
    with worker(deployment, *THREADS):
        deployment.wait_for(lambda: deployment.is_archived(delivery), "the second worker archives the delivery")
    assert len(_aips(deployment)) == _packages(deployment) == 1


def test_a_broker_that_lost_everything_has_lost_nothing(deployment: Deployment, tmp_path: Path) -> None:
    delivery = deployment.submit(built(tmp_path / "push", documents=3))
    with writing(deployment.settings) as archive:
        messages = SimpleNamespace(send=deployment.send, waiting=deployment.messages)
        assert Relay(archive.ports.catalogue, Schedule(lambda: 0.0), messages).hand_on() == 1
        assert archive.ports.catalogue.pending(limit=10) == ()
    assert deployment.messages() == 1
    deployment.broker.flushall()
    with worker(deployment, *THREADS):
        deployment.wait_for(lambda: deployment.is_archived(delivery), "the sweeper sends again")
    assert len(_aips(deployment)) == 1


def test_the_same_message_five_times_does_nothing_five_times(deployment: Deployment, tmp_path: Path) -> None:
    delivery = deployment.submit(built(tmp_path / "push", documents=3))
    with worker(deployment, *THREADS):
        deployment.wait_for(lambda: deployment.is_archived(delivery), "the delivery is archived")
        deployment.wait_for(lambda: deployment.messages() == 0, "the queue is empty")
        before = _told(deployment, delivery)
        for _ in range(5):
            deployment.send(delivery)
        deployment.wait_for(lambda: deployment.messages() == 0, "the messages are taken")
        assert _told(deployment, delivery) == before
    assert len(_aips(deployment)) == _packages(deployment) == 1


def test_five_messages_at_once_give_one_package(deployment: Deployment, tmp_path: Path) -> None:
    delivery = deployment.submit(built(tmp_path / "push", documents=20))
    for _ in range(5):
        deployment.send(delivery)
    with worker(deployment, *THREADS):
        deployment.wait_for(lambda: deployment.is_archived(delivery), "the delivery is archived")
        deployment.wait_for(lambda: deployment.messages() == 0, "the queue is empty")
    assert len(_aips(deployment)) == _packages(deployment) == 1
    with reading(deployment.settings) as archive:
        steps = [event.id for event in archive.ports.catalogue.events(delivery)]
    assert len(steps) == len(set(steps))


def _told(deployment: Deployment, delivery: str) -> tuple[object, ...]:
    with reading(deployment.settings) as archive:
        catalogue = archive.ports.catalogue
        files = sorted(path for path in (deployment.home / "archive").rglob("*") if path.is_file())
        return catalogue.delivery(delivery), catalogue.events(delivery), catalogue.journal_records(), files


def test_the_broker_is_asked_how_many_messages_wait(deployment: Deployment) -> None:
    app = Celery("asking", broker=deployment.environment["EARKIV_BROKER_URL"])
    app.conf.task_default_queue = "earkiv"
    messages = CeleryMessages(app, deployment.send)
    assert messages.waiting() == 0
    messages.send("a")
    messages.send("b")
    assert messages.waiting() == deployment.messages() == 2


def test_a_broker_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    messages = CeleryMessages(Celery("asking", broker=f"redis+socket://{tmp_path}/none"), print)
    with pytest.raises(OperationalError):
        messages.waiting()


def test_a_worker_that_cannot_open_its_archive_ends_and_says_why(deployment: Deployment, tmp_path: Path) -> None:
    with writing(deployment.settings), worker(replace(deployment, lock_wait_seconds=0), *THREADS) as process:
        assert process.wait(30) != 0
    assert "Another run" in (tmp_path / "worker.log").read_text()


def test_a_living_worker_answers_a_ping(deployment: Deployment) -> None:
    with worker(deployment, *THREADS, "--hostname=worker@here"):
        command = ["celery", "-A", "workers.app", "inspect", "ping", "--destination", "worker@here"]
        deployment.wait_for(lambda: _answers(deployment, command), "the worker answers")


def _answers(deployment: Deployment, command: list[str]) -> bool:
    environment = {**os.environ, **deployment.environment}
    answer = subprocess.run(
        [sys.executable, "-m", *command], check=False, env=environment, capture_output=True, text=True
    )
    return answer.returncode == 0 and "pong" in answer.stdout
