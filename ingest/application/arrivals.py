"""A delivery that has come over the network is settled before it is answered.

It is settled by the pipeline's own first step: what is the same as an earlier delivery, or contradicts one, is let go
and never becomes a delivery.
"""

from dataclasses import dataclass, replace

from ingest.application.arriving import Arrival
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Advanced, Held, Rejected, Repeated, Transition
from ingest.domain.deliveries import Delivery, DeliveryState, IdentityTaken, SourceContainer, moved
from ingest.domain.findings import Finding
from ingest.pipeline import receive_submission
from ingest.pipeline.names import RECEIVE_SUBMISSION
from ingest.pipeline.readings import Readings
from ingest.pipeline.receive_submission import CONFLICT
from ingest.pipeline.step import NoPlan, Ports, Work


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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyReused:
    """Its sender has given the request a name that it gave to other content before."""


Settling = Advanced[NoPlan] | Rejected | Held
Answer = Taken | Repeat | Conflict | Refused | KeyReused


def settle(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports) -> Answer:
    """Let what has landed become a delivery under an agreement, or say why it does not. Raises EarkivError."""
    taken = received(arrival, source, agreement)
    # A memory of its own: threads that share one would make each other read anew.
    work = Work(delivery=taken, lease=arrival.lease, ports=replace(ports, readings=Readings()))
    while True:
        decision = receive_submission.decide(receive_submission.observe(work))
        if isinstance(decision, Repeated):
            repeated = _repeated(decision.after, ports)
            first = ports.catalogue.identity_of(decision.after.repeat_of or "")
            return repeated if first is None or _claimed(arrival, first.sameness, ports) else KeyReused()
        if conflict := _conflict(decision):
            return conflict
        identity = decision.after.identity
        if identity is not None and not _claimed(arrival, identity.sameness, ports):
            return KeyReused()
        try:
            return _taken(arrival, decision, ports)
        except IdentityTaken:
            continue  # Another delivery of that identity was first: look again.


def _claimed(arrival: Arrival, content: str, ports: Ports) -> bool:
    """Let the request's name stand for this content (SHA-256) and no other; True where it has no name."""
    if arrival.request_key is None:
        return True
    upload = arrival.upload
    return ports.catalogue.claim_request(upload.sender or "", arrival.request_key, content, upload.received_at)


def received(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement) -> Delivery:
    """Give what has landed as the delivery that it becomes, under an agreement."""
    moved_on = moved(arrival.upload, DeliveryState.RECEIVED, RECEIVE_SUBMISSION)
    return replace(moved_on, source=source, agreement=agreement.id, agreement_version=agreement.version)


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


def leave_to_workers(
    arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports
) -> Taken | KeyReused:
    """Make a delivery of what has landed without looking inside: a worker tells repeat from conflict from new."""
    if not _claimed(arrival, source.sha256, ports):
        return KeyReused()
    taken = received(arrival, source, agreement)
    ports.catalogue.commit(arrival.lease, Transition(before=arrival.upload, after=taken))
    return Taken(id=arrival.upload.id)
