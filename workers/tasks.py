"""The one task, and the archive it works on, opened once per worker process."""

import os
from contextlib import ExitStack
from threading import Event, Thread

from celery import Task
from celery.signals import worker_init, worker_ready, worker_shutdown
from celery.utils.log import get_task_logger

from ingest.bootstrap import Archive, writing
from ingest.config import read_settings
from ingest.errors import PermanentError, TransientError
from ingest.pipeline.runner import advance as advance_delivery
from workers.app import app
from workers.relay import keep_relaying

RETRY_SECONDS = 10
MOST_RETRIES = 8

logger = get_task_logger(__name__)


class OpenArchive:
    """The worker's archive from start to shutdown, and the thread that relays its outbox."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._closing = ExitStack()
        self._stop = Event()
        self._archive: Archive | None = None

    @property
    def archive(self) -> Archive:
        """The open archive; RuntimeError before `open`."""
        if self._archive is None:
            message = "the worker has not opened its archive"
            raise RuntimeError(message)
        return self._archive

    def open(self) -> None:
        """Open the archive that the environment names. Raises EarkivError: the worker must not start without it."""
        settings = read_settings(os.environ, os.cpu_count() or 1)
        self._archive = self._closing.enter_context(writing(settings))

    def start_relay(self) -> None:
        """Begin to hand outbox rows and stranded deliveries to the broker."""
        self._stop.clear()
        relay = Thread(target=keep_relaying, args=(self.archive.ports, send, self._stop), name="relay", daemon=True)
        relay.start()
        self._closing.callback(relay.join)
        self._closing.callback(self._stop.set)

    def close(self) -> None:
        """Stop relaying and give the archive's lock back."""
        self._closing.close()
        self._archive = None


WORKER = OpenArchive()


@app.task(name="earkiv.advance", bind=True, max_retries=MOST_RETRIES)
def advance(self: "Task[[str], None]", delivery_id: str) -> None:
    """Drive one delivery as far as it goes; a transient fault comes back later, a permanent one waits for a person."""
    archive = WORKER.archive
    try:
        advance_delivery(delivery_id, archive.owner, archive.ports)
    except TransientError as fault:
        raise self.retry(exc=fault, countdown=RETRY_SECONDS * 2**self.request.retries) from fault
    except PermanentError as fault:
        logger.exception("delivery %s waits for an operator: %s", delivery_id, fault.en)


def send(delivery_id: str) -> None:
    """Put "advance this delivery" on the broker."""
    advance.delay(delivery_id)


@worker_init.connect
def _open(**_: object) -> None:
    WORKER.open()


@worker_ready.connect
def _relay(**_: object) -> None:
    WORKER.start_relay()


@worker_shutdown.connect
def _close(**_: object) -> None:
    WORKER.close()
