"""Bounds on what one piece of work in a child process may use, kept by the kernel: processor time and memory.

Time is counted in processor seconds, so that a busy machine finds no other things in a file than an idle one. Memory
is bounded on Linux only: elsewhere the bounds are not dependable and none is set.
"""

import ctypes
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Never

from ingest.adapters.processor_timers import ended_after

_GRACE_SECONDS = 2.0  # a full collection of garbage may lie between the signal and its answer
_AGAIN_SECONDS = 0.1
_ROOM_BYTES = 128 << 20
_ADDRESSES, _DATA = 0, 5  # columns of /proc/self/statm


class OutOfTime(BaseException):
    """The work has used up its time; no `except Exception` on the way may take it for a fault of its own."""


@contextmanager
def bounded_time(seconds: float, grace: float = _GRACE_SECONDS) -> Iterator[None]:
    """Raise OutOfTime in the main thread when the work in the `with` block has used so much of the processor.

    Native code that does not come back in `grace` seconds more ends this process.
    """
    signal.signal(signal.SIGPROF, _stop)
    with ended_after(seconds + grace):
        # Again and again: a library may lose the first one, in a callback or a destructor.
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            # Not the default, which would end the process: a last signal may still be on its way.
            signal.signal(signal.SIGPROF, signal.SIG_IGN)


def bound_memory(most: int) -> None:
    """Let this process have at most so many bytes of addresses from now on; beyond them it gets MemoryError."""
    if sys.platform != "linux":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))


@contextmanager
def without_large_maps(most: int = _ROOM_BYTES) -> Iterator[None]:
    """Let this process map no file of more than `most` bytes: a library that may not reads it piece by piece."""
    with _at_most(_held(_ADDRESSES) + min(most, _ROOM_BYTES), resource.RLIMIT_AS):
        yield


def data_held() -> int:
    """Give the bytes of data that this process has, touched or not; 0 where nobody tells."""
    return _held(_DATA)


@contextmanager
def bounded_data(most: int) -> Iterator[None]:
    """Let the work in the `with` block have at most so many bytes of data in this process; beyond is MemoryError."""
    with _at_most(most, resource.RLIMIT_DATA):
        yield


def give_back() -> None:
    """Let the C library return what is free to the system (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _held(column: int) -> int:
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[column]) * resource.getpagesize()


@contextmanager
def _at_most(most: int, limit: int) -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (most if soft == resource.RLIM_INFINITY else min(most, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(limit, (soft, hard))


def _stop(_number: int, _frame: object) -> Never:
    raise OutOfTime
