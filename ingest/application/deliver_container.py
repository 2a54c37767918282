"""Take in a container (ZIP, TAR) that came over the network: small ones are settled before they are answered."""

from collections.abc import Iterable
from typing import Final

from ingest.application.arrivals import Answer, Refused, leave_to_workers, settle
from ingest.application.arriving import Arrival
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Location, Violation
from ingest.formats.containers import kind_of
from ingest.pipeline.staging_keys import container_key
from ingest.pipeline.step import Ports
from ingest.rules.grouping import group

SETTLED_AT_ONCE: Final = 64 << 20
"""Bytes of a container up to which the sender waits for it to be unpacked, and is told at once of a repeat."""
UNKNOWN_KIND: Final = "file"


def land_container(arrival: Arrival, name: str, chunks: Iterable[bytes], ports: Ports) -> SourceContainer:
    """Stage a container that its sender calls `name`. Raises EarkivError, and what `chunks` raise."""
    key = container_key(arrival.upload.id)
    fixity = ports.staging.put(key, chunks)
    with ports.staging.local(key) as path:
        kind = kind_of(path)
    told = kind.value if kind else UNKNOWN_KIND
    return SourceContainer(name=name, kind=told, size=fixity.size, sha256=fixity.sha256, key=key)


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
