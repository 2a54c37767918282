"""How grave each rule is by default; at ingest an agreement may lay another severity on it."""

from collections.abc import Mapping
from types import MappingProxyType

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Severity
from schemas.requirements import Level, Requirement, requirement


def _family(name: str, *numbers: int) -> tuple[str, ...]:
    return tuple(f"EARKIV-{name}-{number}" for number in numbers)


_ERRORS = (
    *_family("PKG", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15),
    *_family("XML", 1, 2, 3, 4),
    *_family("FIX", 1, 2, 3, 4, 5, 6, 8, 9, 10, 15),
    *_family("CASE", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14),
    *_family("SA", 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13, 14, 15, 16),
    *_family("DLV", 1, 5),
    *_family("METS", 1, 2),
    *_family("ERMS", 2, 3, 5, 8, 15),
    *_family("PM", 1, 4),
    *_family("NST", 2, 3, 5),
)
_WARNINGS = (
    *_family("PKG", 11, 16, 17, 18, 19),
    *_family("FIX", 7, 11, 12, 13),
    *_family("SA", 12),
    *_family("DLV", 2, 3),
    *_family("METS", 5),
    *_family("FMT", 1, 2, 3, 4, 5),
    *_family("DOC", 1, 2, 4),
    *_family("NRM", 1, 3, 5, 6, 7),
    *_family("NST", 1, 4, 6, 7, 8, 9, 10),
    *_family("PDFA", 1),
    *_family("ERMS", 7, 9, 10, 11, 13, 14, 15),
    *_family("PM", 2, 3, 5, 6, 7),
)
_INFOS = (
    *_family("FIX", 14),
    *_family("CASE", 11, 12, 13),
    *_family("SA", 8, 17),
    *_family("DLV", 4),
    *_family("METS", 3, 4),
    *_family("DOC", 3, 5),
    *_family("ERMS", 1, 4, 6, 12, 16),
    *_family("NRM", 2, 4),
    *_family("PDFA", 2),
    *_family("PM", 8),
)

SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(_ERRORS, Severity.ERROR)
    | dict.fromkeys(_WARNINGS, Severity.WARNING)
    | dict.fromkeys(_INFOS, Severity.INFO)
)
"""The default severity of each of our own rules."""

_OPEN_IN_THE_SCHEMA = ("ERMS272", "ERMS273")
_IF_THERE_IS_ANY_TO_SAY = ("ERMS4", "ERMS13", "ERMS16", "ERMS32", "ERMS39", "ERMS41", "ERMS51", "ERMS87", "PM75")
MILDER: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(_OPEN_IN_THE_SCHEMA, Severity.WARNING) | dict.fromkeys(_IF_THERE_IS_ANY_TO_SAY, Severity.INFO)
)
"""Rules of others whose level alone would mislead: the published schema leaves open what the text demands, or
whether there is anything to say is known to the producer alone (docs/reference/erms-rules.md)."""

FIXED = frozenset({"EARKIV-PKG-13", "EARKIV-SA-15"})
"""Rules that no agreement can make milder: what is infected never enters, and nothing is archived under a draft."""

_BY_LEVEL = {Level.MUST: Severity.ERROR, Level.SHOULD: Severity.WARNING, Level.MAY: Severity.INFO}


def default_severity(rule: str) -> Severity:
    """Give a rule's own severity: by the table, else by how binding its specification says it is.

    Raises:
        KeyError: no requirement has that id.
    """
    known = SEVERITIES.get(rule) or MILDER.get(rule)
    if known is not None:
        return known
    required = requirement(rule)
    return Severity.WARNING if _is_mere_advice(required) else _BY_LEVEL[required.level]


def _is_mere_advice(required: Requirement) -> bool:
    """CITS Preservation: no package says that it follows it, so what it demands and PREMIS does not is no error."""
    return required.specification == "CITS Preservation" and required.level is Level.MUST


def severity_under(agreement: SubmissionAgreement | None, rule: str, own: Severity | None = None) -> Severity:
    """Give a rule's severity under an agreement; None = under nobody's, as `earkiv validate` judges.

    `own` is that of a breach which is graver or milder than its rule.
    """
    default = own or default_severity(rule)
    if agreement is None or rule in FIXED:
        return default
    return agreement.severity_of(rule, default)
