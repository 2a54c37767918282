"""The packed bytes of ZIP entries, unpacked no further than declared, and proved by size and CRC-32."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.formats.containers.members import CHUNK_BYTES, DAMAGED, STRAY_BYTES, UNSUPPORTED, ContainerDamaged
from ingest.formats.containers.ranges import Window
from ingest.formats.containers.zip_streams import one_end

STORED: Final = 0
DEFLATED: Final = 8
_RAW: Final = -15
_PIECE: Final = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Where an entry's bytes lie, and what they are declared to be: sizes in bytes, CRC-32, compression method.

    `is_streamed` tells of sizes that stand after the bytes: a program that reads forwards looks for their end.
    """

    start: int
    length: int
    size: int
    crc: int
    method: int
    is_streamed: bool = False


def unpacked(name: str, packed: Packed, window: Window) -> Iterator[bytes]:
    """Stream the content in chunks of at most 1 MiB. Raises ContainerDamaged at the first byte beyond the size."""
    try:
        yield from _proved(packed, window)
    except zlib.error as fault:
        raise ContainerDamaged.at(name, DAMAGED, str(fault)) from fault
    except ContainerDamaged as damage:
        raise damage.within(name) from damage


def _proved(packed: Packed, window: Window) -> Iterator[bytes]:
    crc, reached = 0, 0
    for chunk in _methodically(packed, window):
        reached += len(chunk)
        if reached > packed.size:
            raise ContainerDamaged.whole(DAMAGED, f"more than the {packed.size} bytes declared")
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if reached < packed.size:
        raise ContainerDamaged.whole(DAMAGED, f"{reached} bytes where {packed.size} were declared")
    if crc != packed.crc:
        raise ContainerDamaged.whole(DAMAGED, "the content is not what its CRC-32 says")


def _methodically(packed: Packed, window: Window) -> Iterator[bytes]:
    if packed.method == STORED:
        pieces = _pieces(packed, window, CHUNK_BYTES)
        return one_end(pieces) if packed.is_streamed else pieces
    if packed.method != DEFLATED:
        raise ContainerDamaged.whole(UNSUPPORTED, f"compression method {packed.method}")
    if packed.length <= _PIECE and packed.size < CHUNK_BYTES:
        return iter((_inflated_at_once(packed, window),))
    return _inflated(packed, window)


def _pieces(packed: Packed, window: Window, most: int) -> Iterator[bytes]:
    at, end = packed.start, packed.start + packed.length
    while at < end:
        piece = window.read(at, min(most, end - at))
        at += len(piece)
        yield piece


def _inflated_at_once(packed: Packed, window: Window) -> bytes:
    """Inflate what is small, and one byte beyond if there is one."""
    inflater = zlib.decompressobj(_RAW)
    content = inflater.decompress(window.read(packed.start, packed.length), packed.size + 1)
    if len(content) <= packed.size:
        if not inflater.eof:  # The end of the stream itself may still have to be read.
            content += inflater.decompress(inflater.unconsumed_tail, 1)
        _prove_end(inflater.eof, len(inflater.unused_data))
    return content


def _inflated(packed: Packed, window: Window) -> Iterator[bytes]:
    """Inflate; the deflate stream must take all the packed bytes."""
    inflater = zlib.decompressobj(_RAW)
    left = packed.size + 1  # One byte beyond tells that there are more.
    behind = packed.length
    for piece in _pieces(packed, window, _PIECE):
        behind -= len(piece)
        waiting = piece
        while not inflater.eof:
            chunk = inflater.decompress(waiting, max(1, min(CHUNK_BYTES, left)))
            waiting = inflater.unconsumed_tail
            left -= len(chunk)
            if chunk:
                yield chunk
            elif not waiting:
                break
        if inflater.eof:
            break
    _prove_end(inflater.eof, len(inflater.unused_data) + behind)


def _prove_end(has_ended: bool, stray: int) -> None:  # noqa: FBT001 - what zlib says, not a choice
    if not has_ended:
        raise ContainerDamaged.whole(DAMAGED, "the deflated content breaks off")
    if stray:
        raise ContainerDamaged.whole(STRAY_BYTES, f"{stray} bytes after the end of the deflated content")
