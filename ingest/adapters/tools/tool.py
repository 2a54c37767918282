"""What the converter asks of a tool, and how the ending of one is told."""

import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from ingest.adapters.tools.bounds import Bound, Crashed, Ending, Exited, Stopped
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted

_TOLD: Final = 300

Made = Path | NotConverted
"""Where a tool has left its result (anything may lie there), or why it has none."""


class Tool(Protocol):
    """A program that makes one kind of file of another."""

    @property
    def version(self) -> str:
        """Name and version, for PREMIS. Raises ToolFailed."""

    def convert(self, source: Path, request: ConversionRequest) -> AbstractContextManager[Made]:
        """Convert a local file; the result stays until the `with` block ends. Raises ToolFailed, ObjectMissing."""


def fault_of(ending: Ending, said: str) -> NotConverted | None:
    """Say why a tool that ended so has made nothing; None when it ended well."""
    match ending:
        case Exited(code=0):
            return None
        case Exited(code=code):
            return NotConverted(reason=ConversionFault.FAILED, detail=f"exit code {code}: {said[-_TOLD:]}".rstrip(": "))
        case Crashed(signal=signal.SIGXCPU) | Stopped(bound=Bound.SECONDS):
            return NotConverted(reason=ConversionFault.TOOK_TOO_LONG)
        case Crashed(signal=signal.SIGXFSZ):
            return NotConverted(reason=ConversionFault.OUT_OF_BOUNDS, detail=Bound.BYTES)
        case Crashed(signal=number):
            return NotConverted(reason=ConversionFault.FAILED, detail=f"signal {number}")
        case Stopped(bound=bound):
            return NotConverted(reason=ConversionFault.OUT_OF_BOUNDS, detail=bound or "")
