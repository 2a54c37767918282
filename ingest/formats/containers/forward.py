"""Reading a TAR forwards: from a file by ranges, where content can be passed over, or as it is unpacked."""

from collections.abc import Iterator
from functools import partial
from typing import Protocol

from ingest.formats.containers.limits import Limits
from ingest.formats.containers.members import BEYOND_LIMITS, CHUNK_BYTES, DAMAGED, ContainerDamaged, Content
from ingest.formats.containers.ranges import Ranges, Window


class Forward(Protocol):
    """A stream of bytes that is read once, from its start."""

    def read(self, length: int) -> bytes:
        """Give the next bytes; fewer only at the end of the stream. Raises ContainerDamaged, OSError."""

    def skip(self, length: int) -> None:
        """Pass over the next bytes. Raises ContainerDamaged when there are fewer; OSError."""

    def later(self, length: int) -> Content | None:
        """Give the next bytes for later, and pass over nothing; None when they come once."""


class ForwardRanges:
    """`Forward` over an object: what is passed over is not read."""

    def __init__(self, ranges: Ranges, span: int) -> None:
        """Begin at its start, reading `span` bytes ahead."""
        self._window = Window(ranges, span)
        self._at = 0

    def read(self, length: int) -> bytes:
        """Give the next bytes; fewer only at the end of the object. Raises OSError."""
        found = self._window.read(self._at, min(length, self._window.size - self._at))
        self._at += len(found)
        return found

    def skip(self, length: int) -> None:
        """Pass over the next bytes. Raises ContainerDamaged when there are fewer."""
        if length > self._window.size - self._at:
            raise _cut()
        self._at += length

    def later(self, length: int) -> Content:
        """Give the next bytes for as long as the object is open; ContainerDamaged when there are fewer."""
        return partial(_pieces, self._window, self._at, length)


class ForwardPieces:
    """`Forward` over pieces as they are unpacked, at most `ceiling` bytes of them."""

    def __init__(self, pieces: Iterator[bytes], ceiling: int) -> None:
        """Begin with the first piece."""
        self._pieces = pieces
        self._ceiling = ceiling
        self._total = 0
        self._held = b""
        self._at = 0

    def read(self, length: int) -> bytes:
        """Give the next bytes; fewer only at the end. Raises ContainerDamaged; OSError."""
        found = self._held[self._at : self._at + length]
        self._at += len(found)
        if len(found) == length:
            return found
        parts, missing = [found], length - len(found)
        while missing and self._next():
            parts.append(self._held[:missing])
            self._at = len(parts[-1])
            missing -= self._at
        return b"".join(parts)

    def skip(self, length: int) -> None:
        """Pass over the next bytes. Raises ContainerDamaged when there are fewer; OSError."""
        while length:
            passed = len(self.read(min(length, CHUNK_BYTES)))
            if not passed:
                raise _cut()
            length -= passed

    def later(self, length: int) -> None:
        """Give nothing: what has been unpacked is gone."""
        _ = length

    def _next(self) -> bool:
        self._held, self._at = next(self._pieces, b""), 0
        self._total += len(self._held)
        if self._total > self._ceiling:
            raise ContainerDamaged.whole(BEYOND_LIMITS, f"more than {self._ceiling} bytes unpacked")
        return bool(self._held)


def ceiling_of(packed: int, limits: Limits) -> int:
    """Give the most bytes that so many packed bytes may unpack to."""
    return min(max(limits.ratio_floor, packed * limits.ratio), limits.unpacked_bytes)


def _pieces(window: Window, start: int, length: int) -> Iterator[bytes]:
    for at in range(start, start + length, CHUNK_BYTES):
        yield window.read(at, min(CHUNK_BYTES, start + length - at))


def _cut() -> ContainerDamaged:
    return ContainerDamaged.whole(DAMAGED, "the file ends in the middle of an entry")
