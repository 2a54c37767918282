"""Choices that come out of bytes: what chooses by `random` can be driven by a coverage-guided fuzzer."""

import random
from typing import Final

_EIGHT: Final = 8
_DOUBLE: Final = 53


class ByteChoices(random.Random):
    """A `Random` whose every choice is read off the given bytes, in order; when they are used up, all is 0."""

    def __init__(self, octets: bytes) -> None:
        self._rest = memoryview(octets)
        super().__init__(0)

    def seed(self, *_: object, **__: object) -> None:
        """Leave the choices alone: they are the bytes."""

    def getrandbits(self, k: int, /) -> int:
        """Read so many bits off, a whole number of bytes at a time."""
        size = -(-k // _EIGHT)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return int.from_bytes(taken) >> max(0, len(taken) * _EIGHT - k)

    def random(self) -> float:
        """Read a number from 0 to 1, without 1, off."""
        return self.getrandbits(_DOUBLE) / (1 << _DOUBLE)

    @property
    def is_used_up(self) -> bool:
        """Whether all bytes have been read."""
        return not self._rest
