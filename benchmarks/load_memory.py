"""How much memory processes hold, looked at while they work."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Self

_PROC = Path("/proc")
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Resident bytes of a process and its children: in the second tenth of the time, in the last, and at most.

    The first tenth is left out: that is when a program fills what it then keeps.
    """

    early: int
    late: int
    most: int


class Watched:
    """Looks at processes twice a second within a `with` block."""

    def __init__(self, pids: dict[str, int]) -> None:
        self._pids = pids
        self._seen: dict[str, list[int]] = {name: [] for name in pids}
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            for name, pid in self._pids.items():
                self._seen[name].append(sum(map(_resident, (pid, *_children(pid)))))
            time.sleep(_LOOK_SECONDS)

    def held(self) -> dict[str, Held]:
        """Give what was seen, by name."""
        return {name: _held(seen) for name, seen in self._seen.items() if seen}


def _held(seen: list[int]) -> Held:
    tenth = max(1, len(seen) // 10)
    early = seen[tenth : 2 * tenth] or seen
    return Held(early=int(median(early)), late=int(median(seen[-tenth:])), most=max(seen))


def _children(pid: int) -> list[int]:
    try:
        tasks = list((_PROC / str(pid) / "task").iterdir())
        direct = [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [one for child in direct for one in (child, *_children(child))]


def _resident(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)
