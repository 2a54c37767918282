"""The header of a gzip member (RFC 1952, 2.3): its optional fields hold a name and a comment, and nothing else."""

import struct
from typing import Final

from ingest.formats.containers.members import STRAY_BYTES, ContainerDamaged
from ingest.formats.containers.ranges import Window
from ingest.formats.containers.zip_names import is_text

GZIP_MARK: Final = b"\x1f\x8b"
_HEAD: Final = struct.Struct("<2sBB6x")
_EXTRA, _NAME, _COMMENT = 0x4, 0x8, 0x10
_BLOCKED: Final = b"BC\x02\x00"
"""What `bgzip` writes: how long the member is, in two bytes."""
_LONGEST_TEXT: Final = 4096


def prove_header(window: Window, at: int) -> None:
    """Look at the optional fields of the member that begins there. Raises ContainerDamaged for what hides in them.

    A header that breaks off is told by whoever unpacks it. OSError passes through.
    """
    head = _read(window, at, _HEAD.size)
    if len(head) < _HEAD.size:
        return
    _, _, flags = _HEAD.unpack(head)
    at += _HEAD.size
    if flags & _EXTRA:
        at = _after_extra(window, at)
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            at = _after_text(window, at)


def _after_extra(window: Window, at: int) -> int:
    extra = _read(window, at + 2, int.from_bytes(_read(window, at, 2), "little"))
    if extra and not (extra.startswith(_BLOCKED) and len(extra) == len(_BLOCKED) + 2):
        raise ContainerDamaged.whole(STRAY_BYTES, f"{len(extra)} bytes in an extra field of the gzip header")
    return at + 2 + len(extra)


def _after_text(window: Window, at: int) -> int:
    found = _read(window, at, _LONGEST_TEXT + 1)
    text, end, _ = found.partition(b"\0")
    if not is_text(text) or (not end and len(found) > _LONGEST_TEXT):
        raise ContainerDamaged.whole(STRAY_BYTES, "a name or comment in the gzip header that is no text")
    return at + len(text) + 1


def _read(window: Window, at: int, length: int) -> bytes:
    """Give what is there of so many bytes."""
    return window.read(at, max(0, min(length, window.size - at)))
