"""When a delivery that waits may be decided: told from its place and from how fast others were decided lately."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

LATELY: Final = 100
"""How many decided deliveries tell how fast it goes."""
_FEWEST: Final = 5
_GRAIN: Final = timedelta(minutes=15)
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_STANDSTILL: Final = timedelta(minutes=5)
"""Who is not decided for so long was not waited for, or nothing works: what was before says nothing of now."""


def expected_at(place: int | None, decided: Sequence[datetime], now: datetime) -> datetime | None:
    """Say when a delivery with so many before it may be decided; None when too little is known to say so.

    `decided` tells when the last ones were, newest first. Nobody can know what comes before it yet. It is told to the
    next whole quarter of an hour: to the second, it would tell a producer how many others' deliveries wait.
    """
    if place is None:
        return None
    lately = _without_standstill((now, *decided))
    if len(lately) < _FEWEST:
        return None
    # Times are whole seconds: several in the same one took less.
    span = max(now - lately[-1], timedelta(seconds=1))
    exact = now + (place + 1) * span / len(lately)
    return exact + (_EPOCH - exact) % _GRAIN


def _without_standstill(times: Sequence[datetime]) -> Sequence[datetime]:
    """Give the times after the first, up to where nothing was decided for long."""
    for number in range(1, len(times)):
        if times[number - 1] - times[number] > _STANDSTILL:
            return times[1:number]
    return times[1:]
