"""When a delivery may be taken again: this worker's memory, in seconds of its own monotonic clock.

Losing it is harmless: a new worker takes once too often. What must survive a kill, how often a delivery was taken, is
counted in the catalogue (`workers.turns`).
"""

from collections.abc import Callable
from typing import Final

LONGEST_SECONDS: Final = 3600.0
_READING: Final = 2
"""Looks before the work itself: one when a step begins, one when it has read what it works on."""
ASKING_SECONDS: Final = 1.0
"""How often it is asked at most whether others wait, once a delivery has had its time."""
OUTAGE_SECONDS: Final = 20.0
"""How long an outage is waited for at most: the work goes on well within a minute after its end."""


class Slice:
    """The time that a delivery has until it makes way for others.

    It begins with the second look: what comes before is often no more than reading again what was known already, and a
    delivery that never got beyond it would never be done.
    """

    def __init__(self, monotonic: Callable[[], float], seconds: float) -> None:
        self._monotonic = monotonic
        self._seconds = seconds
        self._looks = 0
        self._ends = monotonic() + seconds

    def is_used_up(self) -> bool:
        """Look whether the time is over; if so it is said once a second, for whether others wait is dear to ask."""
        self._looks += 1
        now = self._monotonic()
        if self._looks <= _READING:
            self._ends = now + self._seconds
        if now < self._ends:
            return False
        self._ends = now + ASKING_SECONDS
        return True


class Schedule:
    """Which deliveries rest after a fault, and whether an outage lets all of them rest."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._started = monotonic()
        self._resting: dict[str, float] = {}
        self._outages = 0
        self._calm_at = self._started

    @property
    def uptime(self) -> float:
        """How long this worker has been at work."""
        return self._monotonic() - self._started

    def rest(self, delivery_id: str, seconds: float) -> None:
        """Let a delivery rest; when it has rested, it is due at once."""
        now = self._monotonic()
        for rested in [delivery for delivery, until in tuple(self._resting.items()) if until <= now]:
            self._resting.pop(rested, None)
        self._resting[delivery_id] = now + seconds

    def rests(self, delivery_id: str) -> bool:
        """Whether a delivery is to be left alone for now."""
        return self._resting.get(delivery_id, 0.0) > self._monotonic()

    def slice_of(self, seconds: float) -> Slice:
        """Give a slice of time."""
        return Slice(self._monotonic, seconds)

    def met_outage(self) -> None:
        """Take nothing for a while, the longer the more attempts met an outage since one did not."""
        self._outages = min(self._outages + 1, 16)
        self._calm_at = self._monotonic() + min(2.0**self._outages, OUTAGE_SECONDS)

    def met_none(self) -> None:
        """Go on: what was away is there again."""
        self._outages = 0
        self._calm_at = self._monotonic()

    @property
    def waits(self) -> bool:
        """Whether an outage is waited for: one attempt now and then shows whether it is over."""
        return self._calm_at > self._monotonic()
