"""Bytes on their way into a store: in blocks, measured, and held against what they should be."""

import hashlib
from collections.abc import Iterable, Iterator

from ingest.adapters.store_faults import differs
from ingest.domain.fixity import Fixity


class Blocks:
    """Bytes in blocks of the size that is asked for, measured as they pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest: list[bytes] = []
        self._digest, self._size = hashlib.sha256(), 0

    @property
    def fixity(self) -> Fixity:
        """What has been taken so far."""
        return Fixity(size=self._size, sha256=self._digest.hexdigest())

    def take(self, size: int) -> bytes:
        """Take so many bytes, fewer only at the end."""
        held = sum(map(len, self._rest))
        while held < size and (chunk := next(self._chunks, None)) is not None:
            self._rest.append(chunk)
            held += len(chunk)
        over = self._rest[-1][len(self._rest[-1]) - max(held - size, 0) :] if self._rest else b""
        if over:
            self._rest[-1] = self._rest[-1][: -len(over)]
        block = b"".join(self._rest)
        self._rest = [over] if over else []
        self._digest.update(block)
        self._size += len(block)
        return block


def checked(chunks: Iterator[bytes], key: str, store: str, expected: Fixity) -> Iterator[bytes]:
    """Hand bytes on, and raise DamageFound before the last of them where they are not as expected."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        yield chunk
    if (size, digest.hexdigest()) != (expected.size, expected.sha256):
        raise differs(key, store)
