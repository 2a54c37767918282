"""Holding XML against the content schemas of the agreement: which files, and what came of it."""

from collections.abc import Iterator
from itertools import islice

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.content_schemas import ContentCheck, ContentRequest, schemas_for
from ingest.domain.packages import StagedObject
from ingest.formats.content_roots import root_name
from ingest.pipeline.step import Ports


def content_checks(
    ports: Ports, staged: tuple[StagedObject, ...], agreement: SubmissionAgreement
) -> tuple[ContentCheck, ...]:
    """Check every file that a schema is registered for, and give those with something to tell, in delivered order.

    A file is opened only under an agreement that has schemas. Raises ToolFailed, StoreUnavailable.
    """
    if not agreement.content_schemas:
        return ()
    asked = _requests(ports, staged, agreement)
    told: list[ContentCheck] = []
    while batch := tuple(islice(asked, ports.batch)):
        answers = ports.content_checker.check(ports.staging, batch)
        told.extend(answer for answer in answers if answer.faults or answer.unfinished)
    return tuple(told)


def _requests(
    ports: Ports, staged: tuple[StagedObject, ...], agreement: SubmissionAgreement
) -> Iterator[ContentRequest]:
    for each in staged:
        with ports.staging.open(each.key) as source:
            root = root_name(source)
        if root is None:
            continue
        for schema in schemas_for(agreement.content_schemas, root.namespace, root.name, each.path):
            yield ContentRequest(key=each.key, path=each.path, schema=schema)
