"""Imported once by the fork server: takes one delivery of each dialect in, so that its children start with warm caches.

Compiled schemas, statements and converters are most of what a small run costs; the children of the server inherit them.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import ingest.adapters.s3.drop_bucket  # noqa: F401 - boto3 takes long to load
from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.packages import Examination, ExaminationRequest, FormatDesignation, NotScanned
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.faults.runs import settings_for

SAMPLES = Path(__file__).parents[2] / "samples" / "deliveries"


class Unasked:
    """Says nothing of any object: the real identifier must not be loaded before a fork."""

    tool = "none"

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Give an empty answer to each request."""
        _ = staging
        nothing = FormatDesignation(puid=None)
        return tuple(Examination(ordinal=r.ordinal, format=nothing, scan=NotScanned(reason="")) for r in requests)

    def prove_scanner(self) -> None:
        """Scan nothing."""


def _unasked(ports: Ports) -> Ports:
    return replace(ports, examiner=Unasked())


with TemporaryDirectory(prefix="earkiv-warm-") as home, writing(settings_for(Path(home)), _unasked) as archive:
    for sample in sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json"):
        ingest_path(sample, DEFAULT_AGREEMENT, archive.owner, archive.ports)
