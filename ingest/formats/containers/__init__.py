"""Containers (ZIP, TAR, gzipped TAR): what lies in them, member by member, never unpacked to disk here.

What a container is, is told by its content alone. A bad container is a value: `list_members` gives
`Refused`, and damage that only shows while reading is raised as `ContainerDamaged`, which carries the
violation. OSError is the machine's and passes through.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.domain.findings import Violation
from ingest.formats.containers import tar_members, zip_members
from ingest.formats.containers.listing import ListingCheck
from ingest.formats.containers.members import (
    CHUNK_BYTES,
    DEFAULT_LIMITS,
    ContainerDamaged,
    ContainerKind,
    Limits,
    Member,
    Refused,
    kind_of,
)
from ingest.formats.containers.roots import package_root

__all__ = [
    "CHUNK_BYTES",
    "DEFAULT_LIMITS",
    "ContainerDamaged",
    "ContainerKind",
    "Limits",
    "Member",
    "Refused",
    "kind_of",
    "list_members",
    "package_root",
    "read_members",
]


def list_members(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Member, ...] | Refused:
    """List the files of a container in its own order, with sizes in bytes, or say all that is wrong."""
    check = ListingCheck(path.name, limits)
    try:
        for entry in _entries(path, limits):
            check.add(entry.listed)
    except ContainerDamaged as damage:
        return Refused(violations=(*check.violations_so_far(), damage.violation))
    violations = check.violations()
    return Refused(violations=violations) if violations else check.members


def read_members(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[Member, Iterator[bytes]]]:
    """Stream the files of a container in its own order, in chunks of at most 1 MiB.

    Each file must be read, or left, before the next is asked for. Raises ContainerDamaged at the first
    thing wrong.
    """
    check = ListingCheck(path.name, limits)
    for entry in _entries(path, limits):
        member = check.add(entry.listed)
        _raise_first(check.violations_so_far())
        if member is not None:
            yield member, entry.chunks()
    _raise_first(check.violations())


def _entries(path: Path, limits: Limits) -> Iterator[tar_members.TarEntry | zip_members.ZipEntry]:
    match kind_of(path):
        case ContainerKind.ZIP:
            yield from zip_members.entries(path)
        case ContainerKind.TAR | ContainerKind.TAR_GZ as kind:
            yield from tar_members.entries(path, kind, limits)
        case None:
            raise ContainerDamaged.at(path.name, "EARKIV-PKG-1", "neither ZIP nor TAR")


def _raise_first(violations: tuple[Violation, ...]) -> None:
    if violations:
        raise ContainerDamaged(violations[0])
