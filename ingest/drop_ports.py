"""Drops: what systems that can only write files, or objects, leave to be picked up, wherever they leave it.

Each place passes the one contract class in `tests/contracts/drop_place.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

Snapshot = tuple[tuple[str, int, str], ...]
"""Every file and folder, or object, of a drop: its path, size in bytes, and what changes when it is written again."""


class Filed(StrEnum):
    """Where a drop is put that has been decided, by the folder's name."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedFile:
    """A file of a drop that lies elsewhere: the path its producer gave it, below the drop, and its size in bytes."""

    name: str
    size: int


class RemoteDrop(Protocol):
    """A drop that is ours and does not lie on this machine."""

    @property
    def origin(self) -> str:
        """A name that no other drop ever has: by it an upload that was cut off is found again."""

    @property
    def name(self) -> str:
        """What its producer calls it: the container's or the folder's name."""

    @property
    def is_folder(self) -> bool:
        """Whether it is many files; else it is one, of the drop's own name."""

    @property
    def files(self) -> tuple[DroppedFile, ...]:
        """Every file, always in the same order."""

    @property
    def note(self) -> DroppedFile | None:
        """The delivery note beside a container."""

    def chunks(self, file: DroppedFile) -> Iterator[bytes]:
        """Read a file as it was claimed. Raises SourceUnreadable where it is another by now, or gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A drop that is ours: `place` is a name that no other claim ever has, `source` the package."""

    place: str
    name: str
    source: Path | RemoteDrop


class DropPlace(Protocol):
    """Where drops are left. A kill at any moment loses none, and whoever finds a claim may go on with it."""

    @property
    def shown(self) -> str:
        """How a person is told of the place."""

    @property
    def look_seconds(self) -> float:
        """How long to wait between two looks."""

    def marked(self) -> tuple[str, ...]:
        """List the drops whose marker is there and that nobody has claimed, in the order of their names."""

    def unmarked(self) -> Mapping[str, Snapshot]:
        """Give what could be a drop but has no marker, each as it looks now."""

    def claim(self, name: str, place: str) -> None:
        """Make a drop ours under a name that was never used; one that has been claimed by now is left to its claim."""

    def resume(self) -> None:
        """Bring to its end what a kill cut off, claims and filings; to be called before anything is claimed."""

    def claims(self) -> Iterator[Claim]:
        """Give every drop that is claimed and not filed yet."""

    def holds(self, claim: Claim) -> bool:
        """Say whether the claim still waits to be filed: of several watchers, another may have filed it."""

    def file(self, claim: Claim, receipt: bytes, into: Filed) -> None:
        """Put a drop away with its receipt beside it, both or neither; one that another has filed stays as it is."""
