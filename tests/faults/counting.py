"""Ports that count every call, and die at the one they are told."""

import hashlib
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.pipeline.step import Ports


class Tally:
    """Counts calls; at call number `die_at` the process kills itself, as a power cut would.

    `moments` are the calls before which anything in the `watched` folder had changed since the call before: a process
    killed at any other call leaves what it would have left one call earlier.
    """

    def __init__(self, die_at: int | None, watched: Path | None = None) -> None:
        """Start at nought; None never dies."""
        self.calls: list[str] = []
        self.moments: list[int] = []
        self._die_at = die_at
        self._watched = watched
        self._left: bytes | None = None

    def count(self, call: str) -> None:
        """Count one call."""
        self.calls.append(call)
        if self._watched is not None:
            left = _content(self._watched)
            if left != self._left:
                self.moments.append(len(self.calls))
            self._left = left
        if len(self.calls) == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _content(folder: Path) -> bytes:
    """Give a digest of all that a killed process leaves there, save SQLite's index of its log, which is made anew."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(os.fsencode(path) + b"\0")
        if path.is_file() and not path.name.endswith("-shm"):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


class Counted:
    """Any port, with each of its calls counted before it is made."""

    def __init__(self, port: Any, label: str, tally: Tally) -> None:
        """Stand before this port."""
        self.port = port
        self._label = label
        self._tally = tally

    def __getattr__(self, name: str) -> Any:
        """Give what the port has; a method is counted when it is called."""
        found = getattr(self.port, name)
        return self._counting(name, found) if callable(found) else found

    def _counting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self._tally.count(f"{self._label}.{name}")
            return method(*map(bare, arguments), **named)

        return call


def bare(argument: Any) -> Any:
    """Take a port out of its counter: a store that adopts from another must see what it really is."""
    return argument.port if isinstance(argument, Counted) else argument


def counted(ports: Ports, tally: Tally) -> Ports:
    """Put a counter before every port that does anything; clock and ids answer at once and are counted too."""
    return replace(
        ports,
        catalogue=Counted(ports.catalogue, "catalogue", tally),
        staging=Counted(ports.staging, "staging", tally),
        quarantine=Counted(ports.quarantine, "quarantine", tally),
        replicas=tuple(Counted(store, "archive", tally) for store in ports.replicas),
        trials=Counted(ports.trials, "test", tally),
        examiner=Counted(ports.examiner, "examiner", tally),
        signer=Counted(ports.signer, "signer", tally),
        clock=Counted(ports.clock, "clock", tally),
        ids=Counted(ports.ids, "ids", tally),
    )
