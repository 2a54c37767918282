"""What kind of delivery it says it is (METS RECORDSTATUS), and whether that can be honoured."""

from collections.abc import Iterator

from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import Reading, RecordStatus
from ingest.rules.rule import Rule
from ingest.rules.subjects import Judged

_FOLLOWING = frozenset({RecordStatus.SUPPLEMENT, RecordStatus.VERSION})


def unnamed_predecessor(judged: Judged) -> Iterator[Violation]:
    """EARKIV-DLV-2: a supplement or version that does not say of which package."""
    submission = judged.reading.submission
    if submission.record_status in _FOLLOWING and not submission.previous_package:
        yield Violation(rule="EARKIV-DLV-2", location=_place(judged.reading))


def other_kind(judged: Judged) -> Iterator[Violation]:
    """EARKIV-DLV-3: OTHER, which is treated as NEW."""
    if judged.reading.submission.record_status is RecordStatus.OTHER:
        yield Violation(rule="EARKIV-DLV-3", location=_place(judged.reading))


def trial_delivery(judged: Judged) -> Iterator[Violation]:
    """EARKIV-DLV-4: a test delivery, which goes the whole way and is not archived; said at ingest, where it matters."""
    if judged.agreement is not None and judged.reading.submission.record_status is RecordStatus.TEST:
        yield Violation(rule="EARKIV-DLV-4", location=_place(judged.reading))


def nothing_described(judged: Judged) -> Iterator[Violation]:
    """EARKIV-CASE-14: neither case nor record; said at ingest, since a package as such may do without.

    Silent when a descriptor could not be read: then that is what is wrong.
    """
    submission = judged.reading.submission
    unread = any(violation.rule.startswith("EARKIV-XML-") for violation in judged.reading.violations)
    if judged.agreement is not None and not unread and not submission.cases and not submission.records:
        yield Violation(rule="EARKIV-CASE-14", location=Location(file=next(iter(judged.reading.descriptors), "")))


def _place(reading: Reading) -> Location:
    return Location(file=next(iter(reading.descriptors), ""), value=reading.submission.record_status)


RULES: tuple[Rule[Judged], ...] = (
    Rule(id="EARKIV-DLV-2", check=unnamed_predecessor),
    Rule(id="EARKIV-DLV-3", check=other_kind),
    Rule(id="EARKIV-DLV-4", check=trial_delivery),
    Rule(id="EARKIV-CASE-14", check=nothing_described),
)
