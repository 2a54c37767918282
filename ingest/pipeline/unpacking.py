"""Unpack a staged container into staged objects, in batches that survive a kill."""

from collections.abc import Iterator
from typing import Final

from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Unreadable
from ingest.formats.containers import ContainerDamaged, ContainerListing, Member, list_members, read_members
from ingest.pipeline.step import Work

SIDE_CAR: Final = 0
FIRST_MEMBER: Final = 1
"""Ordinals: a delivery note beside a container comes before its members."""


def unpack(work: Work) -> Unreadable | None:
    """Stage every member of the delivery's container that is not staged yet; Unreadable when it cannot be trusted.

    A folder was staged file by file when it was handed over: nothing to do.
    """
    delivery, ports = work.delivery, work.ports
    if not delivery.source.key:
        return None
    with ports.staging.local(delivery.source.key) as container:
        match list_members(container):
            case ContainerListing():
                try:
                    _stage(work, read_members(container))
                except ContainerDamaged as damage:
                    return Unreadable(violations=(damage.violation,))
                return None
            case violations:
                return Unreadable(violations=violations)


def _stage(work: Work, members: Iterator[tuple[Member, Iterator[bytes]]]) -> None:
    known = {o.path for o in work.ports.catalogue.staged(work.delivery.id)}
    batch: list[StagedObject] = []
    for ordinal, (member, chunks) in enumerate(members, start=FIRST_MEMBER):
        if member.path not in known:
            batch.append(_staged(work, ordinal, member.path, chunks))
        if len(batch) >= work.ports.batch:
            work.ports.catalogue.add_staged(work.delivery.id, batch)
            batch = []
    if batch:
        work.ports.catalogue.add_staged(work.delivery.id, batch)


def _staged(work: Work, ordinal: int, path: PackagePath, chunks: Iterator[bytes]) -> StagedObject:
    key = object_key(work.delivery.id, ordinal)
    fixity = work.ports.staging.put(key, chunks)
    return StagedObject(ordinal=ordinal, path=path, size=fixity.size, sha256=fixity.sha256, key=key)


def object_key(delivery_id: str, ordinal: int) -> str:
    """Give the opaque staging key of a delivered file: its name is data, never a key."""
    return f"{delivery_id}/objects/{ordinal // 1000:06d}/{ordinal:09d}"


def container_key(delivery_id: str) -> str:
    """Give the staging key of a delivered container."""
    return f"{delivery_id}/container"


def side_car_key(delivery_id: str) -> str:
    """Give the staging key of a delivery note that came beside a container."""
    return f"{delivery_id}/side-car"


def generated_key(delivery_id: str, aip_path: str) -> str:
    """Give the staging key of a metadata file that the archive makes."""
    return f"{delivery_id}/generated/{aip_path}"
