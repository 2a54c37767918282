"""Preservation copies by the format policy, in batches: made by tools, recorded as they came out, then judged.

Originals always stay (DESIGN §3). What a tool gave is read from the record ever after, so a run that was killed goes on
with the next object and ends alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.aips import representations_of
from ingest.domain.allowances import Effort
from ingest.domain.conversions import Conversion, ConversionFault, ConversionRequest, NotConverted, copy_paths
from ingest.domain.decisions import Advanced, Held, Rejected
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.findings import Finding, Verdict, verdict_of
from ingest.domain.format_policy import FormatPolicy, FormatRule, Target
from ingest.domain.packages import DigitalObject
from ingest.domain.provenance import Agent
from ingest.pipeline.conversion_events import conversion_events
from ingest.pipeline.kills import KILLS_OF_TOOLS, MOST_KILLS, killed_from_outside, note_kill, times
from ingest.pipeline.names import BUILD_AIP, NORMALISE_FORMATS, NOTIFY_PRODUCER
from ingest.pipeline.observed import digital_objects
from ingest.pipeline.scan_breaks import SCANS_OF_COPIES, scanned_patiently
from ingest.pipeline.staging_keys import copy_key
from ingest.pipeline.step import Decision, NoPlan, Step, Work, nothing_to_do
from ingest.rules.conversions import breaches_of_policy, wanted_copies
from ingest.rules.grouping import group

LARGEST_BATCH = 16
"""A conversion takes seconds, not milliseconds: no more than these are done again after a kill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Every object, the policy (None: no copies are to be made), and what became of each conversion."""

    delivery: Delivery
    at: datetime
    software: Agent
    agreement: SubmissionAgreement
    policy: FormatPolicy | None
    objects: tuple[DigitalObject, ...]
    conversions: tuple[Conversion, ...]


def observe(work: Work) -> Facts:
    """Convert what is wanted and not recorded yet, batch by batch, each recorded before the next."""
    ports, delivery = work.ports, work.delivery
    agreement = ports.catalogue.agreement_version(delivery.agreement, delivery.agreement_version)
    policy = ports.catalogue.format_policy() if agreement.normalise else None
    staged = ports.catalogue.staged(delivery.id)
    reading = ports.readings.readable(delivery, staged, ports.staging)
    objects = digital_objects(reading, staged, ports.catalogue.examinations(delivery.id), delivery.source.side_car)
    if policy is not None:
        _convert(work, policy, objects)
    return Facts(
        delivery=delivery,
        at=ports.clock.now(),
        software=ports.software,
        agreement=agreement,
        policy=policy,
        objects=objects,
        conversions=ports.catalogue.conversions(delivery.id),
    )


def _convert(work: Work, policy: FormatPolicy, objects: tuple[DigitalObject, ...]) -> None:
    """Convert what is not recorded yet; what all conversions have wasted so far is read from the records."""
    ports, wanted = work.ports, wanted_copies(policy, objects)
    recorded = ports.catalogue.conversions(work.delivery.id)
    done = {conversion.ordinal for conversion in recorded}
    requests = [one for one in _requests(work, policy, wanted, objects) if one.ordinal not in done]
    effort, size = Effort(wanted=len(wanted)).after(recorded), min(ports.batch, LARGEST_BATCH)

    def ask(asked: Sequence[ConversionRequest]) -> Sequence[Conversion]:
        return ports.converter.convert(ports.staging, asked, effort)

    waiting = 0
    for start in range(0, len(requests), size):
        for made in scanned_patiently(work, SCANS_OF_COPIES, requests[start : start + size], ask):
            settled = _settled(work, made)
            ports.catalogue.record_conversions(work.lease, settled)
            effort, waiting = effort.after(settled), waiting + len(made) - len(settled)
    if waiting:
        raise killed_from_outside(waiting)


def _settled(work: Work, made: Sequence[Conversion]) -> tuple[Conversion, ...]:
    """Leave out what is to be tried again: that the tool was killed says nothing of the file until it is so often."""
    killed = [one.ordinal for one in made if _was_killed(one)]
    for ordinal in killed:
        note_kill(work, KILLS_OF_TOOLS, ordinal, "the tool was killed from outside")
    kills = times(work, KILLS_OF_TOOLS) if killed else {}
    return tuple(one for one in made if not _was_killed(one) or kills[one.ordinal] >= MOST_KILLS)


def _was_killed(one: Conversion) -> bool:
    return isinstance(one.outcome, NotConverted) and one.outcome.reason is ConversionFault.KILLED


def _requests(
    work: Work,
    policy: FormatPolicy,
    wanted: tuple[tuple[DigitalObject, FormatRule, Target], ...],
    objects: tuple[DigitalObject, ...],
) -> tuple[ConversionRequest, ...]:
    extensions = tuple((one, target.extension) for one, _, target in wanted)
    places = copy_paths(extensions, representations_of(objects))
    return tuple(
        ConversionRequest(
            ordinal=one.ordinal,
            key=one.key,
            name=one.path,
            format=one.format,
            tool=rule.tool,
            target=target,
            policy=policy.version,
            aip_path=places[one.ordinal],
            output_key=copy_key(work.delivery.id, work.lease.fence, one.ordinal),
        )
        for one, rule, target in wanted
    )


def decide(facts: Facts) -> Decision[NoPlan]:
    """Go on with the copies that were made; an agreement may refuse or hold what could not be copied."""
    events = conversion_events(facts.delivery, facts.at, facts.software, facts.objects, facts.conversions)
    findings = _findings(facts)
    if verdict_of(findings) is Verdict.INVALID:
        refused = replace(facts.delivery, refused=True)
        after = moved(refused, DeliveryState.PRESERVING, NOTIFY_PRODUCER)
        return Rejected(after=after, findings=findings, events=events)
    if {finding.rule for finding in findings} & set(facts.agreement.hold):
        return Held(after=moved(facts.delivery, DeliveryState.HELD, BUILD_AIP), findings=findings, events=events)
    after = moved(facts.delivery, DeliveryState.PRESERVING, BUILD_AIP)
    return Advanced(plan=NoPlan(), after=after, findings=findings, events=events)


def _findings(facts: Facts) -> tuple[Finding, ...]:
    return group(breaches_of_policy(facts.policy, facts.objects, facts.conversions), facts.agreement)


STEP = Step(name=NORMALISE_FORMATS, plan_type=NoPlan, observe=observe, decide=decide, act=nothing_to_do)
