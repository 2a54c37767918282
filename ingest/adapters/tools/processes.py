"""What the kernel tells of the processes below this one; the standard library is enough for it (see the supervisor)."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")
_CHILDREN_ARE_TOLD: Final = Path("/proc/thread-self/children").exists()
"""Linux may be built without (CONFIG_PROC_CHILDREN)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What processes use together; `cpu_seconds` with those of children that have ended."""

    processes: int
    memory: int
    cpu_seconds: float


def usage_of(found: Sequence[int]) -> Usage:
    """Count what these processes use, and what was used by all that this one has waited for."""
    ended = os.times()
    seconds = sum(map(_processor_seconds, found)) + ended.children_user + ended.children_system
    return Usage(processes=len(found), memory=memory_of(found), cpu_seconds=seconds)


def memory_of(found: Sequence[int]) -> int:
    """Give the bytes of memory that these processes hold."""
    return sum(map(_resident, found))


def all_descendants() -> list[int]:
    """List the processes below this one: all that live, at a cost that grows with all processes of the machine."""
    children: dict[int, list[int]] = {}
    for process in Path("/proc").iterdir():
        # A process may end between two looks, and not everything in /proc is one.
        with suppress(OSError, ValueError, IndexError):
            number = int(process.name)
            parent = int((process / "stat").read_bytes().rpartition(b")")[2].split()[1])
            children.setdefault(parent, []).append(number)
    found: list[int] = []
    following = [os.getpid()]
    while following:
        following = [child for parent in following for child in children.get(parent, ())]
        found += following
    return found


def seen_descendants() -> list[int]:
    """List the processes below this one, by what each tells of its children: that costs little.

    One may be missed while another ends; the next look sees it.
    """
    return list(_below(os.getpid())) if _CHILDREN_ARE_TOLD else all_descendants()


def _below(process: int) -> Iterator[int]:
    for child in _children(process):
        yield child
        yield from _below(child)


def _children(process: int) -> Iterator[int]:
    """Give the children of all threads: a child hangs on the one that started it."""
    with suppress(OSError):  # ended meanwhile
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                yield from map(int, (thread / "children").read_bytes().split())


def _processor_seconds(process: int) -> float:
    """Give what a process has used, with those of its children that it has waited for."""
    try:
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS_PER_SECOND
    except (OSError, ValueError):
        return 0.0


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
