"""Keeps the reading room to what was decided, whatever was broken off on the way there, as long as a process runs."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Final

from ingest.application.reading_room import ReadingRoom
from ingest.application.tend_reading_room import Finished, Tended, finish_waiting, tend
from ingest.bootstrap import Archive
from ingest.errors import EarkivError, logged_of
from workers.upkeep import TEMPORARY

PAUSE_SECONDS: Final = 30.0
"""So soon what a decision closes is taken out when that failed at first."""
ROUNDS_PER_TENDING: Final = 120
"""About an hour: nobody is at carrying over one record for so long."""

logger = logging.getLogger(__name__)


class RoomKeeper:
    """Finishes decisions that wait, and tends the room; several may do so at once, to the same end.

    `opened` opens the room, or says that there is none.
    """

    def __init__(self, archive: Archive, opened: Callable[[], AbstractContextManager[ReadingRoom | None]]) -> None:
        self._archive = archive
        self._opened = opened
        self._strays: frozenset[str] = frozenset()

    def keep_on(self, stop: Event) -> None:
        """Keep it so until told to stop; whatever goes wrong is logged, and tried again."""
        left = 0
        while True:
            try:
                self.finish()
                self.mend()
                left = ROUNDS_PER_TENDING - 1 if left <= 0 and self.tended() else left - 1
            except EarkivError as fault:
                logger.warning("the reading room cannot be kept right now", extra=logged_of(fault))
            except Exception:
                # The outermost loop of a thread that nobody waits for.
                logger.exception("this round of keeping the reading room failed")
            if stop.wait(PAUSE_SECONDS):
                return

    def mend(self) -> None:
        """Open the room for writing: what a killed writer left half done, a reader cannot undo, and shows nothing.

        Raises EarkivError.
        """
        with self._opened():
            pass

    def finish(self) -> None:
        """Do what is left of decisions that wait. Raises EarkivError when the catalogue does not answer."""
        found: Finished = finish_waiting(self._archive.owner, self._archive.ports)
        if found.decisions:
            logger.info("finished decisions on access that had waited", extra={"count": len(found.decisions)})
        for decision, fault in found.faults:
            told = {"origin": decision, **logged_of(fault)}
            logger.warning("what a decision closes may still be in the reading room", extra=told)

    def tended(self) -> bool:
        """Tend the room; False where that has to be done again soon. Raises EarkivError."""
        with self._opened() as room:
            if room is None:
                return True
            found: Tended = tend(room, self._archive.ports, self._strays)
            swept = room.store.sweep_temporary(TEMPORARY)
        if found.withdrawn:
            logger.warning(
                "took records out of the reading room that no decision allows", extra={"count": len(found.withdrawn)}
            )
        removed = len(found.removed) + len(swept)
        if removed:
            logger.info("removed from the public store what nobody lists", extra={"count": removed})
        for package, fault in found.faults:
            told = {"package": package, **logged_of(fault)}
            logger.warning("nobody can say what of a package may be in the reading room", extra=told)
        if not found.faults:
            self._strays = found.strays
        return not found.faults
