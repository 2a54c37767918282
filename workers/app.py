"""The Celery application: `celery -A workers.app worker`.

A message says only "advance delivery D"; Celery is never asked what the state is. Nothing of the archive is imported
here, so that `celery -A workers.app inspect ping` stays cheap.
"""

import os

from celery import Celery

from ingest.config import read_settings

LONGEST_DELIVERY_SECONDS = 12 * 3600


def configuration() -> dict[str, object]:
    """Give Celery's settings, read when they are first needed. Raises ConfigurationError."""
    return {
        "broker_url": read_settings(os.environ, os.cpu_count() or 1).broker.reveal(),
        "imports": ("workers.tasks",),
        "task_default_queue": "earkiv",
        # Threads: a prefork child may have no children of its own, and the examiner's processes are such children.
        # Threads cannot be stopped from outside, so there are no time limits; the examiner's patience bounds its tools.
        "worker_pool": "threads",
        "worker_concurrency": 2,
        # A message is gone only when its work is done: without both, a killed worker takes it along.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # What one worker has prefetched no other can take.
        "worker_prefetch_multiplier": 1,
        # A message not acknowledged by then is delivered twice, which is harmless but idle.
        "broker_transport_options": {"visibility_timeout": LONGEST_DELIVERY_SECONDS, "socket_connect_timeout": 5},
        # The answer lies in the catalogue.
        "task_ignore_result": True,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
    }


app = Celery("earkiv")
app.add_defaults(configuration)
