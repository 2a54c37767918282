"""Every rule keeps still on a package that keeps it, and speaks on one that breaks it."""

from collections import Counter
from dataclasses import replace

import pytest

from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.findings import Location, Verdict, Violation, verdict_of
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.packages import FormatDesignation, NotScanned
from ingest.domain.submissions import Dialect
from ingest.rules import registry
from ingest.rules.claims import wanted_digests
from ingest.rules.judgement import Judged, judge, violations
from ingest.rules.severities import default_severity
from tests.unit.rules.packages import (
    AGREEMENT,
    CASE,
    CASES,
    DOCUMENT,
    ENTRY,
    FILE,
    PDF,
    READING,
    RECORD,
    SIP,
    SOUND,
    SUBMISSION,
    agreed,
    documented,
    entered,
    holding,
    ids,
    locations,
    of_cases,
    read,
    stated,
    submitted,
)
from tests.unit.rules.table import MORE_BROKEN, MORE_KEPT, OTHER_SHA256, TABLE

KEPT = [(rule, judged) for rule, more in MORE_KEPT.items() for judged in more]
BROKEN = [(rule, judged) for rule, more in MORE_BROKEN.items() for judged in more]


def test_the_table_has_every_rule_of_the_registry_once() -> None:
    """Those of FGS have tables of their own (`tests/unit/rules/fgs`)."""
    assert sorted(TABLE) == sorted(rule for rule in registry.rule_ids() if not rule.startswith("FGS-"))


def test_no_rule_stands_twice_in_the_registry() -> None:
    assert [rule for rule, times in Counter(registry.rule_ids()).items() if times > 1] == []


def test_a_sound_package_has_no_findings() -> None:
    assert judge(SOUND) == ()
    assert judge(agreed(SOUND)) == ()
    assert judge(replace(SOUND, files=None)) == ()


@pytest.mark.parametrize(("rule", "judged"), [(rule, row.kept) for rule, row in TABLE.items()] + KEPT)
def test_a_kept_rule_keeps_still(rule: str, judged: Judged) -> None:
    assert rule not in ids(judged)


@pytest.mark.parametrize("rule", TABLE)
def test_a_broken_rule_speaks_and_nothing_but_its_consequences_with_it(rule: str) -> None:
    row = TABLE[rule]
    assert set(ids(row.broken)) == {rule} | row.also


@pytest.mark.parametrize(("rule", "judged"), BROKEN)
def test_a_rule_speaks_wherever_it_can_be_broken(rule: str, judged: Judged) -> None:
    assert rule in ids(judged)


@pytest.mark.parametrize("rules", registry.ALL_RULES)
def test_a_rule_knows_its_severity(rules: registry.AnyRules) -> None:
    for rule in rules:
        assert rule.severity is default_severity(rule.id)


def test_an_error_about_a_listed_file_points_to_the_line_that_lists_it() -> None:
    (place,) = locations(entered(replace(ENTRY, digest=stated(OTHER_SHA256))), "EARKIV-FIX-1")
    assert (place.file, place.line) == (SIP, 12)
    assert place.value.startswith("file:///Content/1/ansokan.pdf: SHA-256 ")


def test_an_error_about_a_document_points_to_the_description_and_line_that_names_it() -> None:
    (place,) = locations(documented(replace(DOCUMENT, size=1)), "EARKIV-FIX-2")
    assert (place.file, place.line) == (CASES, 40)


def test_an_error_about_a_case_names_the_description_and_the_case() -> None:
    (place,) = locations(of_cases(replace(CASE, status="open")), "EARKIV-CASE-1")
    assert place == Location(file=CASES, value="EXN 2021/17: open")


def test_a_case_is_located_in_the_descriptor_that_its_reader_names() -> None:
    reading = replace(READING, submission=replace(SUBMISSION, cases=(CASE, replace(CASE, status="open"))))
    judged = read(replace(reading, described_in=(CASES, SIP)))
    assert [place.file for place in locations(judged, "EARKIV-CASE-1")] == [SIP]


