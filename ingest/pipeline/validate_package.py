"""All rules over the whole package, all findings at once; here a person may be asked (DESIGN §5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Advanced, Held, Rejected
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.findings import Finding, Verdict, verdict_of
from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, EventOutcome, EventType, PreservationEvent
from ingest.domain.submissions import Reading, Unreadable
from ingest.pipeline.events import event
from ingest.pipeline.names import NORMALISE_FORMATS, NOTIFY_PRODUCER, VALIDATE_PACKAGE
from ingest.pipeline.observed import observed_files
from ingest.pipeline.step import Decision, NoPlan, Step, Work, nothing_to_do
from ingest.rules.judgement import Judged, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The findings of every rule, and the agreement that weighs them."""

    delivery: Delivery
    at: datetime
    software: Agent
    agreement: SubmissionAgreement
    findings: tuple[Finding, ...]


def observe(work: Work) -> Facts:
    """Run all rules over what was read and examined."""
    ports, delivery = work.ports, work.delivery
    staged = ports.catalogue.staged(delivery.id)
    agreement = ports.catalogue.agreement_version(delivery.agreement, delivery.agreement_version)
    files = observed_files(staged, ports.catalogue.examinations(delivery.id))
    reading = ports.readings.of(delivery, staged, ports.staging)
    landed = ports.catalogue.findings(delivery.id)
    return Facts(
        delivery=delivery,
        at=ports.clock.now(),
        software=ports.software,
        agreement=agreement,
        findings=(*landed, *_judged(reading, files, agreement, delivery)),
    )


def _judged(
    reading: Reading | Unreadable,
    files: dict[PackagePath, ObservedFile],
    agreement: SubmissionAgreement,
    delivery: Delivery,
) -> tuple[Finding, ...]:
    match reading:
        case Reading():
            producer = delivery.identity.producer if delivery.identity else ""
            return judge(Judged(reading=reading, files=files, agreement=agreement, producer=producer))
        case Unreadable():
            message = f"delivery {delivery.id} was readable when it was received and is not now"
            raise AssertionError(message)


def decide(facts: Facts) -> Decision[NoPlan]:
    """Refuse on any error, ask a person where the agreement says so, else go on to preserving."""
    if verdict_of(facts.findings) is Verdict.INVALID:
        refused = replace(facts.delivery, refused=True)
        return Rejected(
            after=moved(refused, DeliveryState.CHECKING, NOTIFY_PRODUCER),
            findings=facts.findings,
            events=_events(facts, EventOutcome.FAIL),
        )
    if {finding.rule for finding in facts.findings} & set(facts.agreement.hold):
        return Held(
            after=moved(facts.delivery, DeliveryState.HELD, NORMALISE_FORMATS),
            findings=facts.findings,
            events=_events(facts, EventOutcome.WARNING),
        )
    outcome = EventOutcome.WARNING if facts.findings else EventOutcome.SUCCESS
    return Advanced(
        plan=NoPlan(),
        after=moved(facts.delivery, DeliveryState.PRESERVING, NORMALISE_FORMATS),
        findings=facts.findings,
        events=_events(facts, outcome),
    )


def _events(facts: Facts, outcome: EventOutcome) -> tuple[PreservationEvent, ...]:
    rules = ", ".join(f"{f.rule} ({f.severity}, {f.count})" for f in facts.findings) or "no findings"
    kinds = ((EventType.FIXITY_CHECK, "sizes and digests compared with what the producer declared"),)
    return tuple(
        event(
            delivery=facts.delivery,
            step=VALIDATE_PACKAGE,
            type=kind,
            at=facts.at,
            detail=detail,
            agents=(facts.software,),
            outcome=how,
        )
        for kind, detail, how in (
            *((kind, detail, _fixity(facts)) for kind, detail in kinds),
            (EventType.VALIDATION, rules, outcome),
        )
    )


def _fixity(facts: Facts) -> EventOutcome:
    broken = any(f.rule.startswith("EARKIV-FIX-") and f.severity == "error" for f in facts.findings)
    return EventOutcome.FAIL if broken else EventOutcome.SUCCESS


STEP = Step(name=VALIDATE_PACKAGE, plan_type=NoPlan, observe=observe, decide=decide, act=nothing_to_do)
