"""The process that starts a tool behind walls, watches it, and ends all that it started: `python -m` this module.

What it is to do comes as JSON in its one argument; on stdout it says first which walls stand, and at the end how the
tool ended, a line of JSON each. A line of JSON on its standard input sets bounds anew, for a tool that has more than
one thing to do; it is answered by what was used since the last one. When the input closes, whoever asked is gone or has
had enough, and the tool ends too. Imports nothing but the standard library, so that it is there at once.

Supervisor → the first process of the tool's own set, which only waits → the tool, and whatever that starts.
"""

import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from ingest.adapters.tools.processes import Usage, all_descendants, memory_of, seen_descendants, usage_of
from ingest.adapters.tools.walls import (
    adopt_orphans,
    end_with_parent,
    enter_namespaces,
    limit_resources,
    move_in,
    restrict_files,
    stay_in,
)

_TICK_SECONDS: Final = 0.01
_QUICK_LOOKS: Final = 4
"""At memory alone, between two looks at everything."""
_THREADS_PER_PROCESS: Final = 16
_NEVER_BEGAN: Final = 127
_PLACES: Final = (
    "/bin",
    "/etc",
    "/lib",
    "/lib32",
    "/lib64",
    "/nix/store",
    "/opt",
    "/sbin",
    "/sys",
    "/usr",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)
"""Where programs and what they need lie; nothing of an archive does."""
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/urandom", "/dev/random")


class Watch:
    """What the tool may use from now on, and what it had used before."""

    def __init__(self, order: dict[str, Any]) -> None:
        """Begin to count time."""
        self._order = order
        self._deadline = time.monotonic() + order["seconds"]
        self._before = 0.0
        self._used = 0.0
        self._known: tuple[int, ...] = ()

    def allow(self, order: dict[str, Any]) -> dict[str, Any]:
        """Set bounds anew; tell what was used until now."""
        usage = self._usage()
        told = {"used": usage.cpu_seconds - self._before, "memory": usage.memory}
        self._order = {**self._order, **order}
        self._deadline = time.monotonic() + self._order["seconds"]
        self._before = usage.cpu_seconds
        return told

    @property
    def used(self) -> float:
        """Processor seconds since bounds were last set, as far as they have been looked at."""
        return max(0.0, self._used - self._before)

    def look(self) -> None:
        """Count processor seconds once more, when processes have ended."""
        self._usage()

    def beyond_memory(self) -> str:
        """Look at the memory of the processes that are known: that costs little, and memory can grow fast."""
        return "memory" if memory_of(self._known) > self._order["memory"] else ""

    def beyond(self) -> str:
        """Name the bound that the tool is beyond; "" when it is within all."""
        order = self._order
        if time.monotonic() > self._deadline:
            return "seconds"
        usage = self._usage()
        if usage.cpu_seconds - self._before > order["cpu_seconds"]:
            return "cpu_seconds"
        if usage.processes > order["processes"]:
            return "processes"
        if usage.memory > order["memory"]:
            return "memory"
        files, size = _written(order["folder"], order["files"])
        if files > order["files"]:
            return "files"
        return "bytes" if size > order["bytes"] else ""

    def _usage(self) -> Usage:
        self._known = tuple(seen_descendants())
        usage = usage_of(self._known)
        # A process that ends while it is looked at is counted neither here nor there.
        self._used = max(self._used, usage.cpu_seconds)
        return Usage(processes=usage.processes, memory=usage.memory, cpu_seconds=self._used)


def main() -> None:
    """Carry out one order and say how it ended."""
    order = json.loads(sys.argv[1])
    adopt_orphans()
    layers = enter_namespaces(order["layers"])
    told, tells = os.pipe()
    first = os.fork()
    if first == 0:
        _become_first(order, layers, tells)
    os.close(tells)
    walled = os.read(told, 1)
    if not walled:  # A wall that should stand could not be raised: no tool has been started.
        sys.exit(1)
    _say({"layers": [*layers, *(["FILES"] if walled == b"+" else [])]})
    watch = Watch(order)
    try:
        bound = _watch(watch, first)
    finally:  # whoever asked may be gone before an answer reaches it
        _end_all()
    watch.look()
    ending = {"bound": bound} if bound is not None else _ending(os.read(told, _MOST_TOLD), _STATUS.get(first, 0))
    _say({**ending, "used": watch.used})


