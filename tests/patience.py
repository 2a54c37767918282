"""How long tests wait for what other processes do, in one place.

A test says that work goes on, never how fast: a machine that five test processes share may take a minute over what
takes a second alone. What waits several times says so with a `timeout` of its own, beyond pytest's 300 s.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

PATIENCE_SECONDS: Final = 150.0
TOLD: Final = "told"
"""The property of a test that the summary of a run tells."""
_LAST_BYTES: Final = 8000


def wait_until(holds: Callable[[], object], told: Callable[[], str], pause: float = 0.05) -> None:
    """Wait until something holds; when patience is over, fail with what is `told` then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain: {told()}"
        time.sleep(pause)


def is_time_up() -> bool:
    """Whether `.ci/run`, which says how long it may last, has come to where it begins no more of what never ends."""
    return time.time() > float(os.environ.get("CI_UNTIL") or "inf")


def end_of(log: Path) -> str:
    """Give the last lines of a log, under its name."""
    said = log.read_bytes()[-_LAST_BYTES:].decode(errors="replace") if log.exists() else "(there is none)"
    return f"--- the end of {log.name}:\n{said}"
