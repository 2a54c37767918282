"""Handing over, wherever the bytes come from: they land in staging, and then the delivery is `received`."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, SourceContainer, moved
from ingest.domain.findings import Violation
from ingest.errors import ObjectExists, UnknownSubject
from ingest.pipeline.names import RECEIVE_SUBMISSION
from ingest.pipeline.step import Ports, Work
from ingest.ports import Lease
from ingest.rules.grouping import group

Landed = tuple[SourceContainer, tuple[Violation, ...]]


class Source(Protocol):
    """What is handed over, before any of it is staged."""

    @property
    def origin(self) -> str:
        """The name by which an upload of it that was cut off is found again."""

    @property
    def kind(self) -> str:
        """What is known of its form: `folder`, a container's kind, or `file`."""

    def is_as_begun(self, upload: Delivery, ports: Ports) -> bool:
        """Whether what has landed of it is still what would land. Raises OSError."""

    def land(self, work: Work) -> Landed:
        """Stage all that is not staged yet, and give what is wrong with it. Raises OSError, EarkivError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which agreement something is handed over, and who does it."""

    agreement: SubmissionAgreement
    owner: str


def hand_over(source: Source, terms: Terms, ports: Ports) -> str:
    """Land the bytes durably and give the delivery's id; an upload that was cut off goes on where it was.

    One that turns out to have landed other bytes of this source is let go, once, and all of it lands anew. Raises
    EarkivError, and OSError when the operating system refuses to read.
    """
    lease = _resumed(source, terms, ports) or _opened(source, terms, ports)
    try:
        _land_under(lease, source, terms, ports)
    except ObjectExists:
        _let_go_of(lease.delivery, source, terms, ports)
        lease = _opened(source, terms, ports)
        _land_under(lease, source, terms, ports)
    return lease.delivery


def _resumed(source: Source, terms: Terms, ports: Ports) -> Lease | None:
    """Find the upload of this source that was cut off; one whose source has changed since is let go."""
    kept = None
    for upload in ports.catalogue.uploads_from(source.origin):
        lease = taken_over(upload, terms.owner, ports)
        if lease is None:
            continue
        if kept is None and _is_the_same(upload, source, terms) and source.is_as_begun(upload, ports):
            kept = lease
        else:
            discard(upload, ports)
    return kept


def _is_the_same(upload: Delivery, source: Source, terms: Terms) -> bool:
    agreed = (terms.agreement.id, terms.agreement.version)
    return agreed == (upload.agreement, upload.agreement_version) and upload.source.kind == source.kind


def taken_over(upload: Delivery, owner: str, ports: Ports) -> Lease | None:
    """Take an upload over; None when another living worker is landing it, or has landed or discarded it."""
    try:
        lease = ports.catalogue.acquire(upload.id, owner)
        if lease is None or ports.catalogue.delivery(upload.id) == upload:
            return lease
    except UnknownSubject:
        return None
    ports.catalogue.release(lease)
    return None


def discard(upload: Delivery, ports: Ports) -> None:
    """Let an unfinished upload go: its staged bytes by name, then its row."""
    ports.staging.delete(tuple(ports.staging.keys(f"{upload.id}/")))
    ports.catalogue.discard_upload(upload.id)


def let_go_of_all(origin: str, owner: str, ports: Ports) -> None:
    """Let every unfinished upload from there go that no living worker is landing. Raises EarkivError."""
    for upload in ports.catalogue.uploads_from(origin):
        if taken_over(upload, owner, ports) is not None:
            discard(upload, ports)


def _let_go_of(delivery_id: str, source: Source, terms: Terms, ports: Ports) -> None:
    """Let an upload go unless another living worker has taken it over by now."""
    for upload in ports.catalogue.uploads_from(source.origin):
        if upload.id == delivery_id and taken_over(upload, terms.owner, ports) is not None:
            discard(upload, ports)


def _opened(source: Source, terms: Terms, ports: Ports) -> Lease:
    """Open an upload of our own and take its lease; one that another worker lets go or takes is left to it."""
    while True:
        upload = _upload(source, terms, ports)
        ports.catalogue.open_upload(upload)
        with suppress(UnknownSubject):
            lease = ports.catalogue.acquire(upload.id, terms.owner)
            if lease is not None:
                return lease


def _upload(source: Source, terms: Terms, ports: Ports) -> Delivery:
    return Delivery(
        id=ports.ids.new(),
        state=DeliveryState.UPLOADING,
        step=RECEIVE_SUBMISSION,
        version=1,
        received_at=ports.clock.now(),
        source=SourceContainer(name=source.origin, kind=source.kind),
        agreement=terms.agreement.id,
        agreement_version=terms.agreement.version,
    )


def _land_under(lease: Lease, source: Source, terms: Terms, ports: Ports) -> None:
    try:
        _land(lease, source, terms, ports)
    finally:
        ports.catalogue.release(lease)


def _land(lease: Lease, source: Source, terms: Terms, ports: Ports) -> None:
    upload = ports.catalogue.delivery(lease.delivery)
    landed, violations = source.land(Work(delivery=upload, lease=lease, ports=ports))
    after = replace(moved(upload, DeliveryState.RECEIVED, RECEIVE_SUBMISSION), source=landed)
    findings = group(violations, terms.agreement)
    ports.catalogue.commit(lease, Transition(before=upload, after=after, findings=findings))