_STATUS: Final[dict[int, int]] = {}
"""How each process that has been waited for ended."""
_MOST_TOLD: Final = 32
_MOST_ORDERED: Final = 4096


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


# ------------------------------------------------------------------------------------------- starting


def _become_first(order: dict[str, Any], layers: tuple[str, ...], tells: int) -> NoReturn:
    """Be the first process of the set: raise the walls, start the tool, wait, and take everything along in the end."""
    try:
        os.setsid()
        end_with_parent(signal.SIGKILL)
        folder = Path(order["folder"])
        needed = tuple(map(Path, (order["command"][0], *order["reads"])))
        house = move_in(folder, needed) if "PROCESSES" in layers else stay_in(folder)
        readable = (*map(Path, _PLACES), *needed)
        walled = "FILES" in order["layers"] and restrict_files(house, map(Path, _DEVICES), readable)
        os.write(tells, b"+" if walled else b"-")
        tool = os.fork()
        if tool == 0:
            _become_tool(order, layers, house.folder)
        os.write(tells, str(_waited(tool)).encode())
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - nothing of this process may run on into the supervisor's own work
        os.write(2, f"supervisor: {error!r}\n".encode())
        os._exit(_NEVER_BEGAN)


def _become_tool(order: dict[str, Any], layers: tuple[str, ...], folder: Path) -> NoReturn:
    end_with_parent(signal.SIGKILL)
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    null = os.open("/dev/null", os.O_RDONLY)
    for source, target in ((null, 0), (said, 1), (said, 2)):
        os.dup2(source, target)
    os.chdir(folder)
    # Only a user namespace counts its own processes; elsewhere the limit would count everybody's.
    processes = order["processes"] * _THREADS_PER_PROCESS if "USERS" in layers else None
    limit_resources(file_bytes=order["file_bytes"], processes=processes, data=order["data"])
    environment = {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": str(folder / "tmp"),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    os.execve(order["command"][0], order["command"], environment)  # noqa: S606 - a tool that the operator configured


def _waited(tool: int) -> int:
    """Wait for the tool; give its exit code, or the signal that ended it, negative."""
    while True:
        process, status = os.wait()
        if process == tool:
            return os.waitstatus_to_exitcode(status)


# ------------------------------------------------------------------------------------------- watching


def _watch(watch: Watch, first: int) -> str | None:
    """Wait until the tool ends, is no longer wanted ("") or goes beyond a bound (its name); None when it has ended."""
    looks = (*(watch.beyond_memory,) * _QUICK_LOOKS, watch.beyond)
    while True:
        for look in looks:
            if _reap(first):
                return None
            if select.select([0], [], [], _TICK_SECONDS)[0]:
                if not (line := os.read(0, _MOST_ORDERED)):
                    return ""
                _say(watch.allow(json.loads(line)))
            if bound := look():
                return bound


def _reap(first: int) -> bool:
    with suppress(ChildProcessError):
        while (waited := os.waitpid(-1, os.WNOHANG))[0]:
            process, status = waited
            _STATUS[process] = status
    return first in _STATUS


def _written(folder: str, most: int) -> tuple[int, int]:
    """Count files and bytes below a folder, no further than it takes to see that there are too many."""
    files = size = 0
    pending = [folder]
    while pending and files <= most:
        with suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                files += 1
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                if files > most:
                    break
    return files, size


# ------------------------------------------------------------------------------------------- ending


def _end_all() -> None:
    """Kill every descendant until there is none: while one is being killed, another may be born."""
    while found := all_descendants():
        _kill(found)
        with suppress(ChildProcessError):
            process, status = os.waitpid(-1, 0)
            _STATUS[process] = status
    _reap(-1)


def _kill(found: list[int]) -> None:
    """Kill processes by handles, not by numbers: a number may be another's by now."""
    handles: dict[int, int] = {}
    for process in found:
        with suppress(OSError):
            handles[process] = os.pidfd_open(process)
    still = frozenset(all_descendants())
    for process, handle in handles.items():
        with suppress(ProcessLookupError):
            if process in still:
                signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)


def _ending(told: bytes, status: int) -> dict[str, Any]:
    """Give what the first process told of the tool; it tells nothing when it was itself killed, from without."""
    code = int(told) if told else -abs(os.waitstatus_to_exitcode(status))
    return {"code": code} if code >= 0 else {"signal": -code}


if __name__ == "__main__":
    main()
