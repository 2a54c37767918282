"""The records of a ZIP file (APPNOTE 6.3.10, 4.3), each read from its own bytes and no others."""

import struct
from dataclasses import dataclass
from typing import Final

from ingest.formats.containers.members import AMBIGUOUS, DAMAGED, ContainerDamaged
from ingest.formats.containers.ranges import Window
from ingest.formats.containers.zip_extras import ZIP64, fields_of, wide_values

MAX_16: Final = 0xFFFF
MAX_32: Final = 0xFFFFFFFF
LOCAL: Final = struct.Struct("<IHHHHHIIIHH")
CENTRAL: Final = struct.Struct("<IHHHHHHIIIHHHHHII")
_PLACE: Final = struct.Struct("<28xHHH8xI")
LOCAL_MARK: Final = 0x04034B50
CENTRAL_MARK: Final = 0x02014B50
_DESCRIPTOR_MARK: Final = 0x08074B50
_DESCRIPTORS: Final = {
    12: struct.Struct("<III"),
    16: struct.Struct("<IIII"),
    20: struct.Struct("<IQQ"),
    24: struct.Struct("<IIQQ"),
}
"""A data descriptor by its length: 32 or 64 bits a size, without its mark or (16, 24) with it (APPNOTE 4.3.9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralHeader:
    """An entry of the central directory; sizes and the place of its local header in bytes, ZIP64 resolved."""

    name: bytes
    needed: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    disk: int
    mode: int
    attributes: int
    offset: int
    comment: bytes
    extra: dict[int, bytes]
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalHeader:
    """The header before an entry's bytes, ZIP64 resolved; `end` is where those bytes begin."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    extra: dict[int, bytes]
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesAfterwards:
    """What a streaming writer says of an entry after its bytes."""

    crc: int
    packed: int
    size: int


def central_at(directory: bytes, at: int) -> CentralHeader:
    """Read the entry that begins there. Raises ContainerDamaged."""
    if at + CENTRAL.size > len(directory):
        raise ContainerDamaged.whole(DAMAGED, "the central directory ends in the middle of an entry")
    found = CENTRAL.unpack_from(directory, at)
    mark, _, needed, flags, method, _, _, crc, packed, size, name_length, extra_length, comment_length = found[:13]
    disk, _, attributes, offset = found[13:]
    if mark != CENTRAL_MARK:
        raise ContainerDamaged.whole(DAMAGED, "the central directory has something that is no entry")
    name_at = at + CENTRAL.size
    extra_at = name_at + name_length
    comment_at = extra_at + extra_length
    end = comment_at + comment_length
    if end > len(directory):
        raise ContainerDamaged.whole(DAMAGED, "the central directory ends in the middle of an entry")
    extra = fields_of(directory[extra_at:comment_at])
    if ZIP64 in extra:
        size, packed, offset, disk = wide_values(extra[ZIP64], (size, packed, offset, disk))
    elif MAX_32 in (size, packed, offset):
        raise ContainerDamaged.whole(AMBIGUOUS, "a ZIP64 value is announced and missing")
    return CentralHeader(
        name=directory[name_at:extra_at],
        needed=needed & 0xFF,
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        disk=disk,
        mode=attributes >> 16,
        attributes=attributes & MAX_16,
        offset=offset,
        comment=directory[comment_at:end],
        extra=extra,
        length=end - at,
    )


def place_of(directory: bytes, at: int) -> tuple[int, int]:
    """Give the length of the entry that begins there, and where its local header lies. Raises ContainerDamaged."""
    if at + CENTRAL.size <= len(directory):
        name_length, extra_length, comment_length, offset = _PLACE.unpack_from(directory, at)
        if offset != MAX_32:
            return CENTRAL.size + name_length + extra_length + comment_length, offset
    central = central_at(directory, at)
    return central.length, central.offset


def local_at(window: Window, offset: int) -> LocalHeader:
    """Read the local header that begins there. Raises ContainerDamaged, OSError."""
    found = LOCAL.unpack(window.read(offset, LOCAL.size))
    mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = found
    if mark != LOCAL_MARK:
        raise ContainerDamaged.whole(DAMAGED, f"no local header at byte {offset}")
    after = window.read(offset + LOCAL.size, name_length + extra_length)
    extra = fields_of(after[name_length:])
    if ZIP64 in extra:
        size, packed, *_ = wide_values(extra[ZIP64], (size, packed))
    elif MAX_32 in (size, packed):
        raise ContainerDamaged.whole(AMBIGUOUS, "a ZIP64 value is announced and missing")
    end = offset + LOCAL.size + name_length + extra_length
    return LocalHeader(
        name=after[:name_length],
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        extra=extra,
        end=end,
    )


def descriptor_in(content: bytes) -> SizesAfterwards | None:
    """Read a data descriptor that takes all these bytes; None when they are none."""
    form = _DESCRIPTORS.get(len(content))
    if form is None:
        return None
    values = form.unpack(content)
    *mark, crc, packed, size = values
    return None if mark and mark != [_DESCRIPTOR_MARK] else SizesAfterwards(crc=crc, packed=packed, size=size)
