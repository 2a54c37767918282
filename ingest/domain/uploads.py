"""Uploads that are finished piece by piece, before the delivery that uses them (tus 1.0)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_OPEN: Final = 1_000
"""Uploads of one producer's that are not whole."""
MOST_KEPT: Final = 50_000
"""Uploads of one producer's in all, until it lets them go or their time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of an upload: where it lies in staging, its size in bytes, its SHA-256 in hexadecimal."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes on their way: `length` is what was announced, `segments` are what has come, in order.

    `sender` is the registered producer whose key began it, None for the embedded archive's own key; `name` is what its
    sender calls it, `metadata` the tus metadata as it was sent.
    """

    id: str
    sender: str | None
    length: int
    name: str
    metadata: str
    created_at: datetime
    expires_at: datetime
    segments: tuple[Segment, ...] = ()

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return sum(segment.size for segment in self.segments)

    @property
    def is_finished(self) -> bool:
        """Whether all bytes have come."""
        return self.offset == self.length
