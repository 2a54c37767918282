"""Disposes of what belongs to requests of the public and whose time is over, as long as a process runs."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Final

from ingest.application.dispose_requests import dispose_requests
from ingest.bootstrap import Archive
from ingest.domain.request_disposal import KeepingTimes
from ingest.errors import EarkivError, logged_of
from ingest.public_ports import RequestLedger

PAUSE_SECONDS: Final = 3600.0

logger = logging.getLogger(__name__)


class RequestKeeper:
    """Disposes once an hour; several may do so at once, to the same end.

    `opened` opens the store of requests, or says that there is none.
    """

    def __init__(
        self,
        archive: Archive,
        opened: Callable[[], AbstractContextManager[RequestLedger | None]],
        times: KeepingTimes,
    ) -> None:
        self._archive = archive
        self._opened = opened
        self._times = times

    def keep_on(self, stop: Event) -> None:
        """Dispose until told to stop; whatever goes wrong is logged, and tried again."""
        while True:
            try:
                self.dispose()
            except EarkivError as fault:
                logger.warning("requests of the public cannot be disposed of right now", extra=logged_of(fault))
            except Exception:
                # The outermost loop of a thread that nobody waits for.
                logger.exception("this round of disposing of requests failed")
            if stop.wait(PAUSE_SECONDS):
                return

    def dispose(self) -> None:
        """Dispose of what is due now, and say in the log how much it was. Raises EarkivError."""
        with self._opened() as ledger:
            if ledger is None:
                return
            disposed = dispose_requests(self._times, ledger, self._archive.ports)
        if disposed:
            logger.info("disposed of parts of requests of the public", extra={"count": len(disposed)})
