"""A delivery on its way in over the network: opened, landed, and settled before it is answered.

An arrival is an upload under this process's lease. It is settled by the pipeline's own first step: what is the same as
an earlier delivery, or contradicts one, is let go and never becomes a delivery. Cut off before that, it was never
acknowledged, and the collector of leftovers lets it go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ingest.application.submit_delivery import discard
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Advanced, Held, Rejected, Repeated, Transition
from ingest.domain.deliveries import Delivery, DeliveryState, IdentityTaken, SourceContainer, moved
from ingest.domain.findings import Finding
from ingest.errors import UnknownSubject
from ingest.pipeline import receive_submission
from ingest.pipeline.names import RECEIVE_SUBMISSION
from ingest.pipeline.readings import Readings
from ingest.pipeline.step import NoPlan, Ports, Work
from ingest.ports import Lease

CONFLICT = "EARKIV-DLV-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An upload that this process is landing."""

    upload: Delivery
    lease: Lease


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """It is a delivery now, durable in staging; `id` is the archive's."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """It is the same as an earlier delivery, whose answer it gets."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another delivery with that id stands; `delivery` is the producer's id, `findings` say what to do."""

    delivery: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What is wrong shows at once: it never became a delivery."""

    findings: tuple[Finding, ...]


Settling = Advanced[NoPlan] | Rejected | Held
Answer = Taken | Repeat | Conflict | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: a registered producer, None where none is known, and the agreement that it sends under by default."""

    producer: str | None
    agreement: SubmissionAgreement


@contextmanager
def arriving(source: SourceContainer, sender: Sender, owner: str, ports: Ports) -> Iterator[Arrival]:
    """Open an upload for the `with` block; what has not become a delivery at its end is let go.

    Which agreement it comes under may turn out while it lands. Raises EarkivError.
    """
    arrival = _opened(source, sender, owner, ports)
    try:
        yield arrival
    finally:
        try:
            _forget_unless_settled(arrival.upload.id, ports)
        finally:
            ports.catalogue.release(arrival.lease)


def _opened(source: SourceContainer, sender: Sender, owner: str, ports: Ports) -> Arrival:
    upload = Delivery(
        id=ports.ids.new(),
        state=DeliveryState.UPLOADING,
        step=RECEIVE_SUBMISSION,
        version=1,
        received_at=ports.clock.now(),
        source=source,
        agreement=sender.agreement.id,
        agreement_version=sender.agreement.version,
        sender=sender.producer,
    )
    ports.catalogue.open_upload(upload)
    lease = ports.catalogue.acquire(upload.id, owner)
    if lease is None:  # Nobody else knows its id.
        message = f"the new upload {upload.id} is leased to somebody else"
        raise AssertionError(message)
    return Arrival(upload=upload, lease=lease)


def _forget_unless_settled(upload_id: str, ports: Ports) -> None:
    try:
        found = ports.catalogue.delivery(upload_id)
    except UnknownSubject:
        return
    if found.state is DeliveryState.UPLOADING:
        discard(found, ports)


def settle(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports) -> Answer:
    """Let what has landed become a delivery under an agreement, or say why it does not. Raises EarkivError."""
    received = _received(arrival, source, agreement)
    # A memory of its own: threads that share one would make each other read anew.
    work = Work(delivery=received, lease=arrival.lease, ports=replace(ports, readings=Readings()))
    while True:
        decision = receive_submission.decide(receive_submission.observe(work))
        if isinstance(decision, Repeated):
            return _repeated(decision.after, ports)
        if conflict := _conflict(decision):
            return conflict
        try:
            return _taken(arrival, decision, ports)
        except IdentityTaken:
            continue  # Another delivery of that identity was first: look again.


def _received(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement) -> Delivery:
    received = moved(arrival.upload, DeliveryState.RECEIVED, RECEIVE_SUBMISSION)
    return replace(received, source=source, agreement=agreement.id, agreement_version=agreement.version)


def _conflict(decision: Settling) -> Conflict | None:
    identity = decision.after.identity
    if identity is None or all(finding.rule != CONFLICT for finding in decision.findings):
        return None
    return Conflict(delivery=identity.delivery, findings=decision.findings)


def _repeated(after: Delivery, ports: Ports) -> Answer:
    first = after.repeat_of or after.id
    known = ports.catalogue.findings(first)
    if any(finding.rule == CONFLICT for finding in known):
        return Conflict(delivery=after.identity.delivery if after.identity else first, findings=known)
    return Repeat(id=first)


def _taken(arrival: Arrival, decision: Settling, ports: Ports) -> Taken:
    transition = Transition(
        before=arrival.upload, after=decision.after, events=decision.events, findings=decision.findings
    )
    ports.catalogue.commit(arrival.lease, transition)
    return Taken(id=arrival.upload.id)


def leave_to_workers(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports) -> Taken:
    """Make a delivery of what has landed without looking inside: a worker tells repeat from conflict from new."""
    received = _received(arrival, source, agreement)
    ports.catalogue.commit(arrival.lease, Transition(before=arrival.upload, after=received))
    return Taken(id=arrival.upload.id)
