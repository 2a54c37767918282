"""Paths inside a package: relative, POSIX, never outside, and a name on every system that may keep them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

PackagePath = NewType("PackagePath", str)
"""A path that `parse_path` has accepted: relative, `/` between segments, no `.` or `..`, kept exactly as delivered."""

MAX_PATH_BYTES = 4096
MAX_SEGMENT_BYTES = 255
MAX_DEPTH = 64
_PLAIN_CHARACTERS = 63
"""So many characters stay within every limit on length and depth."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICE_NAME = r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[1-9\u00b9\u00b2\u00b3])\x20*(?:\.[^/]*)?"
_DEVICE = re.compile(rf"(?:^|/){_DEVICE_NAME}(?:/|\Z)", re.IGNORECASE)
"""Names that Windows takes for devices, with whatever extension and after whatever folder."""


_SUSPECT = re.compile(
    rf"[\x00-\x1f\x7f-\x9f\\:\ud800-\udfff]|(?:^|/)(?:\.{{0,2}}|{_DEVICE_NAME})(?:/|\Z)", re.IGNORECASE
)
"""Whatever a short name can be refused for: most names are told to be none of it in one look."""


class PathFault(StrEnum):
    """Why a name can be no path in a package."""

    EMPTY = "empty"
    ABSOLUTE = "absolute"
    DRIVE = "drive letter"
    PARENT = "parent or current folder segment"
    EMPTY_SEGMENT = "empty segment"
    CONTROL = "control character"
    BACKSLASH = "backslash"
    COLON = "colon"
    DEVICE = "reserved device name"
    TOO_LONG = "too long"
    TOO_DEEP = "too deep"
    ENCODING = "not valid text"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsafePath:
    """A name that was refused, with the reason; the name is kept for the finding only."""

    raw: str
    fault: PathFault


def parse_path(raw: str) -> PackagePath | UnsafePath:
    """Accept a relative POSIX path as it is, or say why it is none; nothing is ever renamed."""
    if len(raw) <= _PLAIN_CHARACTERS and not _SUSPECT.search(raw):
        return PackagePath(raw)
    fault = _fault_of(raw)
    return PackagePath(raw) if fault is None else UnsafePath(raw=raw, fault=fault)


def _fault_of(raw: str) -> PathFault | None:
    if not raw:
        return PathFault.EMPTY
    try:
        encoded = raw.encode("utf-8")
    except UnicodeEncodeError:
        return PathFault.ENCODING
    return _character_fault(raw) or _segment_fault(raw.split("/"), len(encoded)) or _device_fault(raw)


def _character_fault(raw: str) -> PathFault | None:
    if _CONTROL.search(raw):
        return PathFault.CONTROL
    if "\\" in raw:
        return PathFault.BACKSLASH
    if raw.startswith("/"):
        return PathFault.ABSOLUTE
    if ":" in raw:
        return PathFault.DRIVE if _DRIVE.match(raw) else PathFault.COLON
    return None


def _segment_fault(segments: list[str], size: int) -> PathFault | None:
    if any(segment in {".", ".."} for segment in segments):
        return PathFault.PARENT
    if "" in segments:
        return PathFault.EMPTY_SEGMENT
    if size > MAX_PATH_BYTES or any(len(s.encode()) > MAX_SEGMENT_BYTES for s in segments):
        return PathFault.TOO_LONG
    return PathFault.TOO_DEEP if len(segments) > MAX_DEPTH else None


def _device_fault(raw: str) -> PathFault | None:
    return PathFault.DEVICE if _DEVICE.search(raw) else None
