"""Bounds on a look inside a foreign file, kept by the kernel: processor time and memory of this process.

Time is counted in processor seconds, so that a busy machine finds no other things in a file than an idle one.
"""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Never

_GRACE_SECONDS = 1.0
_FOR_THE_REST = 352 << 20
"""Of a process's data, what the identifier and the interpreter need: its runtime counts more than it uses."""
_LEAST_FOR_A_LOOK = 32 << 20


class TooLong(BaseException):
    """The time is over. No Exception: a library that catches all of those over bad content must not catch this."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Bound what happens within, in the main thread: raise TooLong after `seconds`, MemoryError beyond the memory.

    Native code that does not come back in time ends this process.
    """
    signal.signal(signal.SIGVTALRM, _too_long)
    with _less_memory():
        signal.setitimer(signal.ITIMER_PROF, seconds + _GRACE_SECONDS)
        # Again and again: a library may lose the first one, in a callback or a destructor.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.1)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def _less_memory() -> Iterator[None]:
    """Bound the growth, where this process is bounded at all: what it holds already differs from file to file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY:
        yield
        return
    growth = max(_LEAST_FOR_A_LOOK, hard - _FOR_THE_REST)
    resource.setrlimit(resource.RLIMIT_DATA, (min(hard, _held_bytes() + growth), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _held_bytes() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    return int(pages) * resource.getpagesize()


def _too_long(_number: int, _frame: object) -> Never:
    raise TooLong
