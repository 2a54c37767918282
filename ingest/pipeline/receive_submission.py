"""Unpack what was delivered, read its descriptor, and tell repeat from conflict from new (DESIGN §4)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Advanced, Rejected, Repeated
from ingest.domain.deliveries import Delivery, DeliveryState, Identity, moved
from ingest.domain.findings import Finding, Location, Violation
from ingest.domain.packages import StagedObject
from ingest.domain.provenance import Agent, EventOutcome, EventType, PreservationEvent, derived_id
from ingest.domain.submissions import Reading, RecordStatus, Submission, Unreadable
from ingest.errors import CorrectionUnderWay
from ingest.pipeline.events import event
from ingest.pipeline.identity import identity_of, unreadable_identity
from ingest.pipeline.names import EXAMINE_OBJECTS, NOTIFY_PRODUCER, RECEIVE_SUBMISSION
from ingest.pipeline.step import Decision, NoPlan, Ports, Step, Work, nothing_to_do
from ingest.pipeline.unpacking import unpack
from ingest.rules.grouping import group

CONFLICT: Final = "EARKIV-DLV-1"
"""The rule that another delivery of the same id stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found in staging, and what the catalogue knows of the same identity, oldest first.

    `conflicts` are the ids of those of the same content that were refused since another stood in the way; `remarks` is
    what is remarkable about the container, though it could be read.
    """

    delivery: Delivery
    at: datetime
    software: Agent
    agreement: SubmissionAgreement
    reading: Reading | Unreadable
    identity: Identity
    earlier: tuple[Delivery, ...]
    landing: tuple[Finding, ...]
    conflicts: frozenset[str] = frozenset()
    remarks: tuple[Violation, ...] = ()

    @property
    def continues(self) -> bool:
        """Whether it is of a kind that becomes a new generation of what there is."""
        reading = self.reading
        return isinstance(reading, Reading) and reading.submission.record_status in self.agreement.new_generation_for


def observe(work: Work) -> Facts:
    """Read the package in its container and unpack that in batches (resumable)."""
    ports, delivery = work.ports, work.delivery
    unpacked = unpack(work)
    staged = ports.catalogue.staged(delivery.id)
    reading = unpacked.reading or ports.readings.of(delivery, staged, ports.staging)
    if isinstance(reading, Reading):
        ports.readings.remember(delivery, reading)
    agreement = ports.catalogue.agreement_version(delivery.agreement, delivery.agreement_version)
    landing = ports.catalogue.findings(delivery.id)
    identity = _identity(reading, staged, agreement, delivery, landing)
    earlier = _earlier(reading, identity, ports)
    return Facts(
        delivery=delivery,
        at=ports.clock.now(),
        software=ports.software,
        agreement=agreement,
        reading=reading,
        identity=identity,
        earlier=earlier,
        landing=landing,
        conflicts=_conflicts(identity, earlier, ports),
        remarks=unpacked.remarks,
    )


def _earlier(reading: Reading | Unreadable, identity: Identity, ports: Ports) -> tuple[Delivery, ...]:
    """What was tried and what is meant do not know of each other, under whichever name."""
    if isinstance(reading, Reading) and reading.submission.record_status is RecordStatus.TEST:
        return ports.catalogue.trials(identity.producer, identity.delivery)
    return ports.catalogue.attempts(identity.producer, identity.delivery)


def _conflicts(identity: Identity, earlier: tuple[Delivery, ...], ports: Ports) -> frozenset[str]:
    refused = (d.id for d in earlier if d.refused and _is_same(d, identity))
    return frozenset(one for one in refused if any(f.rule == CONFLICT for f in ports.catalogue.findings(one)))


def _identity(
    reading: Reading | Unreadable,
    staged: tuple[StagedObject, ...],
    agreement: SubmissionAgreement,
    delivery: Delivery,
    landing: tuple[Finding, ...],
) -> Identity:
    match reading:
        case Reading():
            return _sent(identity_of(reading, staged, agreement, delivery.source, landing), delivery)
        case Unreadable():
            return _sent(unreadable_identity(staged, delivery.source, landing), delivery)


def _sent(told: Identity, delivery: Delivery) -> Identity:
    """A producer that showed its key is who it is, whatever its delivery says."""
    return replace(told, producer=delivery.sender) if delivery.sender else told


def observe_in_turn(work: Work) -> Facts:
    """Observe, and wait for the archive's own correction of what this delivery replaces. Raises CorrectionUnderWay.

    Nobody waits for an answer meanwhile, and so none is given that the producer could do nothing about.
    """
    facts = observe(work)
    if correction := correction_to_wait_for(facts):
        raise CorrectionUnderWay(
            f"Leverans {facts.delivery.id} väntar: rättelsen {correction.id} av samma paket pågår.",
            f"Delivery {facts.delivery.id} waits: the correction {correction.id} of the same package is under way.",
        )
    return facts


def correction_to_wait_for(facts: Facts) -> Delivery | None:
    """Give the correction under way that alone keeps a delivery from becoming the next generation; None without."""
    earlier = _others(facts)
    hindrance = None if _repeat_of(facts, earlier) else _hindrance(facts, earlier)
    return hindrance if hindrance and _passes(hindrance, facts) else None


def decide(facts: Facts) -> Decision[NoPlan]:
    """Repeat, conflict, unreadable, or a delivery to be checked."""
    earlier = _others(facts)
    if repeat := _repeat_of(facts, earlier):
        return Repeated(after=replace(moved(facts.delivery, DeliveryState.REPEATED, ""), repeat_of=repeat.id))
    attempt = max((d.attempt for d in earlier), default=0) + 1
    identified = replace(facts.delivery, identity=facts.identity, attempt=attempt)
    match facts.reading:
        case Unreadable(violations=violations):
            return _refused(identified, facts, group((*violations, *facts.remarks), facts.agreement))
        case Reading() as reading:
            return _read(identified, facts, reading, earlier)


def _read(delivery: Delivery, facts: Facts, reading: Reading, earlier: tuple[Delivery, ...]) -> Decision[NoPlan]:
    described = replace(
        delivery,
        dialect=reading.submission.dialect,
        record_status=reading.submission.record_status,
        title=title_of(reading.submission),
    )
    if _hindrance(facts, earlier):
        conflict = Violation(rule=CONFLICT, location=Location(file="", value=facts.identity.delivery))
        return _refused(described, facts, group((conflict, *facts.remarks), facts.agreement))
    if replaced := _newest_living(earlier):
        newer = replace(described, package=replaced.package, generation=replaced.generation + 1)
        return _accepted_for_checking(newer, facts)
    package = derived_id(delivery.id, "package")
    return _accepted_for_checking(replace(described, package=package), facts)


def _others(facts: Facts) -> tuple[Delivery, ...]:
    return tuple(d for d in facts.earlier if d.id != facts.delivery.id)


def _newest_living(earlier: tuple[Delivery, ...]) -> Delivery | None:
    living = [d for d in earlier if not d.refused and not d.is_trial]
    return living[-1] if living else None


def _hindrance(facts: Facts, earlier: tuple[Delivery, ...]) -> Delivery | None:
    """Whatever lives under the same id is in the way, unless it is archived and this one may follow it."""
    living = _newest_living(earlier)
    may_follow = living is not None and facts.continues and living.state is DeliveryState.ARCHIVED
    return None if may_follow else living


def _passes(hindrance: Delivery, facts: Facts) -> bool:
    """A correction of the archive's own is over soon, and may then be followed; no producer knows of it."""
    return facts.continues and hindrance.corrects is not None


