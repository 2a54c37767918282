"""What a tool may do, what was kept from it, and how it ended."""

from dataclasses import dataclass
from enum import StrEnum

MIB = 1 << 20


class Bound(StrEnum):
    """A bound that a tool can go beyond."""

    SECONDS = "seconds"
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
    """The most that a tool with all its processes may use; `memory`, and `bytes` in its folder, in bytes.

    `cpu_seconds` and `address_space` (bytes) bound each process by itself; None for a tool that asks for more addresses
    than it uses.
    """

    seconds: float
    cpu_seconds: int
    memory: int
    processes: int
    files: int
    bytes: int
    address_space: int | None = None


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
