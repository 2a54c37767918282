"""Unpack a staged container into staged objects.

The container is listed to its last byte first, and the package read in it; one that cannot be read is refused with
nothing of it unpacked but what was read. The files are then staged in batches that survive a kill. A TAR in gzip or
zstd is unpacked twice for that, and nothing lands before all of it has proved good.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ingest.domain.findings import Violation
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.containers import (
    SEQUENTIAL,
    ContainerDamaged,
    Limits,
    Opened,
    kind_of,
    limits_of,
    opened,
    prove_contents,
    read_members,
    remarks_on,
)
from ingest.formats.dialects import may_describe
from ingest.pipeline.first_reading import UnstagedView, read_unstaged
from ingest.pipeline.landing import DeliveredFile, land
from ingest.pipeline.step import Work

SIDE_CAR: Final = 0
FIRST_MEMBER: Final = 1
"""Ordinals: a delivery note beside a container comes before its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What is remarkable about a container, and what was read in it, None when that is to be read in staging."""

    reading: Reading | Unreadable | None = None
    remarks: tuple[Violation, ...] = ()


def unpack(work: Work) -> Unpacked:
    """Stage every member of the delivery's container that is not staged yet, unless the package cannot be read.

    A folder was read and staged file by file when it was handed over: nothing to do.
    Raises OutOfSpace when staging has no room for all members, before any but the descriptors is staged.
    """
    source, staging = work.delivery.source, work.ports.staging
    if not source.key:
        # What is wrong with a folder that was not taken over was recorded when it was handed over.
        return Unpacked(reading=Unreadable(violations=()) if source.is_unread else None)
    agreement = work.ports.catalogue.agreement_version(work.delivery.agreement, work.delivery.agreement_version)
    limits = limits_of(agreement)
    with staging.local(source.key) as path:
        try:
            with opened(path, may_describe, limits) as container:
                return _unpacked(work, path, container, limits)
        except ContainerDamaged as damage:
            return Unpacked(reading=_unreadable(damage.violations, path.name, source.name))


def _unpacked(work: Work, path: Path, container: Opened, limits: Limits) -> Unpacked:
    known = {o.ordinal for o in work.ports.catalogue.staged(work.delivery.id)}
    view = UnstagedView(work, container, FIRST_MEMBER)
    # Once a file is recorded, the package has been read; it is read again in staging.
    reading = None if known - {SIDE_CAR} else _read(work, path, view, container, limits)
    if not isinstance(reading, Unreadable):
        _stage(work, view, known, path, limits)
    return Unpacked(reading=reading, remarks=remarks_on(container.members))


def _read(work: Work, path: Path, view: UnstagedView, container: Opened, limits: Limits) -> Reading | Unreadable | None:
    """Read the package; what is wrong with any byte of its container comes before what is wrong with its descriptor."""
    try:
        found = read_unstaged(work, view)
    except ContainerDamaged:
        prove_contents(path, limits)
        raise
    if isinstance(found, Unreadable) and container.descriptors and kind_of(path) not in SEQUENTIAL:
        prove_contents(path, limits)
    return found


def _stage(work: Work, view: UnstagedView, known: set[int], path: Path, limits: Limits) -> None:
    waiting = {n: inside for n, inside in enumerate(view.paths, FIRST_MEMBER) if n not in known}
    work.ports.staging.prove_room(sum(view.entries[inside] for inside in waiting.values()))
    read = enumerate(read_members(path, limits), FIRST_MEMBER)
    files = (DeliveredFile(ordinal=n, path=waiting[n], chunks=chunks) for n, (_, chunks) in read if n in waiting)
    land(work.delivery.id, files, work.ports, view.lent)


def _unreadable(violations: tuple[Violation, ...], staged_name: str, name: str) -> Unreadable:
    """Name the container as the producer did, not by its place in staging."""
    named = (
        replace(v, location=replace(v.location, file=name)) if v.location.file == staged_name else v for v in violations
    )
    return Unreadable(violations=tuple(named))
