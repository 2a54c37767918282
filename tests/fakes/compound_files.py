"""Compound files (MS-CFB) with streams in their root, as Outlook writes messages."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_LEAST = 4096
"""Streams that are shorter would lie in a table of their own."""
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ENTRIES_A_SECTOR = 4
_ROOT, _STREAM = 5, 2


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Give a file that holds these streams; short ones are filled up with zero bytes."""
    contents = [
        content.ljust(max(_LEAST, -(-len(content) // _SECTOR) * _SECTOR), b"\0") for content in streams.values()
    ]
    folders = -(-(len(streams) + 1) // _ENTRIES_A_SECTOR)
    table = [_FAT, *range(2, folders + 1), _END]
    starts = []
    for content in contents:
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + len(content) // _SECTOR), _END]
    assert len(table) <= 128, "one sector of the table is all there is"
    entries = [_entry("Root Entry", _ROOT, child=1, sibling=_FREE, start=_END, size=0)]
    for number, (name, start, content) in enumerate(zip(streams, starts, contents, strict=True), 1):
        sibling = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, _STREAM, child=_FREE, sibling=sibling, start=start, size=len(content)))
    directory = b"".join(entries).ljust(folders * _SECTOR, b"\0")
    return _header() + struct.pack("<128L", *table, *([_FREE] * (128 - len(table)))) + directory + b"".join(contents)


def _header() -> bytes:
    start = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    start += struct.pack("<5H6x9L", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST, _END, 0, _END, 0)
    return (start + struct.pack("<109L", 0, *([_FREE] * 108))).ljust(_SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int, sibling: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    links = struct.pack("<HBB3L", len(written) + 2, kind, 1, _FREE, sibling, child)
    return written.ljust(64, b"\0") + links + bytes(36) + struct.pack("<LQ", start, size)