def test_what_a_reader_has_told_of_a_value_is_not_told_again() -> None:
    violation = Violation(rule="EARKIV-CASE-9", location=Location(file=CASES, line=7, value="Avslutat"))
    judged = of_cases(replace(CASE, status="Avslutat"))
    again = replace(judged, reading=replace(judged.reading, violations=(violation,)))
    assert [(finding.rule, finding.count) for finding in judge(again)] == [("EARKIV-CASE-9", 1)]


def test_a_document_that_is_its_own_entry_is_judged_once() -> None:
    document = replace(DOCUMENT, digest=stated(OTHER_SHA256))
    case = replace(CASE, records=(replace(RECORD, documents=(document,)),))
    pushed = replace(SUBMISSION, dialect=Dialect.CASE_PUSH, cases=(case,))
    entry = replace(ENTRY, href=DOCUMENT.link, line=DOCUMENT.line, digest=document.digest, source=CASES)
    reading = replace(READING, submission=pushed, references=(entry,), descriptors=(CASES,))
    judged = replace(SOUND, reading=reading, files={PDF: FILE})
    assert [(finding.rule, finding.count) for finding in judge(judged)] == [("EARKIV-FIX-1", 1)]


def test_the_schema_of_a_pushed_case_speaks_for_what_it_demands() -> None:
    pushed = replace(SUBMISSION, dialect=Dialect.CASE_PUSH, cases=(replace(CASE, status=None, dates=()),))
    assert ids(submitted(pushed)) == []


def test_two_records_of_a_pushed_case_may_share_a_file() -> None:
    reading = replace(READING, submission=replace(SUBMISSION, dialect=Dialect.CASE_PUSH))
    shared = replace(reading, references=(*reading.references, replace(ENTRY, line=99)))
    assert ids(read(shared)) == []


def test_the_violations_of_a_reader_come_first() -> None:
    violation = Violation(rule="EARKIV-FIX-7", location=Location(file=SIP, line=3))
    judged = entered(replace(ENTRY, size=1))
    judged = replace(judged, reading=replace(judged.reading, violations=(violation,)))
    assert [v.rule for v in violations(judged)] == ["EARKIV-FIX-7", "EARKIV-FIX-2"]


def test_unscanned_unknown_and_damaged_files_pass_under_the_default_agreement() -> None:
    damaged = FormatDesignation(puid=None, warning="no match; zip: not a valid zip file")
    file = replace(FILE, format=damaged, scan=NotScanned(reason="no scanner"))
    findings = judge(agreed(holding(file), DEFAULT_AGREEMENT))
    assert [finding.rule for finding in findings] == ["EARKIV-FMT-1", "EARKIV-FMT-4", "EARKIV-SA-5"]
    assert verdict_of(findings) is Verdict.VALID


def test_an_agreement_without_terms_accepts_any_format_extent_producer_and_dialect() -> None:
    assert judge(agreed(replace(SOUND, producer="?"), SubmissionAgreement(id="öppet", version=1))) == ()


def test_an_agreement_judges_no_format_that_was_not_identified() -> None:
    assert judge(agreed(holding(replace(FILE, format=None)), AGREEMENT)) == ()


def test_the_digests_that_any_descriptor_uses_are_wanted() -> None:
    loose = replace(RECORD, documents=(replace(DOCUMENT, digest=stated("ab" * 64, "sha512")),))
    part = replace(CASE, documents=(replace(DOCUMENT, digest=stated("ab" * 20, "SHA-1")),), records=())
    case = replace(CASE, parts=(part,), records=(replace(RECORD, documents=(replace(DOCUMENT, digest=None),)),))
    absent = replace(ENTRY, path=None, digest=stated("ab" * 16, "MD5"))
    reading = replace(
        READING,
        submission=replace(SUBMISSION, cases=(case,), records=(loose,)),
        references=(replace(ENTRY, digest=stated()), absent),
    )
    wanted = {DigestAlgorithm.SHA_256, DigestAlgorithm.SHA_1, DigestAlgorithm.SHA_512}
    assert wanted_digests(reading) == {PDF: wanted}


def test_a_digest_that_nobody_computed_is_no_breach() -> None:
    judged = entered(replace(ENTRY, digest=stated("ab" * 20, "SHA-1")))
    assert ids(judged) == []
