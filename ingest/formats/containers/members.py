"""What the container readers speak of: members, limits, refusals."""

import gzip
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath

CHUNK_BYTES = 1024 * 1024
_TAR_MAGIC_AT = 257
_BLOCK = 512


class ContainerKind(StrEnum):
    """The containers that are read."""

    ZIP = "zip"
    TAR = "tar"
    TAR_GZ = "tar+gzip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a container may at most hold, against archives made to exhaust the reader.

    A member above `ratio_floor` bytes, and the container as a whole, may be at most `ratio` times its
    packed size.
    """

    entries: int = 500_000
    ratio: int = 200
    ratio_floor: int = 10 * 1024 * 1024


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a container: its name as delivered, and its size in bytes unpacked."""

    path: PackagePath
    size: int


class EntryKind(StrEnum):
    """What an entry says it is; only plain files and folders are delivered."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "device, pipe or socket"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported compression method"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry as listed: its raw name, its kind, its size in bytes unpacked and packed (None = unknown)."""

    name: str
    kind: EntryKind
    size: int
    packed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A container that cannot be taken in; `violations` says all that was found wrong (at least one)."""

    violations: tuple[Violation, ...]


class ContainerDamaged(Exception):
    """The content of a container is at fault (never the machine); `violation` says how."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(f"{violation.rule}: {violation.location.file}: {violation.detail}")
        self.violation = violation

    @classmethod
    def at(cls, file: str, rule: str, detail: str) -> "ContainerDamaged":
        """Make one for a place in the container."""
        return cls(Violation(rule=rule, location=Location(file=printable(file)), detail=detail))


def kind_of(path: Path) -> ContainerKind | None:
    """Say what kind of container a file is by its first bytes, None when it is none; OSError may pass."""
    with path.open("rb") as source:
        head = source.read(_BLOCK)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ContainerKind.ZIP
    if head.startswith(b"\x1f\x8b"):
        inflated = _inflated_head(path)
        return ContainerKind.TAR_GZ if inflated is None or _is_tar(inflated) else None
    return ContainerKind.TAR if _is_tar(head) else None


def _inflated_head(path: Path) -> bytes | None:
    """Give the first block under the gzip, None when it is too damaged to tell what it was."""
    try:
        with gzip.open(path) as source:
            return source.read(_BLOCK)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return None


def _is_tar(head: bytes) -> bool:
    """Tell a TAR by its magic, by its checksum where it has none (before POSIX), or as an empty one."""
    if len(head) < _BLOCK:
        return False
    if head[_TAR_MAGIC_AT : _TAR_MAGIC_AT + 5] == b"ustar" or head == bytes(_BLOCK):
        return True
    stated = head[148:156].strip(b" \0")
    summed = sum(head[:148]) + sum(b" " * 8) + sum(head[156:])
    return stated.isdigit() and set(stated) <= set(b"01234567") and int(stated, 8) == summed


def printable(name: str) -> str:
    """Make a raw name fit for a report: what is no text is written as an escape."""
    return name.encode("utf-8", "backslashreplace").decode()
