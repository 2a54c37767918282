"""All rules over the whole package, all findings at once; here a person may be asked (DESIGN §5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Advanced, Held, Rejected
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.findings import Finding, Severity, Verdict, verdict_of
from ingest.domain.provenance import Agent, EventOutcome, EventType, PreservationEvent
from ingest.pipeline.contents import content_checks
from ingest.pipeline.events import event
from ingest.pipeline.names import NORMALISE_FORMATS, NOTIFY_PRODUCER, VALIDATE_PACKAGE
from ingest.pipeline.observed import observed_files
from ingest.pipeline.step import Decision, NoPlan, Step, Work, nothing_to_do
from ingest.rules.agreements import HELD_FORMAT
from ingest.rules.disposal import DEFAULT_HOLDS
from ingest.rules.judgement import Judged, judge

_FIXITY = frozenset({"EARKIV-FIX-1", "EARKIV-FIX-2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The findings of every rule, those recorded when the bytes landed, and the agreement that weighs them."""

    delivery: Delivery
    at: datetime
    software: Agent
    agreement: SubmissionAgreement
    findings: tuple[Finding, ...]
    landed: tuple[Finding, ...]


def observe(work: Work) -> Facts:
    """Hold XML against the content schemas of the agreement, then run all rules over what was read and examined."""
    ports, delivery = work.ports, work.delivery
    staged = ports.catalogue.staged(delivery.id)
    agreement = ports.catalogue.agreement_version(delivery.agreement, delivery.agreement_version)
    files = observed_files(staged, ports.catalogue.examinations(delivery.id))
    reading = ports.readings.readable(delivery, staged, ports.staging)
    producer = delivery.identity.producer if delivery.identity else ""
    judged = Judged(
        reading=reading,
        files=files,
        agreement=agreement,
        producer=producer,
        side_car=delivery.source.side_car,
        contents=content_checks(ports, staged, agreement),
    )
    return Facts(
        delivery=delivery,
        at=ports.clock.now(),
        software=ports.software,
        agreement=agreement,
        findings=judge(judged),
        landed=ports.catalogue.findings(delivery.id),
    )


def decide(facts: Facts) -> Decision[NoPlan]:
    """Refuse on any error, ask a person where the agreement says so, else go on to preserving."""
    found = (*facts.landed, *facts.findings)
    if verdict_of(found) is Verdict.INVALID:
        refused = replace(facts.delivery, refused=True)
        after = moved(refused, DeliveryState.CHECKING, NOTIFY_PRODUCER)
        return Rejected(after=after, findings=facts.findings, events=_events(facts, EventOutcome.FAIL))
    if {finding.rule for finding in found} & {HELD_FORMAT, *facts.agreement.hold}:
        after = moved(facts.delivery, DeliveryState.HELD, NORMALISE_FORMATS)
        return Held(after=after, findings=facts.findings, events=_events(facts, EventOutcome.WARNING))
    after = moved(facts.delivery, DeliveryState.PRESERVING, NORMALISE_FORMATS)
    outcome = EventOutcome.WARNING if found else EventOutcome.SUCCESS
    return Advanced(plan=NoPlan(), after=after, findings=facts.findings, events=_events(facts, outcome))


def _events(facts: Facts, outcome: EventOutcome) -> tuple[PreservationEvent, ...]:
    """One for fixity, which every later check refers back to, one for the rules, one where a default of ours holds."""
    broken = any(f.rule in _FIXITY and f.severity is Severity.ERROR for f in facts.findings)
    fixity = EventOutcome.FAIL if broken else EventOutcome.SUCCESS
    rules = ", ".join(f"{f.rule} ({f.severity}, {f.count})" for f in facts.findings) or "no findings"
    told = [
        (EventType.FIXITY_CHECK, "sizes and digests compared with what the producer declared", fixity),
        (EventType.VALIDATION, rules, outcome),
    ]
    if outcome is not EventOutcome.FAIL and (assigned := _disposal_assigned(facts)):
        told.append((EventType.POLICY_ASSIGNMENT, assigned, EventOutcome.SUCCESS))
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
        for kind, detail, how in told
    )


def _disposal_assigned(facts: Facts) -> str | None:
    """Say what the archive lets hold for those that say nothing of disposal, in its own name; None = for nobody."""
    default = facts.agreement.disposal_default
    silent = sum(finding.count for finding in facts.findings if finding.rule == DEFAULT_HOLDS)
    if default is None or not silent:
        return None
    of = f"{facts.agreement.id} version {facts.agreement.version}"
    return f"disposal default of agreement {of}, for {silent} cases and records that state nothing: {default.words}"


STEP = Step(name=VALIDATE_PACKAGE, plan_type=NoPlan, observe=observe, decide=decide, act=nothing_to_do)
