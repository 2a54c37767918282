"""Telling producers: a thread that looks who is to be told, and threads that tell them.

What is to be told stands in the catalogue; every worker looks there, and the claim on a subscription lets one at a time
send. Receivers that are slow hold up these threads alone, never a delivery.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Final

from ingest.application.send_webhooks import send_waiting
from ingest.bootstrap import Archive
from ingest.errors import EarkivError, logged_of

ROUND_SECONDS: Final = 1.0
AT_A_TIME: Final = 8
"""Receivers that one process sends to at the same time."""
_LOOKED_AT: Final = 100

logger = logging.getLogger(__name__)


class Courier:
    """Sends what subscriptions have waiting, each in a turn of its own."""

    def __init__(self, archive: Archive) -> None:
        self._ports = archive.ports
        self._under_way: set[str] = set()

    def keep_on(self, stop: Event) -> None:
        """Send until told to stop, then wait for the messages under way; what goes wrong is logged, and tried again."""
        with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="webhook") as threads:
            while not stop.is_set():
                try:
                    self._round(threads, stop)
                except EarkivError as fault:
                    logger.warning("webhooks cannot be sent right now", extra=logged_of(fault))
                except Exception:
                    # The outermost loop of a thread that nobody waits for.
                    logger.exception("this round of webhooks failed")
                stop.wait(ROUND_SECONDS)

    def _round(self, threads: ThreadPoolExecutor, stop: Event) -> None:
        free = AT_A_TIME - len(self._under_way)
        due = self._ports.catalogue.due_subscriptions(self._ports.clock.now(), _LOOKED_AT) if free > 0 else ()
        for subscription_id in [one for one in due if one not in self._under_way][:free]:
            self._under_way.add(subscription_id)
            threads.submit(self._turn, subscription_id, stop)

    def _turn(self, subscription_id: str, stop: Event) -> None:
        try:
            send_waiting(subscription_id, self._ports, lambda: not stop.is_set())
        except EarkivError as fault:
            logger.warning(
                "a webhook cannot be served right now", extra={"origin": subscription_id, **logged_of(fault)}
            )
        except Exception:
            logger.exception("a webhook met a fault of the program", extra={"origin": subscription_id})
        finally:
            self._under_way.discard(subscription_id)
