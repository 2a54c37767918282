"""One pass over every object, in batches: the producer's own kinds of digest, the format, the virus scan."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.domain.characteristics import signed_by
from ingest.domain.conformance import Conformity
from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.packages import Examination, ExaminationRequest, ScanResult, StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent
from ingest.errors import KilledFromOutside
from ingest.pipeline.events import event, scan_event
from ingest.pipeline.kills import KILLS_OF_EXAMINERS, MOST_KILLS, note_kill, times
from ingest.pipeline.names import EXAMINE_OBJECTS, VALIDATE_PACKAGE
from ingest.pipeline.nested import nested_events, open_nested_containers
from ingest.pipeline.scan_breaks import SCANS_OF_FILES, scanned_patiently
from ingest.pipeline.signatures import signature_events
from ingest.pipeline.step import Decision, NoPlan, Step, Work, nothing_to_do
from ingest.rules.claims import wanted_digests


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Every object with what its examination found, in the same order, and the tool that looked."""

    delivery: Delivery
    at: datetime
    software: Agent
    tool: str
    objects: tuple[StagedObject, ...]
    examinations: tuple[Examination, ...]


def observe(work: Work) -> Facts:
    """Examine what is not examined yet, batch by batch, each recorded before the next; then open nested containers."""
    ports, delivery = work.ports, work.delivery
    wants = _wants(work)
    while batch := ports.catalogue.unexamined(delivery.id, ports.batch):
        for examinations in scanned_patiently(work, SCANS_OF_FILES, _requests(batch, wants), _asked_by(work)):
            ports.catalogue.record_examinations(work.lease, examinations)
    open_nested_containers(work)
    return Facts(
        delivery=delivery,
        at=ports.clock.now(),
        software=ports.software,
        tool=ports.examiner.tool,
        objects=ports.catalogue.staged(delivery.id),
        examinations=ports.catalogue.examinations(delivery.id),
    )


