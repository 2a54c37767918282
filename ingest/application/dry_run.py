"""A dry run of a delivery that came over the network: what `earkiv validate` says, and what would be done with it.

Nothing is kept.
"""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.application.arrivals import Refused
from ingest.application.arriving import Arrival
from ingest.application.deliver_container import UNKNOWN_KIND
from ingest.application.deliver_push import SOURCE
from ingest.application.land_push import Landing
from ingest.application.plan_delivery import Plan, plan_delivery
from ingest.application.validate_package import Report, validate
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Verdict, Violation
from ingest.domain.packages import StagedObject
from ingest.domain.statistics import Statistics
from ingest.domain.submissions import Dialect
from ingest.formats.case_push import DESCRIPTOR
from ingest.pipeline.faults import full_told
from ingest.pipeline.step import Ports
from ingest.rules.grouping import group


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What would be said of a delivery, and what done with it; `plan` is None where nothing of it can be read."""

    report: Report
    plan: Plan | None = None


def judge_push(objects: Sequence[StagedObject] | Refused, landing: Landing, agreement: SubmissionAgreement) -> DryRun:
    """Judge a pushed case all of which has landed. Raises EarkivError."""
    if isinstance(objects, Refused):
        return DryRun(report=replace(_unreadable(()), findings=objects.findings))
    with full_told(), TemporaryDirectory(prefix="earkiv-dry-run-") as name:
        folder = Path(name)
        for one in objects:
            target = folder / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with landing.ports.staging.local(one.key) as staged:
                shutil.copyfile(staged, target)
        report = validate(folder, landing.ports.clock.now().date())
    landing.ports.catalogue.add_staged(landing.arrival.upload.id, objects)
    return DryRun(report=report, plan=plan_delivery(landing.arrival, SOURCE, agreement, landing.ports))


def judge_unreadable(found: tuple[Violation, ...]) -> DryRun:
    """Judge a push that is no acceptable JSON."""
    return DryRun(report=_unreadable(found))


def _unreadable(found: tuple[Violation, ...]) -> Report:
    return Report(
        path=Path(DESCRIPTOR),
        verdict=Verdict.INVALID,
        dialect=Dialect.CASE_PUSH,
        package=None,
        findings=group(found),
        statistics=Statistics(),
    )


def judge_container(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports) -> DryRun:
    """Judge a container that has landed, and the delivery note beside it. Raises EarkivError."""
    with full_told(), TemporaryDirectory(prefix="earkiv-dry-run-") as name, ExitStack() as lent:
        folder = Path(name)
        beside = [(str(note.path), note.key) for note in ports.catalogue.staged(arrival.upload.id)]
        for file, key in [(source.name, source.key), *beside]:
            (folder / file).symlink_to(lent.enter_context(ports.staging.local(key)).absolute())
        report = validate(folder / source.name, ports.clock.now().date())
    readable = source.kind != UNKNOWN_KIND
    return DryRun(report=report, plan=plan_delivery(arrival, source, agreement, ports) if readable else None)
