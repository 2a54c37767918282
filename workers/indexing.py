"""Lets packages be found by their words, a few at a time, as long as a server runs."""

import logging
from threading import Event
from typing import Final

from ingest.application.index_packages import index_next
from ingest.bootstrap import Archive
from ingest.errors import EarkivError, logged_of

PAUSE_SECONDS: Final = 2.0
AT_A_TIME: Final = 20
_UNABLE_SECONDS: Final = 30.0

logger = logging.getLogger(__name__)


class Indexer:
    """Indexes what is found by no words yet; several may do so at once, to the same end."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def keep_on(self, stop: Event) -> None:
        """Index until told to stop; whatever goes wrong is logged, and tried again."""
        pause = 0.0
        while not stop.wait(pause):
            pause = PAUSE_SECONDS
            try:
                index_next(self._archive.ports, AT_A_TIME)
            except EarkivError as fault:
                logger.warning("packages cannot be indexed right now", extra=logged_of(fault))
                pause = _UNABLE_SECONDS
            except Exception:
                # The outermost loop of a thread that nobody waits for.
                logger.exception("this round of indexing failed")
                pause = _UNABLE_SECONDS
