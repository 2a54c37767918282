"""What a TAR may be packed in: gzip (RFC 1952) and zstd (RFC 8878), unpacked in one pass and proved to the last byte.

Several gzip members or zstd frames after each other are one stream, as both standards say. Whatever else follows is
refused, and so is a skippable zstd frame: its bytes belong to no file.
"""

import zlib
from collections.abc import Iterator
from typing import Final, Protocol

from ingest.formats.containers.gzip_headers import GZIP_MARK, prove_header
from ingest.formats.containers.limits import Limits
from ingest.formats.containers.members import (
    BEYOND_LIMITS,
    CHUNK_BYTES,
    DAMAGED,
    STRAY_BYTES,
    ContainerDamaged,
    ContainerKind,
)
from ingest.formats.containers.ranges import Ranges, Window
from ingest.formats.containers.zstd_frames import ZstdPart, is_zstd, prove_frame

_GZIP: Final = 31
_SMALLEST_PIECE: Final = 1 << 12
_LARGEST_PIECE: Final = 1 << 18
_PARTS_AT_LEAST: Final = 1_000
_PART_BYTES: Final = 256


class _Part(Protocol):
    """One gzip member or zstd frame while it is unpacked."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def fed(self, packed: bytes) -> Iterator[bytes]: ...


class _GzipPart:
    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(_GZIP)

    @property
    def eof(self) -> bool:
        return self._inflater.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflater.unused_data

    def fed(self, packed: bytes) -> Iterator[bytes]:
        while not self._inflater.eof:
            try:
                chunk = self._inflater.decompress(packed, CHUNK_BYTES)
            except zlib.error as fault:
                raise ContainerDamaged.whole(DAMAGED, str(fault)) from fault
            packed = self._inflater.unconsumed_tail
            if chunk:
                yield chunk
            elif not packed:
                return


def unpacked(ranges: Ranges, kind: ContainerKind, limits: Limits) -> Iterator[bytes]:
    """Unpack part after part, in chunks of at most 1 MiB. Raises ContainerDamaged; OSError passes through."""
    window = Window(ranges, CHUNK_BYTES)
    at = parts = 0
    while at < window.size or not parts:
        part = _begun(window, at, kind, limits)
        start = at
        piece = _SMALLEST_PIECE
        while not part.eof:
            packed = window.read(at, min(piece, window.size - at))
            if not packed:
                raise ContainerDamaged.whole(DAMAGED, "the packed file breaks off")
            at += len(packed)
            yield from part.fed(packed)
            piece = min(2 * piece, _LARGEST_PIECE)
        at -= len(part.unused_data)
        parts += 1
        if parts > _PARTS_AT_LEAST and at < parts * _PART_BYTES:
            raise ContainerDamaged.whole(BEYOND_LIMITS, f"{parts} packed parts in {at} bytes")
        if at <= start:
            raise ContainerDamaged.whole(DAMAGED, "a packed part of no bytes")


def head_of(ranges: Ranges, kind: ContainerKind, limits: Limits, length: int) -> bytes | None:
    """Unpack the first bytes; None when they are too damaged to tell what they were. OSError passes through."""
    found = b""
    try:
        for chunk in unpacked(ranges, kind, limits):
            found += chunk
            if len(found) >= length:
                break
    except ContainerDamaged:
        return None
    return found[:length]


def _begun(window: Window, at: int, kind: ContainerKind, limits: Limits) -> _Part:
    """Begin with the part there; what is none, after a first one, is stray."""
    head = window.read(at, min(18, window.size - at))
    if kind is ContainerKind.TAR_ZST:
        if not is_zstd(head):
            raise ContainerDamaged.whole(STRAY_BYTES, f"{window.size - at} bytes that are no zstd frame")
        prove_frame(head, limits)
        return ZstdPart()
    if not head.startswith(GZIP_MARK):
        raise ContainerDamaged.whole(STRAY_BYTES, f"{window.size - at} bytes after the end of the gzip stream")
    prove_header(window, at)
    return _GzipPart()
