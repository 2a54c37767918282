"""Names of ZIP entries: UTF-8 where they say so or are, else the code page of old (docs/adr/0018)."""

import re
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from ingest.formats.containers.members import AMBIGUOUS, ContainerDamaged

UTF_8_FLAG: Final = 0x800
_UNICODE_HEAD: Final = struct.Struct("<BI")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STANDS_IN: Final = "_?"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryName:
    """A name as text; `raw` are its bytes where they had to be interpreted by the old code page, else None."""

    text: str
    raw: bytes | None = None


def name_of(raw: bytes, flags: int, unicode_path: bytes | None) -> EntryName:
    """Read a name. Raises ContainerDamaged for a Unicode path (APPNOTE 4.6.9) that tells of another name.

    Bytes that are flagged as UTF-8 and are not become lone surrogates, which no path may have.
    """
    if unicode_path is not None:
        return EntryName(text=_unicode(raw, flags, unicode_path))
    if flags & UTF_8_FLAG:
        return EntryName(text=raw.decode("utf-8", "surrogateescape"))
    try:
        return EntryName(text=raw.decode("utf-8"))
    except UnicodeDecodeError:
        return EntryName(text=raw.decode("cp437"), raw=raw)


def is_text(comment: bytes) -> bool:
    """Tell whether a comment is text in whatever encoding: line ends and tabs, but no other controls."""
    return _CONTROLS.search(comment) is None


def _unicode(raw: bytes, flags: int, field: bytes) -> str:
    if len(field) < _UNICODE_HEAD.size:
        raise ContainerDamaged.whole(AMBIGUOUS, "a Unicode path that breaks off")
    version, crc = _UNICODE_HEAD.unpack_from(field)
    path = field[_UNICODE_HEAD.size :]
    text = path.decode("utf-8", "surrogateescape")
    same = path == raw if flags & UTF_8_FLAG else path == raw or _stands_for(raw, text)
    if version != 1 or crc != zlib.crc32(raw) or not same:
        shown = raw.decode("utf-8", "backslashreplace")
        raise ContainerDamaged.at(shown, AMBIGUOUS, f"the Unicode path tells of another name: {text!r}")
    return text


def _stands_for(raw: bytes, text: str) -> bool:
    """Tell whether bytes in some old code page can be this text: ASCII as it is, else one byte or `_` or `?` each."""
    return len(raw) == len(text) and all(
        chr(byte) == letter or (not letter.isascii() and (not chr(byte).isascii() or chr(byte) in _STANDS_IN))
        for byte, letter in zip(raw, text, strict=True)
    )
