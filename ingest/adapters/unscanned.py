"""Where no virus scanner is configured: an honest "not scanned", never "clean"."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.domain.packages import NotScanned


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscanned:
    """`VirusScanner` that reads nothing and says so; the agreement decides whether that passes."""

    reason: str = "no virus scanner is configured"

    def scan(self, size: int, chunks: Iterable[bytes]) -> NotScanned:
        """Say that the file was not scanned, and why."""
        _ = size, chunks
        return NotScanned(reason=self.reason)
