"""Where no virus scanner is configured: an honest "not scanned", never "clean"."""

from dataclasses import dataclass
from pathlib import Path

from ingest.domain.packages import NotScanned


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscanned:
    """`VirusScanner` that reads nothing and says so; the agreement decides whether that passes."""

    reason: str = "no virus scanner is configured"

    def scan(self, path: Path) -> NotScanned:  # noqa: ARG002 - the port's signature
        """Say that the file was not scanned, and why."""
        return NotScanned(reason=self.reason)
