"""What a tool may do, what was kept from it, and how it ended."""

import os
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ingest.domain.allowances import Allowance

MIB: Final = 1 << 20
_BEGINNING_SECONDS: Final = 2.0


class Bound(StrEnum):
    """A bound that a tool can go beyond."""

    SECONDS = "seconds"
    PROCESSOR = "cpu_seconds"
    MEMORY = "memory"
    PROCESSES = "processes"
    FILES = "files"
    BYTES = "bytes"


class Layer(StrEnum):
    """A wall around a tool; which of them can be raised depends on the system."""

    USERS = "own user namespace: no rights beyond its own files"
    PROCESSES = "own process namespace: nothing outlives it"
    NETWORK = "own network namespace: no network"
    FILES = "Landlock: no writing outside its folder, no reading of the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The most that a tool with all its processes may use; `memory` (resident), and `bytes` in its folder, in bytes.

    `seconds` are those of the clock, `cpu_seconds` those of the processor. `data` (bytes) bounds what each process may
    ask for, in the kernel and before it is used; None for a tool that asks for more than it uses.
    """

    seconds: float
    cpu_seconds: float
    memory: int
    processes: int
    files: int
    bytes: int
    data: int | None = None

    def within(self, allowance: Allowance) -> "Bounds":
        """Give the bounds of one conversion; by the clock, twice its processor seconds and a little to begin with.

        Where more programs want to run than there are processors, as much more: waiting for one's turn is no fault.
        """
        return replace(
            self,
            seconds=(2 * allowance.seconds + _BEGINNING_SECONDS) * _crowding(),
            cpu_seconds=allowance.seconds,
            memory=allowance.memory,
            bytes=allowance.bytes,
        )


def _crowding() -> float:
    """How many programs wanted each processor in the last minute, at least 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exited:
    """It ended by itself, with an exit code."""

    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """A signal ended it."""

    signal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """It went beyond a bound and was killed with all its processes; None when it was stopped on request."""

    bound: Bound | None


Ending = Exited | Crashed | Stopped
