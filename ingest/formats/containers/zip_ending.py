"""The end of a ZIP file: the end record, with the ZIP64 records before it, says where the central directory lies."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.formats.containers.limits import Limits
from ingest.formats.containers.members import (
    AMBIGUOUS,
    BEYOND_LIMITS,
    DAMAGED,
    STRAY_BYTES,
    UNSUPPORTED,
    ContainerDamaged,
)
from ingest.formats.containers.ranges import Ranges
from ingest.formats.containers.spans import Span
from ingest.formats.containers.zip_names import is_text
from ingest.formats.containers.zip_records import CENTRAL, MAX_16, MAX_32

_END: Final = struct.Struct("<IHHHHIIH")
_WIDE_END: Final = struct.Struct("<IQHHIIQQQQ")
_LOCATOR: Final = struct.Struct("<IIQI")
_END_MARK: Final = b"PK\x05\x06"
_WIDE_END_MARK: Final = 0x06064B50
_LOCATOR_MARK: Final = 0x07064B50
_BLOCK: Final = 10_240
"""bsdtar fills what it writes into a pipe with zeros to a whole number of these, whatever the format."""
_RECORD_MARKS: Final = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Where the central directory lies, how many entries it has, and the records after it in their order."""

    entries: int
    span: Span
    records: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    disks: tuple[int, int]
    entries: tuple[int, int]
    length: int
    start: int


def directory_of(ranges: Ranges, limits: Limits) -> Directory:
    """Find the one end record and all it leads to. Raises ContainerDamaged, OSError."""
    end, stated = _end_record(ranges)
    wide = _wide_end(ranges, end.start)
    records: tuple[Span, ...] = (end,)
    if wide is not None:
        before, widely = wide
        stated, records = _agreed(stated, widely), (*before, end)
    if stated.disks != (0, 0) or stated.entries[0] != stated.entries[1]:
        raise ContainerDamaged.whole(UNSUPPORTED, "one volume of several")
    if stated.entries[1] > limits.entries:
        raise ContainerDamaged.whole(BEYOND_LIMITS, f"more than {limits.entries} entries")
    if stated.length > limits.index_bytes:
        raise ContainerDamaged.whole(BEYOND_LIMITS, f"a directory of {stated.length} bytes")
    if stated.entries[1] * CENTRAL.size > stated.length:
        raise ContainerDamaged.whole(AMBIGUOUS, "more entries are counted than the directory has room for")
    span = Span(start=stated.start, end=stated.start + stated.length)
    return Directory(entries=stated.entries[1], span=span, records=records)


def leads_to_directory(ranges: Ranges) -> bool:
    """Tell whether a file ends with an end record that stands right behind a central directory. Raises OSError."""
    tail_at = max(0, ranges.size - _END.size - MAX_16)
    tail = ranges.read(tail_at, ranges.size - tail_at)
    for at in _ends_in(tail):
        length = _END.unpack_from(tail, at)[5]
        start = tail_at + at - length
        if length >= CENTRAL.size and start >= 0 and ranges.read(start, 4) == _RECORD_MARKS[0]:
            return True
    return False


def _ends_in(tail: bytes, earliest: int | None = None) -> Iterator[int]:
    """Give the places of end records whose comment goes to the end, or to the `earliest` byte of nothing at least."""
    at, most = tail.find(_END_MARK), len(tail)
    least = most if earliest is None else earliest
    while at >= 0:
        if at + _END.size <= most and least <= at + _END.size + _END.unpack_from(tail, at)[-1] <= most:
            yield at
        at = tail.find(_END_MARK, at + 1)


def _filled_from(tail: bytes, size: int) -> int:
    """Give the first place in a file's tail from where all may be zeros that fill its last block."""
    if size % _BLOCK:
        return len(tail)
    return max(len(tail.rstrip(b"\0")), len(tail) - _BLOCK + 1)


def _end_record(ranges: Ranges) -> tuple[Span, _Stated]:
    """Find the record whose comment ends with the file, or with zeros that fill its last block.

    Two that do, or a comment that hides records, are refused.
    """
    tail_at = max(0, ranges.size - _END.size - MAX_16)
    tail = ranges.read(tail_at, ranges.size - tail_at)
    at = _only_end(tail, _filled_from(tail, ranges.size))
    _, disk, start_disk, here, entries, length, start, comment_length = _END.unpack_from(tail, at)
    comment = tail[at + _END.size :][:comment_length]
    if any(mark in comment for mark in _RECORD_MARKS):
        raise ContainerDamaged.whole(AMBIGUOUS, "the comment holds records of a ZIP file")
    if not is_text(comment):
        raise ContainerDamaged.whole(STRAY_BYTES, "the comment is no text")
    span = Span(start=tail_at + at, end=ranges.size)
    return span, _Stated(disks=(disk, start_disk), entries=(here, entries), length=length, start=start)


def _only_end(tail: bytes, earliest: int) -> int:
    found, is_marked = list(_ends_in(tail, earliest)), _END_MARK in tail
    if len(found) > 1:
        raise ContainerDamaged.whole(AMBIGUOUS, "two end records")
    if not found and is_marked:
        raise ContainerDamaged.whole(STRAY_BYTES, "the file does not end with its end record")
    if not found:
        raise ContainerDamaged.whole(DAMAGED, "there is no end record")
    return found[0]


def _wide_end(ranges: Ranges, end_at: int) -> tuple[tuple[Span, Span], _Stated] | None:
    """Read the ZIP64 records before the end record; None when there are none."""
    locator_at = end_at - _LOCATOR.size
    if locator_at < 0:
        return None
    mark, disk, at, disks = _LOCATOR.unpack(ranges.read(locator_at, _LOCATOR.size))
    if mark != _LOCATOR_MARK:
        return None
    if disk != 0 or disks > 1:
        raise ContainerDamaged.whole(UNSUPPORTED, "one volume of several")
    if at + _WIDE_END.size > locator_at:
        raise ContainerDamaged.whole(AMBIGUOUS, "the ZIP64 locator points nowhere")
    found = _WIDE_END.unpack(ranges.read(at, _WIDE_END.size))
    if found[0] != _WIDE_END_MARK:
        raise ContainerDamaged.whole(AMBIGUOUS, "the ZIP64 locator points nowhere")
    span = Span(start=at, end=at + found[1] + 12)  # The size leaves out the mark and itself (APPNOTE 4.3.14.1).
    if span.end != at + _WIDE_END.size:
        raise ContainerDamaged.whole(UNSUPPORTED, "a ZIP64 end record of another version")
    stated = _Stated(disks=found[4:6], entries=found[6:8], length=found[8], start=found[9])
    return (span, Span(start=locator_at, end=end_at)), stated


def _agreed(narrow: _Stated, wide: _Stated) -> _Stated:
    """Take the ZIP64 values; a narrow one must say the same or give way."""
    pairs = (
        *zip(narrow.disks + narrow.entries, wide.disks + wide.entries, (MAX_16,) * 4, strict=True),
        (narrow.length, wide.length, MAX_32),
        (narrow.start, wide.start, MAX_32),
    )
    if any(value not in {mark, widely} for value, widely, mark in pairs):
        raise ContainerDamaged.whole(AMBIGUOUS, "the end record and its ZIP64 record contradict each other")
    return wide
