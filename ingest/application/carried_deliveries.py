"""Deliveries that are not decided yet, carried over from one catalogue to another: no journal knows them."""

from dataclasses import dataclass, replace

from ingest.domain.conversions import Conversion
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Finding
from ingest.domain.packages import Examination, GeneratedFile, StagedObject
from ingest.domain.provenance import PreservationEvent
from ingest.errors import UnknownSubject
from ingest.pipeline.staging_keys import fence_of
from ingest.ports import Catalogue, Lease, ObjectStore

_OWNER = "rebuild"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A delivery under way with all that belongs to it; `decision` is what its present step has decided, if it has."""

    delivery: Delivery
    events: tuple[PreservationEvent, ...]
    findings: tuple[Finding, ...]
    staged: tuple[StagedObject, ...]
    examinations: tuple[Examination, ...]
    conversions: tuple[Conversion, ...]
    generated: tuple[GeneratedFile, ...]
    decision: str | None


def undecided_in(catalogue: Catalogue) -> tuple[Undecided, ...]:
    """Read every delivery that is not final, oldest first. Raises DamageFound, CatalogueUnavailable."""
    return tuple(
        Undecided(
            delivery=delivery,
            events=catalogue.events(delivery.id),
            findings=catalogue.findings(delivery.id),
            staged=catalogue.staged(delivery.id),
            examinations=catalogue.examinations(delivery.id),
            conversions=catalogue.conversions(delivery.id),
            generated=catalogue.generated(delivery.id),
            decision=catalogue.decision(delivery.id, delivery.step, delivery.version),
        )
        for delivery in catalogue.unfinished()
    )


def carry_over(undecided: Undecided, catalogue: Catalogue, staging: ObjectStore) -> bool:
    """Put a delivery where it was, so that its work goes on; say whether that was done. Raises StoreUnavailable.

    Nothing is done for one that is known already (it has been decided since), or whose identity another one has taken.
    """
    delivery = undecided.delivery
    if _is_taken(delivery, catalogue):
        return False
    if delivery.state is DeliveryState.UPLOADING:
        catalogue.restore(delivery, undecided.events, undecided.findings, undecided.staged)
        return True
    # The last transition is committed anew: it brings the generated files, and the message that calls for a worker.
    before = replace(delivery, version=delivery.version - 1)
    catalogue.restore(before, (), (), undecided.staged, undecided.conversions)
    lease = _leased(delivery.id, max(map(fence_of, staging.keys(f"{delivery.id}/")), default=0), catalogue)
    transition = Transition(
        before=before,
        after=delivery,
        events=undecided.events,
        findings=undecided.findings,
        generated=undecided.generated,
    )
    catalogue.commit(lease, transition)
    catalogue.record_examinations(lease, undecided.examinations)
    if undecided.decision is not None:
        catalogue.commit_decision(lease, delivery.step, delivery.version, undecided.decision)
    catalogue.release(lease)
    return True


def _leased(delivery_id: str, fence: int, catalogue: Catalogue) -> Lease:
    """Take the lease until no later one has the keys in staging of what was made under `fence` or before."""
    while True:
        lease = catalogue.acquire(delivery_id, _OWNER)
        if lease is None:
            message = f"somebody else has the lease of {delivery_id} in a catalogue that nobody else uses"
            raise AssertionError(message)
        if lease.fence >= fence:
            return lease


def _is_taken(delivery: Delivery, catalogue: Catalogue) -> bool:
    try:
        catalogue.delivery(delivery.id)
    except UnknownSubject:
        identity = delivery.identity
        same = catalogue.trials if delivery.is_trial else catalogue.attempts
        others = () if identity is None else same(identity.producer, identity.delivery)
        return any(other.attempt == delivery.attempt for other in others)
    return True
