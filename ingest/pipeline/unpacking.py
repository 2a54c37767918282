"""Unpack a staged container into staged objects, in batches that survive a kill."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ingest.domain.findings import Violation
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Unreadable
from ingest.formats.containers import (
    ContainerDamaged,
    Member,
    Refused,
    list_members,
    package_root,
    read_members,
)
from ingest.pipeline.staging_keys import object_key
from ingest.pipeline.step import Work

SIDE_CAR: Final = 0
FIRST_MEMBER: Final = 1
"""Ordinals: a delivery note beside a container comes before its members."""


def unpack(work: Work) -> Unreadable | None:
    """Stage every member of the delivery's container that is not staged yet; Unreadable when it cannot be trusted.

    A folder was staged file by file when it was handed over: nothing to do.
    """
    source, staging = work.delivery.source, work.ports.staging
    if not source.key:
        return None
    with staging.local(source.key) as container:
        members = list_members(container)
        if isinstance(members, Refused):
            return _unreadable(members.violations, source.name)
        root = package_root(member.path for member in members)
        try:
            _stage(work, root, read_members(container))
        except ContainerDamaged as damage:
            return _unreadable((damage.violation,), source.name)
    return None


def _unreadable(violations: tuple[Violation, ...], name: str) -> Unreadable:
    """Name the container as the producer did, not by its place in staging."""
    named = (replace(v, location=replace(v.location, file=name)) for v in violations)
    return Unreadable(violations=tuple(named))


def _stage(work: Work, root: str, members: Iterator[tuple[Member, Iterator[bytes]]]) -> None:
    known = {o.ordinal for o in work.ports.catalogue.staged(work.delivery.id)}
    batch: list[StagedObject] = []
    for ordinal, (member, chunks) in enumerate(members, start=FIRST_MEMBER):
        if ordinal not in known:
            path = PackagePath(member.path.removeprefix(root))
            batch.append(_staged(work, ordinal, path, chunks))
        if len(batch) >= work.ports.batch:
            work.ports.catalogue.add_staged(work.delivery.id, batch)
            batch = []
    if batch:
        work.ports.catalogue.add_staged(work.delivery.id, batch)


def _staged(work: Work, ordinal: int, path: PackagePath, chunks: Iterator[bytes]) -> StagedObject:
    key = object_key(work.delivery.id, ordinal)
    fixity = work.ports.staging.put(key, chunks)
    return StagedObject(ordinal=ordinal, path=path, size=fixity.size, sha256=fixity.sha256, key=key)
