"""Which schema faults of an FGS Paketstruktur METS the package rules tell in plain words.

A fault that such a rule certainly tells is not told once more as EARKIV-XML-4; what is left is. That the rule
tells it is proved for every line of these tables (`tests/unit/rules/fgs`).
"""

from collections.abc import Iterable, Iterator

from ingest.domain.findings import Violation
from ingest.formats.mets_values import METS
from ingest.formats.schema_words import FaultKind, SchemaWords, taken_apart

_REQUIRED = frozenset(
    {
        ("mets", "OBJID"),
        ("mets", "PROFILE"),
        ("mets", "TYPE"),
        ("metsHdr", "CREATEDATE"),
        ("agent", "ROLE"),
        ("agent", "TYPE"),
        ("mdRef", "MDTYPE"),
        ("mdWrap", "MDTYPE"),
        ("file", "ID"),
        ("file", "MIMETYPE"),
        ("file", "SIZE"),
        ("file", "CREATED"),
        ("FLocat", "LOCTYPE"),
    }
)
_VALUES = frozenset(
    {
        ("mets", "TYPE"),
        ("mets", "ext:APPRAISAL"),
        ("mets", "ext:ACCESSRESTRICT"),
        ("mets", "ext:STARTDATE"),
        ("mets", "ext:ENDDATE"),
        ("mets", "ext:AGREEMENTFORM"),
        ("metsHdr", "CREATEDATE"),
        ("metsHdr", "LASTMODDATE"),
        ("metsHdr", "RECORDSTATUS"),
        ("metsHdr", "ext:OAISSTATUS"),
        ("metsHdr", "ext:AGREEMENTFORM"),
        ("agent", "ROLE"),
        ("agent", "OTHERROLE"),
        ("agent", "TYPE"),
        ("agent", "OTHERTYPE"),
        ("altRecordID", "TYPE"),
        ("mdRef", "MDTYPE"),
        ("mdRef", "OTHERMDTYPE"),
        ("mdWrap", "MDTYPE"),
        ("mdWrap", "OTHERMDTYPE"),
        ("file", "SIZE"),
        ("file", "CREATED"),
        ("file", "CHECKSUMTYPE"),
        ("file", "ext:FORMATREGISTRY"),
        ("FLocat", "LOCTYPE"),
        ("FLocat", "xlink:type"),
    }
)
_FOLLOWING = {
    "metsHdr": frozenset({"dmdSec", "amdSec", "fileSec", "structMap"}),
    "agent": frozenset({"altRecordID", "metsDocumentID"}),
    "altRecordID": frozenset({"metsDocumentID"}),
    "name": frozenset({"note"}),
}
"""What stands where the element that is missing should have stood."""


def untold(faults: Iterable[Violation], absent: frozenset[str]) -> Iterator[Violation]:
    """Give the schema faults that no package rule tells; `absent` are elements that the document has too few of."""
    return (fault for fault in faults if not _is_told(taken_apart(fault.detail), absent))


def _is_told(words: SchemaWords, absent: frozenset[str]) -> bool:
    place = (words.element, words.attribute)
    match words.kind:
        case FaultKind.MISSING:
            return place in _REQUIRED
        case FaultKind.VALUE:
            return place in _VALUES and words.value == words.value.strip()  # Rules read on past blanks.
        case FaultKind.ABSENT if words.element == "file":
            return words.expected == {"FLocat"}
        case FaultKind.ABSENT:
            return len(words.expected) == 1 and words.expected <= absent
        case FaultKind.UNEXPECTED if words.namespace == METS and len(words.expected) == 1:
            (expected,) = words.expected
            return expected in absent and words.element in _FOLLOWING.get(expected, ())
        case _:
            return False
