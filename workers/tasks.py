"""The one task, and the place in a worker's start and end where its archive is opened and closed."""

import os
from typing import Any

from celery import bootsteps
from celery.signals import setup_logging, worker_shutdown, worker_shutting_down

from ingest.bootstrap.logs import tell
from ingest.config import read_settings
from workers.app import app
from workers.messages import CeleryMessages
from workers.process import WorkerProcess, require_pool

WORKER = WorkerProcess()


@app.task(name="earkiv.advance")
def advance(delivery_id: str) -> None:
    """Drive the delivery whose turn it is as far as it goes; `delivery_id` says for which the message was sent.

    A message with nothing left to do does nothing; a fault comes back through the sweeper.
    """
    _ = delivery_id
    WORKER.turns.take()


class OpenArchive(bootsteps.StartStopStep):
    """Open the archive before the first message is taken; a worker that cannot ends with what is wrong."""

    def start(self, parent: Any) -> None:  # noqa: ANN401 - celery's worker
        """Open the archive. Raises EarkivError."""
        require_pool(parent.pool_cls.__module__)
        WORKER.open(CeleryMessages(app, advance.delay))


app.steps["worker"].add(OpenArchive)


# Whoever listens here keeps Celery's own lines away: they would quote exceptions.
@setup_logging.connect
def _log(**_: object) -> None:
    tell(read_settings(os.environ, os.cpu_count() or 1))


# Sent at the first SIGTERM: what takes hours goes on in another worker, and this one can end at once.
@worker_shutting_down.connect
def _stop(**_: object) -> None:
    WORKER.stop()


# Sent when the pool's threads have ended; a step's own `stop` may come before that.
@worker_shutdown.connect
def _close(**_: object) -> None:
    WORKER.close()
