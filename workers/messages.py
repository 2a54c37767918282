"""Messages through Celery's broker: sent, and counted while they wait."""

from collections.abc import Callable

from celery import Celery
from kombu.exceptions import OperationalError


class CeleryMessages:
    """What a relay asks of the broker. Raises kombu's OperationalError while that is away."""

    def __init__(self, app: Celery, send: Callable[[str], object]) -> None:
        self._app = app
        self._send = send

    def send(self, delivery_id: str) -> object:
        """Send "advance delivery D"."""
        return self._send(delivery_id)

    def waiting(self) -> int:
        """Say how many messages wait in the queue that no worker has taken yet."""
        with self._app.connection_or_acquire() as connection:
            try:
                connection.ensure_connection(max_retries=1, interval_start=0, timeout=5)
                with connection.channel() as channel:
                    # As Celery declares it: what is there already stays as it is, and is counted.
                    queue = self._app.conf.task_default_queue
                    found = channel.queue_declare(queue=queue, durable=True, auto_delete=False)
                    return int(found.message_count)
            except (*connection.connection_errors, *connection.channel_errors) as fault:
                raise OperationalError(str(fault)) from fault
