"""Every rule, in one tuple per kind of subject: the table of contents of `ingest.rules`."""

from ingest.rules import (
    agreements,
    cases,
    chronology,
    claims,
    conformance,
    contents,
    deliveries,
    documents,
    files,
    listings,
    names,
    nested,
)
from ingest.rules.erms import relations
from ingest.rules.fgs import cases as fgs_cases
from ingest.rules.fgs import names as fgs_names
from ingest.rules.rule import Rule
from ingest.rules.subjects import (
    Claim,
    DescribedUnit,
    HeldDocument,
    Judged,
    JudgedCase,
    JudgedFile,
    ListedFile,
)

PACKAGE_RULES: tuple[Rule[Judged], ...] = (
    *listings.LISTING_RULES,
    *cases.IDENTIFIER_RULES,
    *agreements.PACKAGE_RULES,
    *contents.RULES,
    *deliveries.RULES,
    *relations.RULES,
    *fgs_cases.RULES,
    *fgs_names.RULES,
    *names.RULES,
)
CLAIM_RULES: tuple[Rule[Claim], ...] = claims.RULES
ENTRY_RULES: tuple[Rule[ListedFile], ...] = listings.ENTRY_RULES
CASE_RULES: tuple[Rule[JudgedCase], ...] = cases.RULES
DESCRIBED_RULES: tuple[Rule[DescribedUnit], ...] = chronology.RULES
DOCUMENT_RULES: tuple[Rule[HeldDocument], ...] = documents.RULES
FILE_RULES: tuple[Rule[JudgedFile], ...] = (*files.RULES, *conformance.RULES, *nested.RULES, *agreements.FILE_RULES)

AnyRules = (
    tuple[Rule[Judged], ...]
    | tuple[Rule[Claim], ...]
    | tuple[Rule[ListedFile], ...]
    | tuple[Rule[JudgedCase], ...]
    | tuple[Rule[DescribedUnit], ...]
    | tuple[Rule[HeldDocument], ...]
    | tuple[Rule[JudgedFile], ...]
)
ALL_RULES: tuple[AnyRules, ...] = (
    PACKAGE_RULES,
    CLAIM_RULES,
    ENTRY_RULES,
    CASE_RULES,
    DESCRIBED_RULES,
    DOCUMENT_RULES,
    FILE_RULES,
)


def rule_ids() -> tuple[str, ...]:
    """Give the ids of all rules, each once, in the order above."""
    return tuple(rule.id for rules in ALL_RULES for rule in rules)
