"""What the converter asks of a tool, and how the ending of one is told."""

import signal
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ingest.adapters.tools.bounds import Bound, Crashed, Ending, Exited, Stopped
from ingest.domain.allowances import Allowance
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted

_TOLD: Final = 300
_FROM_OUTSIDE: Final = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGKILL, signal.SIGTERM})
"""Signals that somebody else sends: no bound of ours ends a tool by one, and no tool that crashes does."""
_SHELL: Final = 128
"""A shell that starts a program tells by its exit code, beyond this, which signal has ended that."""

Made = Path | NotConverted
"""Where a tool has left its result (anything may lie there), or why it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a tool has made, and the processor seconds that it took."""

    made: Made
    seconds: float = 0.0


class Tool(Protocol):
    """A program that makes one kind of file of another."""

    @property
    def version(self) -> str:
        """Name and version, for PREMIS. Raises ToolFailed."""

    def convert(self, source: Path, request: ConversionRequest, allowance: Allowance) -> AbstractContextManager[Tried]:
        """Convert a local file within an allowance; the result stays until the `with` block ends.

        Raises ToolFailed, ObjectMissing.
        """


def cost_of(ending: Ending, used: float, allowance: Allowance) -> float:
    """Give the processor seconds that count for a tool that ended so: one that let all its time pass has had it."""
    return max(used, allowance.seconds) if ending == Stopped(bound=Bound.SECONDS) else used


def fault_of(ending: Ending, said: str) -> NotConverted | None:
    """Say why a tool that ended so has made nothing; None when it ended well."""
    match ending:
        case Exited(code=0):
            return None
        case Exited(code=code) if code - _SHELL in _FROM_OUTSIDE:
            return NotConverted(reason=ConversionFault.KILLED, detail=f"signal {code - _SHELL}")
        case Exited(code=code):
            return NotConverted(reason=ConversionFault.FAILED, detail=f"exit code {code}: {said[-_TOLD:]}".rstrip(": "))
        case Stopped(bound=Bound.SECONDS | Bound.PROCESSOR):
            return NotConverted(reason=ConversionFault.TOOK_TOO_LONG)
        case Crashed(signal=signal.SIGXFSZ):
            return NotConverted(reason=ConversionFault.OUT_OF_BOUNDS, detail=Bound.BYTES)
        case Crashed(signal=number) if number in _FROM_OUTSIDE:
            return NotConverted(reason=ConversionFault.KILLED, detail=f"signal {number}")
        case Crashed(signal=number):
            return NotConverted(reason=ConversionFault.FAILED, detail=f"signal {number}")
        case Stopped(bound=bound):
            return NotConverted(reason=ConversionFault.OUT_OF_BOUNDS, detail=bound or "")
