"""Uploads that are finished piece by piece, before the delivery that uses them: by tus 1.0, or direct in parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_OPEN: Final = 1_000
"""Uploads of one producer's that are not whole."""
MOST_KEPT: Final = 50_000
"""Uploads of one producer's in all, until it lets them go or their time is over."""


LEAST_PART: Final = 16 << 20
"""Bytes of each part but the last of a direct upload; doubled until there are no more than `MOST_PARTS`."""
MOST_PARTS: Final = 1_000
MOST_DIRECT: Final = 490 << 30
"""Bytes of a direct upload: more cannot lie in an S3 store of the archive (ADR 0027)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of an upload: where it lies in staging, its size in bytes, its SHA-256 in hexadecimal."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a direct upload: its number, from 1 on, and how many bytes it has."""

    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPart:
    """A part that lies in the store, and the store's mark of what it is."""

    part: Part
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectPlace:
    """Where a direct upload's parts go: the key that they will be one object under, and the store's id for that.

    `begun` is "" until the store has been asked.
    """

    key: str
    begun: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes on their way: `length` is what was announced, `segments` are what has come, in order.

    `direct` says where its sender puts it by itself, None for an upload that passes through the archive; it has no
    segment until all of it is there and proven, then one.

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
    direct: DirectPlace | None = None

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return sum(segment.size for segment in self.segments)

    @property
    def is_finished(self) -> bool:
        """Whether all bytes have come."""
        return self.offset == self.length


def part_bytes(length: int) -> int:
    """Say how many bytes each part of so long an upload has, but the last."""
    size = LEAST_PART
    while size * MOST_PARTS < length:
        size *= 2
    return size


def parts_of(length: int) -> tuple[Part, ...]:
    """Cut an upload of so many bytes into its parts."""
    size = part_bytes(length)
    starts = enumerate(range(0, length, size), 1)
    return tuple(Part(number=number, size=min(size, length - start)) for number, start in starts)


def missing_parts(length: int, sent: Iterable[SentPart]) -> tuple[Part, ...]:
    """List the parts that have not come, or not as they should be."""
    come = {one.part for one in sent}
    return tuple(part for part in parts_of(length) if part not in come)
