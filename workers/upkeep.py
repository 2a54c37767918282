"""What nobody waits for: clearing away what deliveries that are over, or were never finished, have left behind."""

import logging
from datetime import timedelta
from threading import Event
from typing import Final

from ingest.application.collect_leftovers import collect_leftovers, unowned
from ingest.application.collect_trials import collect_ownerless_trials, collect_trials
from ingest.application.resumable_uploads import LIFETIME, let_go_of_expired, let_go_of_unknown
from ingest.bootstrap import Archive
from ingest.errors import EarkivError, logged_of

PAUSE_SECONDS: Final = 3600.0
KEPT_NOTICES: Final = timedelta(days=30)
"""So long what producers were told of can be replayed."""
TEMPORARY: Final = timedelta(days=1)
"""A temporary file or part of an object that nobody has written to for so long is a dead process's."""

_SHOWN: Final = 20

logger = logging.getLogger(__name__)


class UpkeepBesideLandings:
    """Clears away, once an hour, also in a process that lands uploads under the archive's owner."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def keep_on(self, stop: Event) -> None:
        """Clear away until told to stop; whatever goes wrong is logged, and tried again."""
        while True:
            try:
                self.clear_away()
            except EarkivError as fault:
                logger.warning("what is left over cannot be cleared away right now", extra=logged_of(fault))
            except Exception:
                # The outermost loop of a thread that nobody waits for.
                logger.exception("this round of clearing away failed")
            if stop.wait(PAUSE_SECONDS):
                return

    def clear_away(self) -> None:
        """Remove what nobody who lands here can be about to use, and say in the log what it was. Raises EarkivError."""
        ports = self._archive.ports
        if nobodys := unowned(ports):
            told = {"count": len(nobodys), "origin": ", ".join(found.id for found in nobodys[:_SHOWN])}
            logger.warning("staging holds files of so many deliveries that nobody knows", extra=told)
        for upload in let_go_of_expired(ports.clock.now(), ports):
            told = {"origin": upload.id, "count": upload.offset}
            logger.info("removed an upload of so many bytes, whose time was over", extra=told)
        for unknown in let_go_of_unknown(ports):
            logger.info("removed an upload of which the catalogue knows nothing", extra={"origin": unknown})
        for expired in (*collect_trials(ports, ports.clock.now()), *collect_ownerless_trials(ports, ports.clock.now())):
            delivery = expired.delivery.id if expired.delivery else None
            told = {"delivery": delivery, "package": expired.package, "count": len(expired.keys)}
            logger.info("removed objects from the test store", extra=told)
        forgotten = ports.catalogue.forget_notices(ports.clock.now() - KEPT_NOTICES)
        if forgotten:
            logger.info("forgot old notices to producers", extra={"count": forgotten})
        for store in (ports.staging, ports.quarantine, ports.trials, *ports.replicas):
            # What producers put into staging by themselves has an owner until its time is over.
            is_theirs = store is ports.staging and ports.direct is not None
            swept = store.sweep_temporary(TEMPORARY + LIFETIME if is_theirs else TEMPORARY)
            if swept:
                logger.info("removed temporary objects", extra={"count": len(swept), "store": store.name})


class Upkeep(UpkeepBesideLandings):
    """Clears away, once an hour, from a process in which nobody lands uploads under the archive's owner."""

    def clear_away(self) -> None:
        """Remove all that is left over now, and say in the log what it was. Raises EarkivError."""
        self.clear_leftovers()
        super().clear_away()

    def clear_leftovers(self) -> None:
        """Remove what finished deliveries and abandoned uploads of deliveries have left. Raises EarkivError."""
        ports = self._archive.ports
        for leftover in collect_leftovers(self._archive.owner, ports, ports.clock.now()):
            told = {
                "count": len(leftover.keys),
                "delivery": leftover.delivery.id,
                "seconds": leftover.age.total_seconds(),
            }
            logger.info("removed objects that were left over, so many seconds old", extra=told)
