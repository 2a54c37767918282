"""Reading one immutable object by ranges: a local file today, an object store tomorrow."""

import errno
from typing import IO, Protocol

from ingest.formats.containers.members import DAMAGED, ContainerDamaged


class Ranges(Protocol):
    """An object that does not change, of a known size in bytes."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    def read(self, offset: int, length: int) -> bytes:
        """Give exactly these bytes, which lie inside the object. Raises OSError."""


class StreamRanges:
    """`Ranges` of a seekable stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Measure the stream, which must not change while it is read. Raises OSError."""
        self._stream = stream
        self._size = stream.seek(0, 2)

    @property
    def size(self) -> int:
        """Its size in bytes when it was opened."""
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        """Give exactly these bytes. Raises OSError, also when the file has been cut meanwhile."""
        self._stream.seek(offset)
        found = self._stream.read(length)
        while len(found) < length:
            more = self._stream.read(length - len(found))
            if not more:
                raise OSError(errno.EIO, "the file became shorter while it was read")
            found += more
        return found


class Window:
    """Reads ranges through a window of `span` bytes, so that neighbours cost one read; what lies outside is damage."""

    def __init__(self, ranges: Ranges, span: int) -> None:
        """Start with nothing read."""
        self.size = ranges.size
        self._ranges = ranges
        self._span = span
        self._start = 0
        self._held = b""

    def read(self, offset: int, length: int) -> bytes:
        """Give exactly these bytes. Raises ContainerDamaged beyond the end; OSError."""
        at = offset - self._start
        if at >= 0 and at + length <= len(self._held):
            return self._held[at : at + length]
        if offset < 0 or offset + length > self.size:
            raise ContainerDamaged.whole(DAMAGED, f"the file ends at byte {self.size}, in the middle of a record")
        if length >= self._span:
            return self._ranges.read(offset, length)
        self._start, self._held = offset, self._ranges.read(offset, min(self._span, self.size - offset))
        return self._held[:length]