def _repeat_of(facts: Facts, earlier: tuple[Delivery, ...]) -> Delivery | None:
    """The same bytes get the same answer, unless they were refused under another version of the agreement.

    Nor does a refusal answer that was for another delivery in the way, when that is so no more, or soon will be.
    """
    terms = (facts.delivery.agreement, facts.delivery.agreement_version)
    hindrance = _hindrance(facts, earlier)
    gone = frozenset() if hindrance and not _passes(hindrance, facts) else facts.conflicts
    same = (d for d in earlier if _is_same(d, facts.identity) and d.id not in gone)
    answered = [d for d in same if not d.refused or (d.agreement, d.agreement_version) == terms]
    return answered[-1] if answered else None


def _is_same(delivery: Delivery, identity: Identity) -> bool:
    return delivery.identity is not None and delivery.identity.sameness == identity.sameness


def _accepted_for_checking(delivery: Delivery, facts: Facts) -> Decision[NoPlan]:
    return Advanced(
        plan=NoPlan(),
        after=moved(delivery, DeliveryState.CHECKING, EXAMINE_OBJECTS),
        events=_events(facts, EventOutcome.SUCCESS),
        findings=group(facts.remarks, facts.agreement),
    )


def _refused(delivery: Delivery, facts: Facts, findings: tuple[Finding, ...]) -> Rejected:
    refused = replace(delivery, refused=True)
    return Rejected(
        after=moved(refused, DeliveryState.RECEIVED, NOTIFY_PRODUCER),
        findings=findings,
        events=_events(facts, EventOutcome.FAIL),
    )


def _events(facts: Facts, outcome: EventOutcome) -> tuple[PreservationEvent, ...]:
    source = facts.delivery.source
    kinds = [(EventType.INGESTION_START, f"delivery received: {source.kind}")]
    if source.key:
        kinds.append((EventType.UNPACKING, f"{source.kind} of {source.size} bytes, SHA-256 {source.sha256}"))
    return tuple(
        event(
            delivery=facts.delivery,
            step=RECEIVE_SUBMISSION,
            type=kind,
            at=facts.at,
            detail=detail,
            agents=(facts.software,),
            outcome=outcome,
        )
        for kind, detail in kinds
    )


def title_of(submission: Submission) -> str:
    """Give what a delivery is called: by its own label, its first case or record, or its id."""
    titles = [item.title for item in (*submission.cases, *submission.records) if item.title]
    return submission.label or (titles[0] if titles else submission.delivery or "")


STEP = Step(
    name=RECEIVE_SUBMISSION,
    plan_type=NoPlan,
    observe=observe_in_turn,
    decide=decide,
    act=nothing_to_do,
)
