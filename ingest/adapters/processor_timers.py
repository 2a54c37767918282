"""A timer of the processor time that this process uses, in Python and in native code, in the program and in the kernel.

The interval timers of `signal` count the program's own time alone or call Python, which native code never lets run;
RLIMIT_CPU counts in ticks since the process began, which drift by seconds from every clock that a process can read.
"""

import ctypes
import os
import signal
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SIGEVENT: Final = "@Pii48x"  # sigev_value, sigev_signo, sigev_notify (0 = SIGEV_SIGNAL), and room for the rest
_ITIMERSPEC: Final = "@4l"  # interval and value, each in seconds and nanoseconds
_NANOSECONDS: Final = 1_000_000_000


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End this process once the work in the `with` block has used so much of the processor.

    Elsewhere than on Linux only time outside the kernel counts.
    """
    with _linux_timer(seconds) if sys.platform == "linux" else _timer_outside_the_kernel(seconds):
        yield


@contextmanager
def _timer_outside_the_kernel(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)  # its signal ends a process by default
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@contextmanager
def _linux_timer(seconds: float) -> Iterator[None]:
    library = ctypes.CDLL(None, use_errno=True)
    timer = ctypes.c_void_p()
    event = struct.pack(_SIGEVENT, 0, signal.SIGVTALRM, 0)  # its signal ends a process by default
    _require(library.timer_create(time.CLOCK_PROCESS_CPUTIME_ID, event, ctypes.byref(timer)))
    try:
        expiry = struct.pack(_ITIMERSPEC, 0, 0, *divmod(round(seconds * _NANOSECONDS), _NANOSECONDS))
        _require(library.timer_settime(timer, 0, expiry, None))
        yield
    finally:
        library.timer_delete(timer)


def _require(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
