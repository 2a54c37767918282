"""The server under load while its parts are killed: every acknowledged case ends in exactly one package."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.under_load import Running, judge
from tests.features.server_shape import ROLES, Server, server
from tests.servers.broker import redis_server
from tests.servers.buckets import in_s3
from tests.servers.postgres import Postgres
from tests.servers.s3 import S3Server

pytestmark = [pytest.mark.ci, pytest.mark.timeout(1200)]
_IN_S3_SECONDS = 240.0
"""What had come before the fault ended has to be stored too, and a small Ceph is slow."""


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Server]:
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        yield shared


def _kill_a_worker(running: Running) -> None:
    running.kill("one")
    time.sleep(1)
    running.start("one")


def _kill_the_api(running: Running) -> None:
    running.kill("api")
    running.start("api")


def _restart_the_database(running: Running) -> None:
    running.postgres.kill()
    time.sleep(1)
    running.postgres.start()


def _forget_all_messages(running: Running) -> None:
    from redis import Redis  # noqa: PLC0415 - this fault alone needs it

    Redis(unix_socket_path=str(running.shared.broker)).flushall()


def _suspend_a_worker(running: Running) -> None:
    """Let a worker stand still until it is taken for dead, and then go on."""
    running.processes["two"].send_signal(signal.SIGSTOP)
    time.sleep(35)
    running.processes["two"].send_signal(signal.SIGCONT)


FAULTS = (_kill_a_worker, _kill_the_api, _restart_the_database, _forget_all_messages, _suspend_a_worker)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_every_acknowledged_case_ends_in_exactly_one_package(
    shared: Server, postgres: Postgres, fault: Callable[[Running], None]
) -> None:
    judge(shared, postgres, fault)


def test_the_same_with_objects_in_s3(postgres: Postgres, s3_server: S3Server, tmp_path: Path) -> None:
    stores = in_s3(s3_server, ROLES, tmp_path)
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker, **stores) as shared:
        judge(shared, postgres, _kill_a_worker, _IN_S3_SECONDS)
