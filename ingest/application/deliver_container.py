"""Take in a container (ZIP, TAR) that came over the network: small ones are settled before they are answered."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ingest.application.arrivals import Answer, Refused, leave_to_workers, settle
from ingest.application.arriving import Arrival
from ingest.application.land_push import LandedPart
from ingest.application.resumable_uploads import take_over
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Location, Violation
from ingest.domain.fixity import Fixity
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.uploads import Upload
from ingest.formats.containers import kind_of
from ingest.formats.side_car import side_car_name
from ingest.pipeline.staging_keys import container_key, object_key
from ingest.pipeline.step import Ports
from ingest.pipeline.unpacking import SIDE_CAR
from ingest.rules.grouping import group

SETTLED_AT_ONCE: Final = 64 << 20
"""Bytes of a container up to which the sender waits for it to be unpacked, and is told at once of a repeat."""
UNKNOWN_KIND: Final = "file"
UNNAMED: Final = "package"


def land_container(arrival: Arrival, name: str, chunks: Iterable[bytes], ports: Ports) -> SourceContainer:
    """Stage a container that its sender calls `name`. Raises EarkivError, and what `chunks` raise."""
    key = container_key(arrival.upload.id)
    return staged_container(name, key, ports.staging.put(key, chunks), ports)


def container_from(upload: Upload, arrival: Arrival, ports: Ports) -> SourceContainer:
    """Take over a container that was uploaded before. Raises EarkivError."""
    key = container_key(arrival.upload.id)
    return staged_container(upload.name or UNNAMED, key, take_over(upload, key, ports), ports)


def staged_container(name: str, key: str, fixity: Fixity, ports: Ports) -> SourceContainer:
    """Look what kind of container lies staged, and tell it as `name`. Raises EarkivError."""
    with ports.staging.local(key) as path:
        kind = kind_of(path)
    told = kind.value if kind else UNKNOWN_KIND
    return SourceContainer(name=name, kind=told, size=fixity.size, sha256=fixity.sha256, key=key)


def with_note(arrival: Arrival, source: SourceContainer, note: LandedPart, ports: Ports) -> SourceContainer:
    """Put a delivery note that has landed beside its container, under the name that `earkiv ingest` looks for there.

    Raises EarkivError.
    """
    landed, key = (object_key(arrival.upload.id, ordinal) for ordinal in (note.ordinal, SIDE_CAR))
    ports.staging.adopt(key, ports.staging, landed, note.fixity)
    ports.staging.delete((landed,))  # The container's members come to lie there.
    path = PackagePath(side_car_name(source.name))
    staged = StagedObject(ordinal=SIDE_CAR, path=path, size=note.fixity.size, sha256=note.fixity.sha256, key=key)
    ports.catalogue.add_staged(arrival.upload.id, [staged])
    return replace(source, side_car=path)


def deliver_container(
    arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports
) -> Answer:
    """Let a container that has landed become a delivery, or say why it does not. Raises EarkivError."""
    if source.kind == UNKNOWN_KIND:
        violation = Violation(rule="EARKIV-PKG-1", location=Location(file=source.name))
        return Refused(findings=group([violation], agreement))
    if source.size > SETTLED_AT_ONCE:
        return leave_to_workers(arrival, source, agreement, ports)
    return settle(arrival, source, agreement, ports)
