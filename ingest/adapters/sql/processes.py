"""What the operating system knows of processes: which boot this is, and when a process started."""

import os
from functools import lru_cache
from pathlib import Path

from ingest.ports import WorkerIdentity

_PROC = Path("/proc")
_STATE, _START = 0, 19
"""Places in `/proc/<pid>/stat` after the command: fields 3 and 22 of proc(5)."""
_ENDED = frozenset({"Z", "X", "x"})


def worker_here(owner: str) -> WorkerIdentity:
    """Identify this process as a worker; an owner's name must be this process's alone."""
    pid = os.getpid()
    return WorkerIdentity(owner=owner, boot_id=boot_id(), pid=pid, started=started(pid) or "")


@lru_cache(maxsize=1)
def boot_id() -> str:
    """Name the running system and its set of process numbers, `<boot>/<namespace>`; "" where neither is told."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{(_PROC / 'self/ns/pid').readlink()}"
    except OSError:
        return ""


def started(pid: int) -> str | None:
    """Give a process's start time in clock ticks since boot, "" when that is not told, None when it has ended."""
    try:
        fields = (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].decode("ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        # No such process, no /proc (not Linux), or one that hides other people's processes.
        return "" if _exists(pid) else None
    return None if fields[_STATE] in _ENDED else fields[_START]


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
