"""The canary on a schedule: once in so many hours for the whole installation, whichever process comes first."""

import logging
from threading import Event
from typing import Final

from ingest.application.send_canary import send_canary
from ingest.bootstrap import Archive
from ingest.domain.canaries import CANARY
from ingest.errors import EarkivError, logged_of

PAUSE_SECONDS: Final = 30.0
_HOUR: Final = 3600

logger = logging.getLogger(__name__)


class CanaryKeeper:
    """Sends a canary in every span of `hours`, unless another process has done so."""

    def __init__(self, archive: Archive, agreement: str, hours: int) -> None:
        self._archive = archive
        self._agreement = agreement
        self._span = hours * _HOUR
        self._sent_in = ""

    def keep_on(self, stop: Event) -> None:
        """Look again and again whether it is time, until told to stop; what goes wrong is logged, and tried again."""
        while not stop.wait(PAUSE_SECONDS):
            try:
                self.send_in_time()
            except EarkivError as fault:
                logger.warning("no canary can be sent right now", extra=logged_of(fault))
            except Exception:
                # The outermost loop of a thread that nobody waits for.
                logger.exception("no canary can be sent")

    def send_in_time(self) -> str | None:
        """Send a canary when none was sent in the present span; gives the delivery's id. Raises EarkivError."""
        ports, owner = self._archive.ports, self._archive.owner
        now = ports.clock.now()
        span = f"{self._span} {int(now.timestamp()) // self._span}"
        if span == self._sent_in or not ports.catalogue.claim_request(CANARY, span, owner, now):
            return None
        delivery = send_canary(self._agreement, owner, ports)
        self._sent_in = span
        logger.info("a canary was sent", extra={"delivery": delivery})
        return delivery
