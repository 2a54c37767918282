"""Is the delivery, and what it holds, of a kind that the submission agreement accepts? Asked at ingest only."""

from collections.abc import Iterator
from typing import Final

from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import FGS_1, Dialect, Submission
from ingest.rules.streams import judged_cases
from ingest.rules.subjects import Judged

ERMS: Final = "ERMS"
CASE_DESCRIPTION: Final = "FGS Ärendehantering 1.0"
_TYPE: Final = "csip:CONTENTINFORMATIONTYPE"
_OTHER_TYPE: Final = "csip:OTHERCONTENTINFORMATIONTYPE"
_FGS_TYPE: Final = "ext:CONTENTTYPESPECIFICATION"
_OTHER: Final = "OTHER"
_CLASS: Final = "class"


def content_type_of(submission: Submission) -> str:
    """Give the content information type of a delivery, "" where its METS states none.

    E-ARK: csip:CONTENTINFORMATIONTYPE of the root METS, or the other type that it refers to (CSIP4, CSIP5). FGS
    Paketstruktur 1: ext:CONTENTTYPESPECIFICATION, else what its cases are described in. Without METS: ERMS.
    """
    stated = {one.type: one.text.strip() for one in reversed(submission.attributes)}
    dialect = submission.dialect
    if dialect in (Dialect.CASE_PUSH, Dialect.ERMS):
        return ERMS
    if dialect in FGS_1:
        described = CASE_DESCRIPTION if submission.cases or submission.records else ""
        return stated.get(_FGS_TYPE) or described
    kind = stated.get(_TYPE, "")
    return stated.get(_OTHER_TYPE) or kind if kind == _OTHER else kind


def foreign_dialect(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-7: a dialect that the agreement does not have."""
    allowed = judged.agreement.dialects if judged.agreement else ()
    dialect = judged.reading.submission.dialect
    if allowed and dialect not in allowed:
        yield Violation(rule="EARKIV-SA-7", location=Location(file=""), detail=dialect)


def foreign_content(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-16: a content information type, or a type of case, that the agreement does not have."""
    if judged.agreement is None:
        return
    types, found = judged.agreement.content_types, content_type_of(judged.reading.submission)
    if types and found not in types:
        location = Location(file=next(iter(judged.reading.descriptors), ""), value=found)
        yield Violation(rule="EARKIV-SA-16", location=location, detail=found or "-")
    yield from _foreign_cases(judged, judged.agreement.case_types)


def _foreign_cases(judged: Judged, types: tuple[str, ...]) -> Iterator[Violation]:
    """A part belongs to the case around it; a class is no case."""
    for one in judged_cases(judged) if types else ():
        case = one.case
        if not one.within and case.aggregation_type != _CLASS and (case.type or "") not in types:
            yield Violation(rule="EARKIV-SA-16", location=one.described.place(), detail=case.type or "-")
