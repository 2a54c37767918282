"""What would be said of a delivery under its agreement: the pipeline's own judgement of what has landed.

Left open is what a dry run does not look at: viruses, what lies in containers inside the delivery, and whether another
delivery of the same id stands in the way.
"""

from dataclasses import dataclass
from typing import Final

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Advanced, Held, Rejected
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.findings import Finding, Violation
from ingest.domain.packages import Examination, StagedObject
from ingest.domain.receipts import Outcome
from ingest.domain.submissions import Reading
from ingest.pipeline.contents import content_checks
from ingest.pipeline.identity import identity_of
from ingest.pipeline.names import VALIDATE_PACKAGE
from ingest.pipeline.observed import observed_files
from ingest.pipeline.step import Ports
from ingest.pipeline.validate_package import Facts, decide
from ingest.rules.grouping import group
from ingest.rules.judgement import Judged, judge

_UNSCANNED: Final = "EARKIV-SA-5"
_OUTCOMES: Final = {Advanced: Outcome.ACCEPTED, Held: Outcome.HELD, Rejected: Outcome.REJECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A delivery that has landed and can be read; `remarks` are what is remarkable about its container.

    `examinations` hold every digest that its descriptors name.
    """

    delivery: Delivery
    reading: Reading
    staged: tuple[StagedObject, ...]
    examinations: tuple[Examination, ...]
    remarks: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """How it would end, and what its receipt would say of it."""

    outcome: Outcome
    findings: tuple[Finding, ...]


def foresee(seen: Seen, agreement: SubmissionAgreement, ports: Ports) -> Foreseen:
    """Judge a delivery as its ingest would. Raises ToolFailed, StoreUnavailable."""
    delivery, landed = seen.delivery, group(seen.remarks, agreement)
    named = identity_of(seen.reading, seen.staged, agreement, delivery.source, landed).producer
    judged = Judged(
        reading=seen.reading,
        files=observed_files(seen.staged, seen.examinations),
        agreement=agreement,
        producer=delivery.sender or named,
        side_car=delivery.source.side_car,
        contents=content_checks(ports, seen.staged, agreement),
    )
    facts = Facts(
        delivery=moved(delivery, DeliveryState.CHECKING, VALIDATE_PACKAGE),
        at=ports.clock.now(),
        software=ports.software,
        agreement=agreement,
        findings=tuple(one for one in judge(judged) if one.rule != _UNSCANNED),
        landed=landed,
    )
    return Foreseen(outcome=_OUTCOMES[type(decide(facts))], findings=(*landed, *facts.findings))
