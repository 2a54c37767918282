"""A dry run of a delivery that came over the network: the judgement of `earkiv validate`, and nothing is kept."""

import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.application.arrivals import Refused
from ingest.application.arriving import Arrival
from ingest.application.deliver_push import Landing, landed_objects
from ingest.application.validate_package import Report, validate
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Verdict, Violation
from ingest.domain.statistics import Statistics
from ingest.domain.submissions import Dialect
from ingest.formats.case_push import DESCRIPTOR
from ingest.formats.pushed_case import Push
from ingest.pipeline.step import Ports
from ingest.rules.grouping import group


def judge_push(push: Push, landing: Landing, agreement: SubmissionAgreement) -> Report:
    """Judge a pushed case whose parts have landed. Raises EarkivError."""
    objects = landed_objects(push, landing, agreement)
    if isinstance(objects, Refused):
        return replace(judge_unreadable(()), findings=objects.findings)
    with TemporaryDirectory(prefix="earkiv-dry-run-") as name:
        folder = Path(name)
        for one in objects:
            target = folder / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with landing.ports.staging.local(one.key) as staged:
                shutil.copyfile(staged, target)
        return validate(folder, landing.ports.clock.now().date())


def judge_unreadable(found: tuple[Violation, ...]) -> Report:
    """Judge a push that is no acceptable JSON."""
    return Report(
        path=Path(DESCRIPTOR),
        verdict=Verdict.INVALID,
        dialect=Dialect.CASE_PUSH,
        package=None,
        findings=group(found),
        statistics=Statistics(),
    )


def judge_container(arrival: Arrival, source: SourceContainer, agreement: SubmissionAgreement, ports: Ports) -> Report:
    """Judge a container that has landed, and the delivery note beside it. Raises EarkivError."""
    _ = agreement
    with TemporaryDirectory(prefix="earkiv-dry-run-") as name, ExitStack() as lent:
        folder = Path(name)
        beside = [(str(note.path), note.key) for note in ports.catalogue.staged(arrival.upload.id)]
        for file, key in [(source.name, source.key), *beside]:
            (folder / file).symlink_to(lent.enter_context(ports.staging.local(key)).absolute())
        return validate(folder / source.name, ports.clock.now().date())
