"""The law of the strict readers: every byte of a container belongs to exactly one record."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.formats.containers.members import AMBIGUOUS, DAMAGED, STRAY_BYTES, ContainerDamaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The bytes of one record: from `start` up to, not including, `end`."""

    start: int
    end: int


def follow(reached: int, start: int, end: int) -> int:
    """Go on to the end of a record that begins where the one before it ended.

    Raises ContainerDamaged for bytes in between (EARKIV-PKG-15) or bytes shared (EARKIV-PKG-14).
    """
    if start > reached:
        raise ContainerDamaged.whole(STRAY_BYTES, f"bytes {reached} to {start - 1} belong to nothing")
    if start < reached or end < start:
        raise ContainerDamaged.whole(AMBIGUOUS, f"byte {min(start, end)} belongs to more than one record")
    return end


def account(spans: Iterable[Span], size: int) -> None:
    """Hold records in their order against the law, in a file of `size` bytes. Raises ContainerDamaged."""
    reached = 0
    for span in spans:
        reached = follow(reached, span.start, span.end)
    if reached > size:
        raise ContainerDamaged.whole(DAMAGED, f"ends at byte {size}, where {reached} are declared")
    follow(reached, size, size)
