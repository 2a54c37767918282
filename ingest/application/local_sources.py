"""What is handed over lies on this machine: how its bytes are read, and what of it cannot be delivered."""

import os
from collections.abc import Iterator
from pathlib import Path

from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import Unreadable
from ingest.errors import SourceUnreadable
from ingest.formats.containers import DEFAULT_LIMITS, printable
from ingest.formats.views import FolderView

CHUNK = 1 << 20


def unreadable(path: Path, error: OSError) -> SourceUnreadable:
    """Say that the operating system refuses to read what was to be delivered, and which file of it."""
    place = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else path
    inside = place.relative_to(path.parent) if place.is_relative_to(path.parent) else path.name
    return SourceUnreadable(
        f"{inside} kan inte läsas: {error.strerror}.", f"{inside} cannot be read: {error.strerror}."
    )


def listed(path: Path) -> FolderView:
    """List a folder no further than a container may be listed. Raises OSError."""
    return FolderView(path, DEFAULT_LIMITS.entries)


def beyond_limits(view: FolderView, path: Path) -> Unreadable | None:
    """Say that a folder holds more files and folders than a container may, or files of holes. Raises OSError.

    Holes are to a folder what packing is to a container: whoever copies the file writes them out.
    """
    if not view.is_whole:
        detail = f"more than {DEFAULT_LIMITS.entries} entries"
        return Unreadable(violations=(_beyond(path.resolve().name, detail),))
    hollow = [
        _beyond(name, f"{size} bytes, of which {kept} are on disk")
        for name, (size, kept) in view.thin.items()
        if size > max(DEFAULT_LIMITS.ratio_floor, kept * DEFAULT_LIMITS.ratio) and _has_holes(path / name)
    ]
    return Unreadable(violations=tuple(hollow)) if hollow else None


def _beyond(file: str, detail: str) -> Violation:
    return Violation(rule="EARKIV-PKG-7", location=Location(file=file), detail=detail)


def _has_holes(path: Path) -> bool:
    """Tell whether a file really has holes: some file systems keep no count of what is on disk."""
    with path.open("rb", buffering=0) as stream:
        return os.lseek(stream.fileno(), 0, os.SEEK_HOLE) < os.fstat(stream.fileno()).st_size


def refusals(view: FolderView) -> tuple[Violation, ...]:
    """Say which names and entries of a folder cannot be delivered."""
    unsafe = (
        Violation(rule="EARKIV-PKG-5", location=Location(file=printable(u.raw), value=u.fault)) for u in view.unsafe
    )
    special = (Violation(rule="EARKIV-PKG-6", location=Location(file=printable(name))) for name in view.special)
    return (*unsafe, *special)


def chunks_of(path: Path) -> Iterator[bytes]:
    """Read a local file in chunks of 1 MiB."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
