"""Unpack a staged container into staged objects.

A ZIP or TAR is listed first and then unpacked in batches that survive a kill. A TAR in gzip or zstd can be told only by
unpacking it: its members land in one pass under the same opaque keys, the index follows when all of them have proved
good, and a restart repeats the pass.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.domain.findings import Violation
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Unreadable
from ingest.formats.containers import (
    SEQUENTIAL,
    ContainerDamaged,
    Limits,
    Member,
    Refused,
    kind_of,
    limits_of,
    list_members,
    package_root,
    read_members,
    remarks_on,
)
from ingest.formats.dialects import may_describe
from ingest.formats.views import ListedView
from ingest.pipeline.staging_keys import object_key
from ingest.pipeline.step import Work
from ingest.rules.examination import examine

SIDE_CAR: Final = 0
FIRST_MEMBER: Final = 1
"""Ordinals: a delivery note beside a container comes before its members."""
Remarks = tuple[Violation, ...]


def unpack(work: Work) -> Unreadable | Remarks:
    """Stage every member of the delivery's container that is not staged yet, and give what is remarkable about it.

    Unreadable when it cannot be trusted. A folder was staged file by file when it was handed over: nothing to do.
    Raises OutOfSpace before the first member when staging has no room for all of them.
    """
    source, staging = work.delivery.source, work.ports.staging
    if not source.key:
        return ()
    agreement = work.ports.catalogue.agreement_version(work.delivery.agreement, work.delivery.agreement_version)
    with staging.local(source.key) as container:
        try:
            return _unpack(work, container, limits_of(agreement))
        except ContainerDamaged as damage:
            return _unreadable(damage.violations, container.name, source.name)


def _unpack(work: Work, container: Path, limits: Limits) -> Unreadable | Remarks:
    if kind_of(container) in SEQUENTIAL:
        return _in_one_pass(work, container, limits)
    members = list_members(container, limits)
    if isinstance(members, Refused):
        raise ContainerDamaged(members.violations)
    nothing = undescribed(container, members, limits)
    if nothing is not None:
        found = examine(nothing, side_car=None, container=None, today=work.delivery.received_at.date())
        if isinstance(found, Unreadable):
            return found
    root = package_root(member.path for member in members)
    known = {o.ordinal for o in work.ports.catalogue.staged(work.delivery.id)}
    work.ports.staging.prove_room(sum(m.size for n, m in enumerate(members, FIRST_MEMBER) if n not in known))
    read = enumerate(read_members(container, limits), FIRST_MEMBER)
    _index(work, (_under(root, _staged(work, n, m, chunks)) for n, (m, chunks) in read if n not in known))
    return remarks_on(members)


def undescribed(container: Path, members: tuple[Member, ...], limits: Limits) -> ListedView | None:
    """Look for a file that may be a descriptor before all are unpacked; without one, names and sizes tell the rest.

    None when there is one. Raises ContainerDamaged.
    """
    root = package_root(member.path for member in members)
    inside = {member.path: PackagePath(member.path.removeprefix(root)) for member in members}
    if any(may_describe(path, b"") for path in inside.values()):
        return None
    for member, chunks in read_members(container, limits):
        if "/" not in inside[member.path] and may_describe(inside[member.path], next(chunks, b"")):
            return None
    return ListedView({inside[member.path]: member.size for member in members})


def _in_one_pass(work: Work, container: Path, limits: Limits) -> Remarks:
    members, landed = [], []
    for ordinal, (member, chunks) in enumerate(read_members(container, limits), FIRST_MEMBER):
        landed.append(_staged(work, ordinal, member, chunks))
        members.append(member)
    root = package_root(member.path for member in members)
    known = {o.ordinal for o in work.ports.catalogue.staged(work.delivery.id)}
    _index(work, (_under(root, staged) for staged in landed if staged.ordinal not in known))
    return remarks_on(tuple(members))


def _unreadable(violations: tuple[Violation, ...], staged_name: str, name: str) -> Unreadable:
    """Name the container as the producer did, not by its place in staging."""
    named = (
        replace(v, location=replace(v.location, file=name)) if v.location.file == staged_name else v for v in violations
    )
    return Unreadable(violations=tuple(named))


def _index(work: Work, staged: Iterator[StagedObject]) -> None:
    """Record staged objects, batch by batch."""
    batch: list[StagedObject] = []
    for one in staged:
        batch.append(one)
        if len(batch) >= work.ports.batch:
            work.ports.catalogue.add_staged(work.delivery.id, batch)
            batch = []
    if batch:
        work.ports.catalogue.add_staged(work.delivery.id, batch)


def _staged(work: Work, ordinal: int, member: Member, chunks: Iterator[bytes]) -> StagedObject:
    key = object_key(work.delivery.id, ordinal)
    fixity = work.ports.staging.put(key, chunks)
    return StagedObject(ordinal=ordinal, path=member.path, size=fixity.size, sha256=fixity.sha256, key=key)


def _under(root: str, staged: StagedObject) -> StagedObject:
    """Give its path from the package's root."""
    return replace(staged, path=PackagePath(staged.path.removeprefix(root)))
