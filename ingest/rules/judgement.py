"""All rules over a whole package, and all findings at once (DESIGN §5)."""

from collections.abc import Iterator

from ingest.domain.findings import Finding, Violation
from ingest.rules.grouping import group
from ingest.rules.mets.listed import breaches_of, known_of
from ingest.rules.premis.claims import claimed_files
from ingest.rules.registry import (
    CASE_RULES,
    CLAIM_RULES,
    DESCRIBED_RULES,
    DOCUMENT_RULES,
    ENTRY_RULES,
    FILE_RULES,
    PACKAGE_RULES,
)
from ingest.rules.rule import breaches
from ingest.rules.streams import described_units, held_documents, judged_cases, judged_files, listed_files
from ingest.rules.subjects import Judged

__all__ = ["Judged", "judge", "violations"]


def judge(judged: Judged) -> tuple[Finding, ...]:
    """Give every finding: what the reader said of the words, and what the rules say of the package."""
    return group(violations(judged), judged.agreement)


def violations(judged: Judged) -> Iterator[Violation]:
    """Give every breach one by one, in a single pass over each kind of subject."""
    yield from judged.reading.violations
    yield from breaches(PACKAGE_RULES, (judged,))
    yield from _of_listed_files(judged)
    yield from breaches(CLAIM_RULES, claimed_files(judged))
    yield from breaches(CASE_RULES, judged_cases(judged))
    yield from breaches(DESCRIBED_RULES, described_units(judged.reading))
    yield from breaches((*DOCUMENT_RULES, *CLAIM_RULES), held_documents(judged))
    yield from breaches(FILE_RULES, judged_files(judged))


def _of_listed_files(judged: Judged) -> Iterator[Violation]:
    """Judge every entry of a listing; what a specification has an id of its own for is told under both."""
    checks = (*(rule.check for rule in ENTRY_RULES), *(rule.check for rule in CLAIM_RULES))
    known = known_of(judged.reading.violations)
    for listed in listed_files(judged):
        yield from breaches_of(listed, checks, known)
