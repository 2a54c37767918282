"""Extra fields of ZIP entries (APPNOTE 6.3.10, 4.5): ZIP64 and Unicode path are read, the rest is let be."""

import struct
from collections.abc import Sequence
from typing import Final

from ingest.formats.containers.members import AMBIGUOUS, DAMAGED, ContainerDamaged

ZIP64: Final = 0x0001
UNICODE_PATH: Final = 0x7075
_READ: Final = frozenset({ZIP64, UNICODE_PATH})
_HEAD: Final = struct.Struct("<HH")
_WIDE: Final = struct.Struct("<Q")
_ANNOUNCED: Final = (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFF)
_WIDTHS: Final = (8, 8, 8, 4)


def fields_of(extra: bytes) -> dict[int, bytes]:
    """Give the fields by their ids. Raises ContainerDamaged for lengths that lie, and for a read field given twice."""
    found: dict[int, bytes] = {}
    if not extra:
        return found
    at, end = 0, len(extra)
    while end - at >= _HEAD.size:
        kind, length = _HEAD.unpack_from(extra, at)
        at += _HEAD.size
        if length > end - at:
            raise ContainerDamaged.whole(DAMAGED, "an extra field is longer than its place")
        if kind in found and kind in _READ:
            raise ContainerDamaged.whole(AMBIGUOUS, f"the extra field {kind:#06x} is given twice")
        found[kind] = extra[at : at + length]
        at += length
    if any(extra[at:]):
        raise ContainerDamaged.whole(DAMAGED, "an extra field breaks off")
    return found


def wide_values(field: bytes, narrow: Sequence[int]) -> list[int]:
    """Resolve size, packed size, offset and disk (or the first of them) by a ZIP64 field (APPNOTE 4.5.3).

    The field holds the values that are announced, and no others; one that holds all of them is taken as well where
    those not announced say the same twice. Raises ContainerDamaged for any other.
    """
    announced = [value == mark for value, mark in zip(narrow, _ANNOUNCED, strict=False)]
    taken = _taken(field, announced)
    if taken is None:
        taken = _taken(field, [True] * _fields_in(field, len(narrow)))
    if taken is None:
        raise ContainerDamaged.whole(AMBIGUOUS, "the ZIP64 field does not hold what is announced")
    resolved = list(narrow)
    for place, value in taken.items():
        if not announced[place] and value != narrow[place]:
            raise ContainerDamaged.whole(AMBIGUOUS, "the ZIP64 field contradicts the header")
        resolved[place] = value
    if any(announced[place] and place not in taken for place in range(3) if place < len(narrow)):
        raise ContainerDamaged.whole(AMBIGUOUS, "a ZIP64 value is announced and missing")
    return resolved


def _fields_in(field: bytes, most: int) -> int:
    return min(len(field) // 8 + (len(field) % 8 == 4), most)  # noqa: PLR2004 - the disk has four bytes


def _taken(field: bytes, wanted: Sequence[bool]) -> dict[int, int] | None:
    """Read the wanted values one after the other; None unless they take the whole field."""
    found, at = {}, 0
    for place, is_wanted in enumerate(wanted):
        if is_wanted:
            found[place] = int.from_bytes(field[at : at + _WIDTHS[place]], "little")
            at += _WIDTHS[place]
    return found if at == len(field) else None
