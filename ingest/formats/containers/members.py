"""What the container readers speak of: kinds, entries, members, refusals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath

CHUNK_BYTES = 1024 * 1024
DAMAGED = "EARKIV-PKG-3"
NO_FILE = "EARKIV-PKG-6"
BEYOND_LIMITS = "EARKIV-PKG-7"
UNSUPPORTED = "EARKIV-PKG-9"
AMBIGUOUS = "EARKIV-PKG-14"
STRAY_BYTES = "EARKIV-PKG-15"


class ContainerKind(StrEnum):
    """The containers that are read."""

    ZIP = "zip"
    TAR = "tar"
    TAR_GZ = "tar+gzip"
    TAR_ZST = "tar+zstd"


SEQUENTIAL = frozenset({ContainerKind.TAR_GZ, ContainerKind.TAR_ZST})
"""Kinds whose members can be told only by unpacking all that is before them."""


Content = Callable[[], Iterator[bytes]]
"""The bytes of a file, from the start each time, in chunks of at most 1 MiB; raises ContainerDamaged, OSError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a container: its name as delivered, and its size in bytes unpacked.

    `raw` is the name's own bytes where they had to be interpreted: they say no encoding and are no UTF-8.
    """

    path: PackagePath
    size: int
    raw: bytes | None = None


class EntryKind(StrEnum):
    """What an entry says it is; only plain files and folders are delivered."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "device, pipe, socket or volume label"
    SPARSE = "sparse file"
    PRIVILEGED = "setuid or setgid"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported compression method"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry as listed: its raw name, its kind, its size in bytes unpacked and packed (None = unknown)."""

    name: str
    kind: EntryKind
    size: int
    packed: int | None
    raw: bytes | None = None


class Entry(Protocol):
    """An entry of an open container; its content can be read until the next entry is asked for."""

    @property
    def listed(self) -> Listed:
        """What the listing says of it."""

    def chunks(self) -> Iterator[bytes]:
        """Stream the content in chunks of at most 1 MiB; raises ContainerDamaged when it is not as declared."""

    def later(self) -> Content | None:
        """Give the content for as long as the container is open; None when it comes once. Before it is read only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A container that cannot be taken in; `violations` says all that was found wrong (at least one)."""

    violations: tuple[Violation, ...]


class ContainerDamaged(Exception):
    """The content of a container is at fault (never the machine); `violations` says how (at least one).

    A place without a file's name is the container itself.
    """

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__("; ".join(f"{v.rule}: {v.location.file}: {v.detail}" for v in violations))
        self.violations = violations

    @classmethod
    def at(cls, file: str, rule: str, detail: str) -> "ContainerDamaged":
        """Make one for a place in the container."""
        return cls((Violation(rule=rule, location=Location(file=printable(file)), detail=detail),))

    def within(self, name: str) -> "ContainerDamaged":
        """Give the same with a name for what has none."""
        return ContainerDamaged(named(self.violations, printable(name)))

    @classmethod
    def whole(cls, rule: str, detail: str) -> "ContainerDamaged":
        """Make one for the container itself."""
        return cls.at("", rule, detail)


def named(violations: tuple[Violation, ...], container: str) -> tuple[Violation, ...]:
    """Give the container its name in what is said of it as a whole."""
    return tuple(v if v.location.file else replace(v, location=replace(v.location, file=container)) for v in violations)


def printable(name: str) -> str:
    """Make a raw name fit for a report: what is no text is written as an escape."""
    return name.encode("utf-8", "backslashreplace").decode()
