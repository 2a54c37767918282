"""Who delivers what, and when two deliveries are the same (DESIGN §4)."""

from collections.abc import Iterable

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import Identity, SourceContainer
from ingest.domain.findings import Finding
from ingest.domain.packages import StagedObject
from ingest.domain.submissions import Reading, Submission
from ingest.formats.wire import Json, canonical_digest, to_json, without_lines

UNKNOWN_PRODUCER = "unknown"


def identity_of(
    reading: Reading,
    staged: tuple[StagedObject, ...],
    agreement: SubmissionAgreement,
    source: SourceContainer,
    landing: tuple[Finding, ...],
) -> Identity:
    """Name a readable delivery: the agreement's producer or the declared one, and the producer's own id."""
    sameness = _sameness(reading, staged, source, landing)
    submission = reading.submission
    return Identity(
        producer=_producer(submission, agreement),
        delivery=_nameable(submission.delivery or f"sha256:{sameness}"),
        sameness=sameness,
    )


def unreadable_identity(
    staged: tuple[StagedObject, ...], source: SourceContainer, landing: tuple[Finding, ...]
) -> Identity:
    """Name a delivery that nothing could be read from: by its bytes alone."""
    sameness = source.sha256
    if landing or not sameness:
        seen: Json = sameness or _files(staged)
        sameness = canonical_digest({"files": seen, "landing": _landed(landing)})
    return Identity(producer=UNKNOWN_PRODUCER, delivery=f"sha256:{sameness}", sameness=sameness)


def _producer(submission: Submission, agreement: SubmissionAgreement) -> str:
    if len(agreement.producers) == 1:
        return agreement.producers[0]
    organisation = submission.producer or submission.archival_creator
    if organisation is None:
        return UNKNOWN_PRODUCER
    return _nameable(organisation.identifier or organisation.name)


def _nameable(text: str) -> str:
    """Give a name that any store can hold: half a surrogate, which no text may have, is spelt out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _sameness(
    reading: Reading, staged: tuple[StagedObject, ...], source: SourceContainer, landing: tuple[Finding, ...]
) -> str:
    # A delivery note beside a container is no part of the package; what is wrong with it counts all the same.
    apart = frozenset({source.side_car})
    described = to_json((reading.submission.cases, reading.submission.records))
    files = _files(o for o in staged if o.path not in apart)
    return canonical_digest(
        {
            "files": files,
            "described": without_lines(described),
            "kind": reading.submission.record_status,
            "landing": _landed(landing),
            "apart": _told(reading, apart),
        }
    )


def _landed(landing: tuple[Finding, ...]) -> Json:
    """What could not be taken from a folder (a link, a name) counts too: without it the delivery is another."""
    return [[f.rule, f.count, [[at.file, at.value] for at in f.locations]] for f in landing]


def _told(reading: Reading, apart: frozenset[str]) -> Json:
    """Give what is wrong with the files whose bytes do not count: one that was corrected is not the same."""
    faults = (v for v in reading.violations if v.location.file in apart)
    return sorted([v.rule, v.location.value, v.detail] for v in faults)


def _files(staged: Iterable[StagedObject]) -> Json:
    return [[o.path, o.size, o.sha256] for o in sorted(staged, key=lambda o: o.path)]
