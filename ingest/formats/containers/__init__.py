"""Containers (ZIP, TAR, TAR in gzip or zstd): what lies in them, member by member, never unpacked to disk here.

What a container is, is told by its content alone. A bad container is a value: `list_members` gives `Refused`, and
what only shows while reading is raised as `ContainerDamaged`, which carries the violations. OSError is the machine's
and passes through. Every byte of a container belongs to exactly one record of it, or it is refused (`spans`).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from ingest.domain.findings import Location, Violation
from ingest.formats.containers import tar_reading, zip_reading
from ingest.formats.containers.compression import unpacked
from ingest.formats.containers.descriptors import Descriptors, MayDescribe, Opened
from ingest.formats.containers.forward import ForwardPieces, ForwardRanges, ceiling_of
from ingest.formats.containers.kinds import kind_in, kind_of, prove_one_kind
from ingest.formats.containers.limits import DEFAULT_LIMITS, Limits, limits_of
from ingest.formats.containers.listing import ListingCheck
from ingest.formats.containers.members import (
    CHUNK_BYTES,
    SEQUENTIAL,
    ContainerDamaged,
    ContainerKind,
    Content,
    Entry,
    EntryKind,
    Listed,
    Member,
    Refused,
    named,
    printable,
)
from ingest.formats.containers.ranges import Ranges, StreamRanges
from ingest.formats.containers.roots import package_root

__all__ = [
    "CHUNK_BYTES",
    "DEFAULT_LIMITS",
    "SEQUENTIAL",
    "ContainerDamaged",
    "ContainerKind",
    "Content",
    "Limits",
    "Member",
    "Opened",
    "Ranges",
    "Refused",
    "StreamRanges",
    "kind_of",
    "limits_of",
    "list_members",
    "list_names",
    "list_ranges",
    "opened",
    "package_root",
    "printable",
    "prove_contents",
    "read_members",
    "read_ranges",
    "remarks_on",
]

_LISTING_SPAN = 1 << 14
_KEPT_BYTES = 16 << 20
_READING_SPAN = 1 << 20


def list_members(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Member, ...] | Refused:
    """List the files of a container in its own order, with sizes in bytes, or say all that is wrong.

    ZIP and TAR are listed by their headers; for a TAR in gzip or zstd all of it is unpacked, and nothing kept.
    """
    with path.open("rb", buffering=0) as stream:
        return list_ranges(StreamRanges(stream), path.name, limits)


def list_ranges(ranges: Ranges, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Member, ...] | Refused:
    """Do as `list_members` for an object read by ranges, which is told as `name`."""
    check = ListingCheck(limits)
    try:
        for entry in _entries(ranges, limits, _LISTING_SPAN):
            check.add(entry.listed)
    except ContainerDamaged as damage:
        return Refused(violations=named((*check.found, *damage.violations), name))
    violations = check.violations()
    return Refused(violations=named(violations, name)) if violations else check.members


def list_names(
    files: Iterable[tuple[str, int]], name: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[Member, ...] | Refused:
    """Judge names and sizes in bytes of files that lie loose, told as `name` together, as those in a container are."""
    check = ListingCheck(limits)
    try:
        for file, size in files:
            check.add(Listed(name=file, kind=EntryKind.FILE, size=size, packed=None))
    except ContainerDamaged as damage:
        return Refused(violations=named((*check.found, *damage.violations), name))
    violations = check.violations()
    return Refused(violations=named(violations, name)) if violations else check.members


@contextmanager
def opened(path: Path, may_describe: MayDescribe, limits: Limits = DEFAULT_LIMITS) -> Iterator[Opened]:
    """List a container as `list_members` does, and lend what may describe the package. Raises ContainerDamaged.

    Of what must be unpacked forwards, 16 MiB at most are kept for that in memory.
    """
    with path.open("rb", buffering=0) as stream:
        yield _opened(StreamRanges(stream), path.name, Descriptors(may_describe, _KEPT_BYTES), limits)


def _opened(ranges: Ranges, name: str, descriptors: Descriptors, limits: Limits) -> Opened:
    check = ListingCheck(limits)
    with _telling(name, lambda: check.found):
        for entry in _entries(ranges, limits, _LISTING_SPAN):
            member = check.add(entry.listed)
            if member is not None and check.is_clean:
                descriptors.look_at(member, entry)
    if violations := check.violations():
        raise ContainerDamaged(named(violations, name))
    return descriptors.opened(check.members)


def prove_contents(path: Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Unpack every file of a container that was listed without fault, and keep nothing.

    Raises ContainerDamaged for the first one that is not as declared, as reading all members would.
    """
    with path.open("rb", buffering=0) as stream, _telling(path.name, tuple):
        for entry in _entries(StreamRanges(stream), limits, _READING_SPAN):
            if entry.listed.kind is EntryKind.FILE:
                for _ in entry.chunks():
                    pass


def read_members(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[Member, Iterator[bytes]]]:
    """Stream the files of a container in its own order, in chunks of at most 1 MiB.

    Each file must be read, or left, before the next is asked for. Nothing more is given after the first thing wrong;
    the rest is listed, and all that is wrong raised together as ContainerDamaged.
    """
    with path.open("rb", buffering=0) as stream:
        yield from read_ranges(StreamRanges(stream), path.name, limits)


def read_ranges(ranges: Ranges, name: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[Member, Iterator[bytes]]]:
    """Do as `read_members` for an object read by ranges, which is told as `name`."""
    check = ListingCheck(limits)
    with _telling(name, lambda: check.found):
        for entry in _entries(ranges, limits, _READING_SPAN):
            member = check.add(entry.listed)
            if member is not None and check.is_clean:
                yield member, entry.chunks()
    if violations := check.violations():
        raise ContainerDamaged(named(violations, name))


def remarks_on(members: tuple[Member, ...]) -> tuple[Violation, ...]:
    """Say which names were read by the code page of old ZIP programs, with the bytes they had (EARKIV-PKG-16)."""
    return tuple(
        Violation(rule="EARKIV-PKG-16", location=Location(file=m.path, value=m.raw.hex(" ")))
        for m in members
        if m.raw is not None
    )


@contextmanager
def _telling(name: str, found: Callable[[], tuple[Violation, ...]]) -> Iterator[None]:
    """Put what the listing found before what is raised, with the container's name."""
    try:
        yield
    except ContainerDamaged as damage:
        raise ContainerDamaged(named((*found(), *damage.violations), name)) from damage


def _entries(ranges: Ranges, limits: Limits, span: int) -> Iterator[Entry]:
    kind = kind_in(ranges)
    if kind is not None:
        prove_one_kind(ranges, kind)
    match kind:
        case ContainerKind.ZIP:
            yield from zip_reading.entries(ranges, limits, span)
        case ContainerKind.TAR:
            yield from tar_reading.entries(ForwardRanges(ranges, span), limits)
        case ContainerKind.TAR_GZ | ContainerKind.TAR_ZST:
            pieces = unpacked(ranges, kind, limits)
            yield from tar_reading.entries(ForwardPieces(pieces, ceiling_of(ranges.size, limits)), limits)
        case None:
            raise ContainerDamaged.whole("EARKIV-PKG-1", "neither ZIP nor TAR")
        case _ as never:
            assert_never(never)
