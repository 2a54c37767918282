"""What would be said of a delivery, what stored of it, and which copies made: by the pipeline's own decisions.

No virus is looked for, and nothing is recorded: a dry run needs no scanner, and leaves no trace.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ingest.application.arrivals import received
from ingest.application.arriving import Arrival
from ingest.application.foresee_outcome import Foreseen, Seen, foresee
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.conversions import NoCopy
from ingest.domain.deliveries import SourceContainer
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.format_policy import FormatPolicy, FormatRule, Target
from ingest.domain.packages import DigitalObject, Examination, ExaminationRequest, FormatDesignation, StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Unreadable
from ingest.pipeline.observed import digital_objects
from ingest.pipeline.readings import Readings
from ingest.pipeline.step import Ports, Work
from ingest.pipeline.unpacking import unpack
from ingest.rules.claims import wanted_digests
from ingest.rules.conversions import planned_copy

_NOT_SCANNED: Final = "a dry run scans for no viruses"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A delivered file: its format, and the copy that would be made of it, by a tool of that name, or why none."""

    path: PackagePath
    size: int
    format: FormatDesignation
    copy: tuple[FormatRule, Target] | NoCopy


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be stored, on each of `replicas` stores: `bytes` counts the delivered bytes, the same content once.

    What the copies and the package's own metadata add is not known before they are made. `policy` is the version of the
    format policy, None where the agreement has no copies made. `foreseen` is what would be said of it under the
    `agreement`.
    """

    agreement: SubmissionAgreement
    foreseen: Foreseen
    files: tuple[PlannedFile, ...]
    bytes: int
    replicas: int
    policy: int | None


def plan_delivery(
    arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports
) -> Plan | None:
    """Plan what has landed; None where nothing of it can be read. Raises EarkivError."""
    own = replace(ports, readings=Readings())
    work = Work(delivery=received(arrival, source, agreement), lease=arrival.lease, ports=own)
    unpacked = unpack(work)
    staged = ports.catalogue.staged(work.delivery.id)
    reading = unpacked.reading or own.readings.of(work.delivery, staged, ports.staging)
    if isinstance(reading, Unreadable):
        return None
    examinations = tuple(_examined(staged, wanted_digests(reading), ports))
    objects = digital_objects(reading, staged, examinations, source.side_car)
    seen = Seen(
        delivery=work.delivery, reading=reading, staged=staged, examinations=examinations, remarks=unpacked.remarks
    )
    policy = ports.catalogue.format_policy() if agreement.normalise else None
    return Plan(
        agreement=agreement,
        foreseen=foresee(seen, agreement, ports),
        files=tuple(_planned(policy, objects)),
        bytes=sum({one.sha256: one.size for one in objects}.values()),
        replicas=len(ports.keeping(replace(work.delivery, record_status=reading.submission.record_status)).replicas),
        policy=policy.version if policy else None,
    )


def _examined(
    staged: tuple[StagedObject, ...], wanted: Mapping[PackagePath, frozenset[DigestAlgorithm]], ports: Ports
) -> Iterator[Examination]:
    for start in range(0, len(staged), ports.batch):
        requests = [
            ExaminationRequest(
                ordinal=o.ordinal,
                key=o.key,
                name=o.path,
                algorithms=tuple(sorted(wanted.get(o.path, frozenset()) - {DigestAlgorithm.SHA_256})),
                unscanned=_NOT_SCANNED,
            )
            for o in staged[start : start + ports.batch]
        ]
        yield from ports.examiner.examine(ports.staging, requests)


def _planned(policy: FormatPolicy | None, objects: tuple[DigitalObject, ...]) -> Iterator[PlannedFile]:
    rules, targets = (policy.by_puid, policy.by_name) if policy else (None, {})
    for one in objects:
        rule = planned_copy(rules, one)
        copy = (rule, targets[rule.target]) if isinstance(rule, FormatRule) else rule
        yield PlannedFile(path=one.path, size=one.size, format=one.format, copy=copy)
