"""TAR header blocks (POSIX.1-2017 ustar, GNU, and the form before both), each read from its own 512 bytes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.formats.containers.members import AMBIGUOUS, DAMAGED, STRAY_BYTES, ContainerDamaged

BLOCK: Final = 512
ZEROS: Final = bytes(BLOCK)
_MODE: Final = slice(100, 108)
_SIZE: Final = slice(124, 136)
_OTHER_NUMBERS: Final = (slice(108, 116), slice(116, 124), slice(136, 148))
"""User, group and time: they decide nothing, but others read nothing where they are no numbers."""
_SUM: Final = slice(148, 156)
_TYPE: Final = slice(156, 157)
_MAGIC: Final = slice(257, 265)
_PREFIX: Final = slice(345, 500)
_POSIX: Final = b"ustar\x00"
_GNU: Final = b"ustar  \x00"
_WIDE: Final = 0x80
_NEGATIVE: Final = 0xFF
_OCTAL: Final = frozenset(b"01234567")


@dataclass(frozen=True, slots=True, kw_only=True)
class TarHeader:
    """One header: the name's bytes with its prefix, type flag, mode, size in bytes, and the bytes of its own name."""

    name: bytes
    own_name: bytes
    type: bytes
    mode: int
    size: int


def header_of(block: bytes) -> TarHeader:
    """Read a header block. Raises ContainerDamaged."""
    stated = _octal(block[_SUM])
    if stated is None or stated != checksum(block):
        raise ContainerDamaged.whole(DAMAGED, "a header does not have the checksum it states")
    for field in _OTHER_NUMBERS:
        if not block[field.start] & _WIDE and _octal(block[field]) is None:
            raise ContainerDamaged.whole(DAMAGED, "something that is no number in a header")
    name = _text(block[:100])
    return TarHeader(
        name=_with_prefix(block, name),
        own_name=name,
        type=block[_TYPE],
        mode=_number(block[_MODE]),
        size=_number(block[_SIZE]),
    )


def checksum(block: bytes) -> int:
    """Add the bytes of a header up, its own checksum taken as spaces (POSIX.1-2017, ustar)."""
    return sum(block) - sum(block[_SUM]) + 8 * ord(" ")


def is_header(block: bytes) -> bool:
    """Tell whether a block can be the header that a TAR begins with."""
    return len(block) == BLOCK and (block[257:262] == b"ustar" or is_proved(block))


def is_proved(block: bytes) -> bool:
    """Tell whether a block has the checksum that a header must have."""
    return len(block) == BLOCK and _octal(block[_SUM]) == checksum(block)


def _with_prefix(block: bytes, name: bytes) -> bytes:
    magic = block[_MAGIC]
    if magic.startswith(_POSIX):
        prefix = _text(block[_PREFIX])
        return prefix + b"/" + name if prefix else name
    if magic == _GNU:
        return name
    if any(block[257:329]) or any(block[345:]):  # GNU tar fills in device numbers in between.
        raise ContainerDamaged.whole(DAMAGED, "a header of an unknown kind")
    return name


def _text(field: bytes) -> bytes:
    """Give the text before the first NUL; what comes after it must be nothing."""
    text = field.rstrip(b"\0")
    if b"\0" in text:
        raise ContainerDamaged.whole(STRAY_BYTES, "a name has bytes behind its end")
    return text


def _number(field: bytes) -> int:
    """Read an octal number, or one in base 256 (GNU). Raises ContainerDamaged for a negative one, or none."""
    if field[0] == _NEGATIVE:
        raise ContainerDamaged.whole(AMBIGUOUS, "a negative number in a header")
    if field[0] & _WIDE:
        return int.from_bytes(field, "big") & ~(_WIDE << 8 * (len(field) - 1))
    found = _octal(field)
    if found is None:
        raise ContainerDamaged.whole(DAMAGED, "something that is no number in a header")
    return found


@lru_cache(maxsize=1024)  # Modes and sizes are often the same.
def _octal(field: bytes) -> int | None:
    """Read octal digits, which may have spaces before them and spaces and NULs after; nothing at all is 0."""
    digits = field.rstrip(b"\0 ").lstrip(b" ")
    if not set(digits) <= _OCTAL:
        return None
    return int(digits or b"0", 8)
