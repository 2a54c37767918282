"""What an operator asks of the catalogue: what was done, and what is to be done; a part of `ingest.ports`."""

from typing import Protocol

from ingest.domain.canaries import CanaryRun
from ingest.domain.standing import OpenWork
from ingest.domain.tallies import Tally


class OperationsLedger(Protocol):
    """What the whole installation has done and has before it, whichever of its processes asks."""

    def tallies(self) -> tuple[Tally, ...]:
        """Give what was counted since the catalogue was made, each kind once; a count never shrinks."""

    def open_work(self) -> tuple[OpenWork, ...]:
        """Tell of every delivery that is not over or waits for a person, the one that moved last at the end."""

    def last_canary(self) -> CanaryRun | None:
        """Tell of the last canary that has come to its end in the test store, None when there is none."""

    def messages(self) -> int:
        """Count the messages that wait to be handed on."""

    def living_workers(self) -> int:
        """Count the processes that may take leases and are not known to be dead."""
