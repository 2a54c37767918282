"""What a command costs: its processor time, and the memory of all its processes together, looked at while it runs.

A process that is killed with its parent is in nobody's account: what it had used is known from the last look at it.
On a busy machine the same work takes more processor time, for caches and cores are shared: a piece of work whose time
is known is done beside it, again and again, and tells how much more.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from tests.known_work import KNOWN_SECONDS, known_work

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.02
_SECONDS_TO_GO = 5
_LOOKS_A_FLOOR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """How a command ended, what it said, its processor seconds with those of its children, and its peak in bytes.

    `seconds` are those that an idle machine would have needed. `left` are those of its processes that lived on.
    """

    code: int
    out: str
    seconds: float
    peak: int
    left: tuple[int, ...]


def spent_by(arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> Spent:
    """Run a command of ours to its end and look at it all the while."""
    out = folder / "out.json"
    with out.open("wb") as stream:
        command = [sys.executable, "-m", "earkiv", *arguments]
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.DEVNULL, env=environment)
        peak, seen, floors, looks = 0, dict[int, float](), [_floor()], 0
        while (ended := os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)) is None:
            family = set(_family(process.pid))
            peak = max(peak, sum(_resident(pid) for pid in family))
            seen |= {pid: max(seen.get(pid, 0.0), _used(pid)) for pid in family}
            looks += 1
            if not looks % _LOOKS_A_FLOOR:
                floors.append(_floor())
            time.sleep(_PAUSE)
    _ = ended
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    slowness = max(1.0, fmean(floors) / KNOWN_SECONDS)
    seconds = max(usage.ru_utime + usage.ru_stime, sum(seen.values())) / slowness
    left = _left_of(seen.keys() - {process.pid})
    return Spent(code=process.returncode, out=out.read_text(encoding="utf-8"), seconds=seconds, peak=peak, left=left)


def _floor() -> float:
    """Do a piece of work that is always the same, thrice, for caches are cold at first; give its processor seconds."""
    return min(known_work(time.thread_time) for _ in range(3))


def _left_of(pids: set[int]) -> tuple[int, ...]:
    """Give those that live on a while after their parent."""
    deadline = time.monotonic() + _SECONDS_TO_GO
    while (left := tuple(pid for pid in pids if _resident(pid))) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    return left


def _family(pid: int) -> Iterator[int]:
    """Give a process and all below it; a child hangs on the thread that started it, whichever that is."""
    yield pid
    try:
        threads = [thread / "children" for thread in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # ended meanwhile
        return
    for thread in threads:
        try:
            children = thread.read_text(encoding="ascii")
        except OSError:  # ended meanwhile
            continue
        for child in children.split():
            yield from _family(int(child))


def _used(pid: int) -> float:
    """Give the processor seconds of a process alone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:  # ended meanwhile
        return 0.0
    return sum(map(int, fields[11:13])) / _TICKS if fields else 0.0


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):  # ended meanwhile
        return 0
