"""Stored ZIP entries whose sizes stand after their bytes: nothing in the bytes may look like their end.

Whoever reads such an entry forwards takes the first data descriptor that fits for its end, and what follows for the
next entry (APPNOTE 6.3.10, 4.3.9). A deflated entry ends by itself.
"""

import struct
from collections.abc import Iterator
from typing import Final

from ingest.formats.containers.members import AMBIGUOUS, ContainerDamaged

_MARK: Final = b"PK\x07\x08"
_NARROW: Final = struct.Struct("<4xIII")
_WIDE: Final = struct.Struct("<4xIQQ")


def one_end(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Hand the content on; ContainerDamaged where a data descriptor in it states just the bytes before it."""
    held, at = b"", 0
    for piece in pieces:
        seen = held + piece
        if _ends_early(seen, at):
            raise ContainerDamaged.whole(AMBIGUOUS, "a data descriptor in the middle of the content")
        held = seen[-_WIDE.size :]
        at += len(seen) - len(held)
        yield piece


def _ends_early(seen: bytes, at: int) -> bool:
    """Tell whether a descriptor in these bytes, which begin at a place in the content, says that it ends there."""
    found = seen.find(_MARK)
    while found >= 0:
        sizes = [form.unpack_from(seen, found)[1:] for form in (_NARROW, _WIDE) if found + form.size <= len(seen)]
        if (at + found,) * 2 in sizes:
            return True
        found = seen.find(_MARK, found + 1)
    return False
