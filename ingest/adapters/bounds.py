"""Bounds on what one piece of work in a child process may use: seconds of the processor, bytes of memory."""

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN = 1.0


class OutOfTime(BaseException):
    """The work has used up its time; no `except Exception` on the way may take it for a fault of its own."""


def bound_memory(most: int) -> None:
    """Let this process have at most so many bytes of memory from now on; beyond them it gets MemoryError.

    Linux only: elsewhere the bound is not dependable and none is set.
    """
    if sys.platform != "linux":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))


@contextmanager
def bounded_time(seconds: float) -> Iterator[None]:
    """Raise OutOfTime when the work in the `with` block has used so much of the processor; main thread only."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: object) -> None:
    raise OutOfTime
