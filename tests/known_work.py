"""A piece of work whose time is known: what it takes tells how slow a machine is, or how busy."""

from collections.abc import Callable
from typing import Final

KNOWN_SECONDS: Final = 0.0043
"""What it took at least in 2026, on two cores that did nothing else."""


def known_work(clock: Callable[[], float], times: int = 1) -> float:
    """Do it so many times, and give the seconds of a clock that passed: of the processor, or of the world."""
    begun = clock()
    for _ in range(times):
        sum(len(str(number)) for number in range(40_000))
    return clock() - begun