def decide(facts: Facts) -> Decision[NoPlan]:
    """Record what was seen, one event per outcome; judging it is the next step's."""
    paths = {o.ordinal: o.path for o in facts.objects}
    return Advanced(
        plan=NoPlan(),
        after=moved(facts.delivery, DeliveryState.CHECKING, VALIDATE_PACKAGE),
        events=(
            _digest_event(facts),
            *_format_events(facts, paths),
            *_scan_events(facts, paths),
            *signature_events(facts.delivery, facts.at, facts.software, facts.examinations, paths),
            *_conformance_events(facts, paths),
            *nested_events(facts.delivery, facts.at, facts.software, facts.examinations, paths),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wants:
    """What the examination of one object has to know of the others, and of what the producer stated."""

    digests: Mapping[PackagePath, frozenset[DigestAlgorithm]]
    keys: Mapping[PackagePath, str]

    def key_signed_by(self, path: PackagePath) -> str:
        """Give the staging key of what an object is a detached signature of, "" where it is none."""
        signed = signed_by(path, self.keys)
        return "" if signed is None else self.keys[signed]


def _wants(work: Work) -> _Wants:
    delivery, ports = work.delivery, work.ports
    staged = ports.catalogue.staged(delivery.id)
    digests = wanted_digests(ports.readings.readable(delivery, staged, ports.staging))
    return _Wants(digests=digests, keys={o.path: o.key for o in staged})


def _asked_by(work: Work) -> Callable[[Sequence[ExaminationRequest]], tuple[Examination, ...]]:
    """Ask the examiner; count over which object its process is killed, and say which have had it happen too often."""
    kills = times(work, KILLS_OF_EXAMINERS)

    def ask(requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        told = [replace(one, deadly=True) if kills[one.ordinal] >= MOST_KILLS - 1 else one for one in requests]
        try:
            return work.ports.examiner.examine(work.ports.staging, told)
        except KilledFromOutside as fault:
            if fault.ordinal is not None:
                note_kill(work, KILLS_OF_EXAMINERS, fault.ordinal, fault.en)
            raise

    return ask


def _requests(batch: tuple[StagedObject, ...], wants: "_Wants") -> tuple[ExaminationRequest, ...]:
    return tuple(
        ExaminationRequest(
            ordinal=o.ordinal,
            key=o.key,
            name=o.path,
            algorithms=_sorted(wants.digests.get(o.path)),
            signs=wants.key_signed_by(o.path),
        )
        for o in batch
    )


def _sorted(algorithms: frozenset[DigestAlgorithm] | None) -> tuple[DigestAlgorithm, ...]:
    """SHA-256 is known already: it was computed while the bytes were received."""
    return tuple(sorted((algorithms or frozenset()) - {DigestAlgorithm.SHA_256}))


def _digest_event(facts: Facts) -> PreservationEvent:
    return event(
        delivery=facts.delivery,
        step=EXAMINE_OBJECTS,
        type=EventType.MESSAGE_DIGEST_CALCULATION,
        at=facts.at,
        detail="SHA-256 computed while the bytes were received",
        agents=(facts.software,),
    )


def _format_events(facts: Facts, paths: dict[int, PackagePath]) -> tuple[PreservationEvent, ...]:
    known = tuple(paths[e.ordinal] for e in facts.examinations if e.format.puid is not None)
    unknown = tuple(paths[e.ordinal] for e in facts.examinations if e.format.puid is None)
    identifier = Agent(kind=AgentKind.SOFTWARE, name=facts.tool)
    outcomes = ((EventOutcome.SUCCESS, "identified", known), (EventOutcome.FAIL, "no PRONOM match", unknown))
    return tuple(
        event(
            delivery=facts.delivery,
            step=EXAMINE_OBJECTS,
            type=EventType.FORMAT_IDENTIFICATION,
            at=facts.at,
            detail=detail,
            agents=(identifier,),
            outcome=outcome,
            objects=() if len(objects) == len(paths) else objects,
        )
        for outcome, detail, objects in outcomes
        if objects
    )


def _scan_events(facts: Facts, paths: dict[int, PackagePath]) -> tuple[PreservationEvent, ...]:
    scans: dict[ScanResult, list[PackagePath]] = defaultdict(list)
    for examination in facts.examinations:
        scans[examination.scan].append(paths[examination.ordinal])
    return tuple(
        replace(
            scan_event(facts.delivery, EXAMINE_OBJECTS, facts.at, result, facts.software),
            objects=() if len(objects) == len(paths) else tuple(objects),
        )
        for result, objects in scans.items()
    )


_VERDICTS = {
    Conformity.CONFORMS: EventOutcome.SUCCESS,
    Conformity.VIOLATES: EventOutcome.FAIL,
    Conformity.UNDECIDED: EventOutcome.WARNING,
}


def _conformance_events(facts: Facts, paths: dict[int, PackagePath]) -> tuple[PreservationEvent, ...]:
    """One event per validator, profile and verdict; the reasons are the finding's."""
    judged: dict[tuple[str, str, Conformity], list[PackagePath]] = defaultdict(list)
    for examination in facts.examinations:
        for found in examination.conformances:
            judged[found.tool, found.profile, found.verdict].append(paths[examination.ordinal])
    return tuple(
        event(
            delivery=facts.delivery,
            step=EXAMINE_OBJECTS,
            type=EventType.VALIDATION,
            at=facts.at,
            detail=f"{verdict} {profile} by {tool}",
            agents=(Agent(kind=AgentKind.SOFTWARE, name=tool),),
            outcome=_VERDICTS[verdict],
            objects=tuple(objects),
        )
        for (tool, profile, verdict), objects in judged.items()
    )


STEP = Step(name=EXAMINE_OBJECTS, plan_type=NoPlan, observe=observe, decide=decide, act=nothing_to_do)
