"""Zstandard frames (RFC 8878, 3.1.1): what a frame asks for is looked at before it gets it."""

import sys
from collections.abc import Iterator
from typing import Final

from ingest.formats.containers.limits import Limits
from ingest.formats.containers.members import (
    BEYOND_LIMITS,
    CHUNK_BYTES,
    DAMAGED,
    STRAY_BYTES,
    UNSUPPORTED,
    ContainerDamaged,
)

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

ZSTD_MARK: Final = b"\x28\xb5\x2f\xfd"
_SKIPPABLE: Final = b"\x2a\x4d\x18"
_SKIPPABLE_FIRST: Final = 0x50  # … to 0x5F
_SINGLE_SEGMENT: Final = 0x20
_RESERVED: Final = 0x08
_DICTIONARY_BYTES: Final = (0, 1, 2, 4)
_SIZE_BYTES: Final = (0, 2, 4, 8)
_WINDOW_LOG: Final = 27


def is_zstd(head: bytes) -> bool:
    """Tell whether a frame, of content or a skippable one, begins like this."""
    return head.startswith(ZSTD_MARK) or (head[1:4] == _SKIPPABLE and head[0] & 0xF0 == _SKIPPABLE_FIRST)


def prove_frame(head: bytes, limits: Limits) -> None:
    """Refuse a skippable frame, a dictionary, and a window beyond the limit. Raises ContainerDamaged."""
    if not head.startswith(ZSTD_MARK):
        raise ContainerDamaged.whole(STRAY_BYTES, "a zstd frame that is skipped when it is unpacked")
    descriptor, rest = head[4:5], head[5:]
    if not descriptor or descriptor[0] & _RESERVED:
        raise ContainerDamaged.whole(DAMAGED, "a zstd frame header that is none")
    is_single = bool(descriptor[0] & _SINGLE_SEGMENT)
    dictionary_at = 0 if is_single else 1
    dictionary_bytes = _DICTIONARY_BYTES[descriptor[0] & 3]
    if any(rest[dictionary_at : dictionary_at + dictionary_bytes]):
        raise ContainerDamaged.whole(UNSUPPORTED, "packed with a zstd dictionary")
    window = _content_size(descriptor[0], rest[dictionary_bytes:]) if is_single else _window(rest)
    if window > limits.window_bytes:
        raise ContainerDamaged.whole(BEYOND_LIMITS, f"a zstd window of {window} bytes")


class ZstdPart:
    """One frame while it is unpacked."""

    def __init__(self) -> None:
        """Begin with the frame's first byte."""
        self._decompressor = ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW_LOG})

    @property
    def eof(self) -> bool:
        """Whether the frame has ended."""
        return self._decompressor.eof

    @property
    def unused_data(self) -> bytes:
        """What was fed beyond the frame's end."""
        return self._decompressor.unused_data

    def fed(self, packed: bytes) -> Iterator[bytes]:
        """Unpack what these bytes tell, in chunks of at most 1 MiB. Raises ContainerDamaged."""
        while not self._decompressor.eof:
            try:
                chunk = self._decompressor.decompress(packed, CHUNK_BYTES)
            except ZstdError as fault:
                raise ContainerDamaged.whole(DAMAGED, str(fault)) from fault
            packed = b""
            if chunk:
                yield chunk
            if self._decompressor.needs_input:
                return


def _window(rest: bytes) -> int:
    if not rest:
        raise ContainerDamaged.whole(DAMAGED, "a zstd frame header breaks off")
    base = 1 << (10 + (rest[0] >> 3))
    return base + (base >> 3) * (rest[0] & 7)


def _content_size(descriptor: int, rest: bytes) -> int:
    length = _SIZE_BYTES[descriptor >> 6] or 1
    return int.from_bytes(rest[:length], "little")
