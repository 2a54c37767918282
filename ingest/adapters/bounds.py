"""What reading a foreign file may cost, kept by the kernel: the time of a look inside, and memory for a large file.

Time is counted in processor seconds, so that a busy machine finds no other things in a file than an idle one.
"""

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from time import process_time
from typing import Never

_GRACE_SECONDS = 0.3
_ROOM_BYTES = 128 << 20


class TooLong(BaseException):
    """The time is over. No Exception: a library that catches all of those over bad content must not catch this."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise TooLong in the main thread when what happens within has taken `seconds`.

    Native code that does not come back in time ends this process.
    """
    signal.signal(signal.SIGPROF, _too_long)
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Counted in whole seconds since the process began; the signal's default is to end the process.
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(process_time() + seconds + _GRACE_SECONDS), hard))
    # Again and again: a library may lose the first one, in a callback or a destructor.
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


@contextmanager
def without_large_maps() -> Iterator[None]:
    """Let this process map no large file into memory: a library that may not reads it piece by piece (Linux)."""
    if sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    room = pages * resource.getpagesize() + _ROOM_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (room if soft == resource.RLIM_INFINITY else min(room, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _too_long(_number: int, _frame: object) -> Never:
    raise TooLong
