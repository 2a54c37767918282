"""The Celery application: what it imports, its settings, and which pools it accepts."""

import subprocess
import sys

import pytest

from ingest.errors import ConfigurationError
from workers.app import LONGEST_DELIVERY_SECONDS, configuration
from workers.process import WorkerProcess, require_pool

_HEAVY = {"alembic", "jsonschema", "lxml", "pygfried", "sqlalchemy"}


def test_the_application_imports_nothing_of_the_archive() -> None:
    script = "import sys, workers.app as w; w.app.conf.broker_url; print(*{m.split('.')[0] for m in sys.modules})"
    answer = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not _HEAVY & set(answer.stdout.split())


def test_a_message_outlives_the_worker_that_took_it() -> None:
    settings = configuration()
    assert settings["task_acks_late"]
    assert settings["task_reject_on_worker_lost"]
    assert settings["worker_prefetch_multiplier"] == 1
    assert settings["broker_transport_options"] == {
        "visibility_timeout": LONGEST_DELIVERY_SECONDS,
        "socket_connect_timeout": 5,
    }


def test_the_broker_is_the_one_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARKIV_BROKER_URL", "redis://mq:6379/3")
    assert configuration()["broker_url"] == "redis://mq:6379/3"


def test_threads_are_accepted_and_processes_refused() -> None:
    require_pool("celery.concurrency.thread")
    with pytest.raises(ConfigurationError, match="threads"):
        require_pool("celery.concurrency.prefork")


def test_a_process_without_an_archive_says_so() -> None:
    with pytest.raises(ConfigurationError, match=r"celery -A workers\.app worker"):
        _ = WorkerProcess().turns
