"""Nested containers: ZIP and TAR delivered as content, opened where the agreement asks for it (docs/adr/0024).

Nothing of them is stored twice: the container stays as delivered, and what lies in it is listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.domain.characteristics import Trait

DEEPEST: Final = 8
"""The most that an agreement may ask for: containers in containers, so many times."""
WITHIN: Final = "!/"
"""What stands between a container's name and that of a file in it."""
CONTAINER_PUIDS: Final = frozenset({"x-fmt/263", "x-fmt/265", "x-fmt/266"})
"""ZIP, TAR and gzip in PRONOM; what it has a narrower name for (OOXML, ODF, EPUB, JAR) is a document, no container."""


class NestedFaultKind(StrEnum):
    """Why a nested container is not as one that may be delivered, or was not looked at to its end."""

    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    UNSAFE_NAME = "unsafe name"
    NO_FILE = "no file"
    BEYOND_BUDGET = "beyond budget"
    LOCKED = "locked"
    TOO_DEEP = "too deep"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedFault:
    """What is wrong with a container: at `path` in it, "" for the whole; `detail` in the words of whoever found it.

    `times` says for how many like faults it stands.
    """

    kind: NestedFaultKind
    path: str = ""
    detail: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedFile:
    """A file in a container: its path (`inner.zip!/a.txt` in a container in it), size in bytes, SHA-256, PRONOM id.

    `puid` is None when PRONOM has no match, or the file was too large to be identified; `traits` are what was seen
    inside it.
    """

    path: str
    size: int
    sha256: str
    puid: str | None = None
    traits: tuple[Trait, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedListing:
    """What a container holds, as far as it was read: the files in its order, and all that is wrong with it.

    `count` and `unpacked` are the files read and their bytes, those in containers in it and those not listed included;
    `seconds` is the processor time that reading took beside what the container's size grants it.
    """

    files: tuple[NestedFile, ...] = ()
    faults: tuple[NestedFault, ...] = ()
    count: int = 0
    unpacked: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedBudget:
    """What is left for the next container of a delivery: depth, files, bytes unpacked, files listed, seconds."""

    depth: int
    files: int
    unpacked: int
    listed: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedRequest:
    """A staged object that may be a container: its key, its size in bytes, and what may be spent on it."""

    key: str
    size: int
    budget: NestedBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedBounds:
    """The budgets of all nested containers of a delivery together.

    `files` and `unpacked` are what the delivery leaves. All that is unpacked may be `ratio` times the containers'
    size, or `floor` bytes where they are small.
    """

    depth: int
    files: int
    unpacked: int
    ratio: int
    floor: int
    listed: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedUse:
    """What an opened container of `size` bytes has used of the budgets."""

    size: int
    files: int
    unpacked: int
    listed: int
    seconds: float


def use_of(size: int, listing: NestedListing) -> NestedUse:
    """Give what a container has used, without what it holds."""
    return NestedUse(
        size=size,
        files=listing.count,
        unpacked=listing.unpacked,
        listed=len(listing.files),
        seconds=listing.seconds,
    )


def budget_for(bounds: NestedBounds, size: int, used: Sequence[NestedUse]) -> NestedBudget:
    """Give what is left for a container of `size` bytes, after those that were opened.

    One container may use half of the time that is left: whatever it is, something is left for the others.
    """
    packed = size + sum(before.size for before in used)
    room = min(bounds.unpacked, max(bounds.floor, bounds.ratio * packed))
    seconds = bounds.seconds - sum(before.seconds for before in used)
    return NestedBudget(
        depth=bounds.depth,
        files=max(0, bounds.files - sum(before.files for before in used)),
        unpacked=max(0, room - sum(before.unpacked for before in used)),
        listed=max(0, bounds.listed - sum(before.listed for before in used)),
        seconds=max(0.0, seconds / 2),
    )


def may_be_container(puid: str | None) -> bool:
    """Say whether a file of that format is to be opened: PRONOM says so, or knows no name for it (TAR in zstd)."""
    return puid is None or puid in CONTAINER_PUIDS
