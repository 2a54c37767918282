"""How much memory processes hold, looked at while they work."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Self

_PROC = Path("/proc")
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Resident bytes of a process and its children: at the start, in the middle, at the end, and at most.

    The first three are medians over a tenth of the time each; the very first tenth is left out: that is when a program
    fills what it then keeps. `each` is the most that any single process has ever held, as the system says: the
    process itself, then its children, the largest first.
    """

    start: int
    middle: int
    end: int
    most: int
    each: tuple[int, ...]


@dataclass(slots=True)
class _Seen:
    """Of one process: the sum over it and its children at each look, and each one's peak by its id."""

    sums: list[int] = field(default_factory=list)
    peaks: dict[int, int] = field(default_factory=dict)


class Watched:
    """Looks at processes twice a second within a `with` block."""

    def __init__(self, pids: dict[str, int]) -> None:
        self._pids = pids
        self._seen = {name: _Seen() for name in pids}
        self._over = Event()
        self._thread = Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _look_on(self) -> None:
        while not self._over.is_set():
            self._look()
            time.sleep(_LOOK_SECONDS)

    def _look(self) -> None:
        for name, pid in self._pids.items():
            told = {one: _resident(one) for one in (pid, *_children(pid))}
            seen = self._seen[name]
            seen.sums.append(sum(now for now, _ in told.values()))
            for one, (_, peak) in told.items():
                seen.peaks[one] = max(peak, seen.peaks.get(one, 0))

    def held(self) -> dict[str, Held]:
        """Give what was seen, by name."""
        return {name: _held(self._pids[name], seen) for name, seen in self._seen.items() if seen.sums}


def _held(pid: int, seen: _Seen) -> Held:
    sums, tenth = seen.sums, max(1, len(seen.sums) // 10)
    middle = len(sums) // 2
    children = sorted((peak for one, peak in seen.peaks.items() if one != pid), reverse=True)
    return Held(
        start=int(median(sums[tenth : 2 * tenth] or sums)),
        middle=int(median(sums[middle - tenth // 2 : middle + tenth // 2 + 1])),
        end=int(median(sums[-tenth:])),
        most=max(sums),
        each=(seen.peaks.get(pid, 0), *children),
    )


def _children(pid: int) -> list[int]:
    try:
        tasks = list((_PROC / str(pid) / "task").iterdir())
        direct = [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [one for child in direct for one in (child, *_children(child))]


def _resident(pid: int) -> tuple[int, int]:
    """Give what a process holds now and the most it ever held; nothing of one that is gone."""
    try:
        lines = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0, 0
    told = {name: words.split() for name, _, words in (line.partition(":") for line in lines)}
    now, peak = (int(told[name][0]) * 1024 if name in told else 0 for name in ("VmRSS", "VmHWM"))
    return now, peak
