"""The Celery application: `celery -A workers.app worker --pool=threads`.

Celery carries "advance delivery D" and is never asked what the state is. Settings follow from what was measured:
a killed worker's message comes back only with late acknowledgement *and* reject-on-lost, prefetch 1 keeps a long
delivery from hiding others, and the visibility time-out must exceed the longest step (a doubled message is harmless,
but wasteful). Threads, because the process pool below may not be a child of Celery's own children.
"""

import os

from celery import Celery

LONGEST_STEP_SECONDS = 6 * 3600

app = Celery("earkiv", broker=os.environ.get("EARKIV_BROKER_URL", "redis://127.0.0.1:6379/0"))
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_pool="threads",
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": LONGEST_STEP_SECONDS},
    imports=("workers.tasks",),
)
