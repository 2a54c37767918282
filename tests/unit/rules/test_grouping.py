"""Findings are grouped by rule; counts are exact, places bounded, and the verdict follows."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Location, Severity, Verdict, Violation, verdict_of
from ingest.rules.grouping import MAX_LOCATIONS, MAX_VALUE, group
from ingest.rules.severities import SEVERITIES, severity_under
from schemas.requirements import requirement

AGREEMENT = SubmissionAgreement(
    id="a", version=1, severities=(("EARKIV-FMT-1", Severity.ERROR), ("EARKIV-FIX-1", Severity.INFO))
)
violation_lists = st.lists(
    st.builds(
        Violation,
        rule=st.sampled_from(sorted(SEVERITIES)),
        location=st.builds(Location, file=st.just("sip.xml"), line=st.integers(0, 99), value=st.text(max_size=9)),
        detail=st.text(max_size=9),
    )
)


@given(violation_lists, st.sampled_from([None, AGREEMENT]))
def test_counts_are_exact_and_the_verdict_follows(
    violations: list[Violation], agreement: SubmissionAgreement | None
) -> None:
    findings = group(violations, agreement)
    counts = Counter(violation.rule for violation in violations)
    assert {finding.rule: finding.count for finding in findings} == counts
    assert all(len(finding.locations) == min(finding.count, MAX_LOCATIONS) for finding in findings)
    refused = any(severity_under(agreement, rule) is Severity.ERROR for rule in counts)
    assert verdict_of(findings) is (Verdict.INVALID if refused else Verdict.VALID)


@given(violation_lists)
def test_the_order_of_discovery_changes_no_order_of_findings(violations: list[Violation]) -> None:
    there, back = group(violations), group(reversed(violations))
    assert [finding.rule for finding in there] == [finding.rule for finding in back]


def test_errors_come_first_and_then_rules_by_number() -> None:
    rules = ("EARKIV-FMT-1", "EARKIV-FIX-10", "EARKIV-FIX-14", "EARKIV-FIX-2", "EARKIV-CASE-1")
    found = group(Violation(rule=rule, location=Location(file="")) for rule in rules)
    expected = ["EARKIV-CASE-1", "EARKIV-FIX-2", "EARKIV-FIX-10", "EARKIV-FMT-1", "EARKIV-FIX-14"]
    assert [finding.rule for finding in found] == expected


def test_the_first_places_are_told_in_order() -> None:
    found = group(
        Violation(rule="EARKIV-FIX-1", location=Location(file="sip.xml", line=line)) for line in range(1, 100)
    )
    assert [place.line for place in found[0].locations] == list(range(1, MAX_LOCATIONS + 1))


def test_a_finding_has_the_requirement_s_texts_in_both_languages() -> None:
    (finding,) = group((Violation(rule="EARKIV-FIX-1", location=Location(file="sip.xml")),))
    required = requirement("EARKIV-FIX-1")
    assert (finding.message.sv, finding.message.en) == (required.text_sv, required.text_en)
    assert (finding.remedy.sv, finding.remedy.en) == (required.remedy_sv, required.remedy_en)
    assert finding.specification == required.specification


@pytest.mark.parametrize(
    ("value", "detail", "shown"),
    [("a", "b", "a: b"), ("a", "", "a"), ("", "b", "b"), ("", "", "")],
)
def test_the_particular_stands_in_the_value(value: str, detail: str, shown: str) -> None:
    violation = Violation(rule="EARKIV-XML-1", location=Location(file="x", value=value), detail=detail)
    (finding,) = group((violation,))
    assert finding.locations == (replace(violation.location, value=shown),)


def test_a_long_value_is_cut() -> None:
    violation = Violation(rule="EARKIV-XML-1", location=Location(file="x"), detail="a" * 10_000)
    (finding,) = group((violation,))
    assert len(finding.locations[0].value) == MAX_VALUE
    assert finding.locations[0].value.endswith("…")


def test_a_rule_without_requirement_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        group((Violation(rule="EARKIV-FIX-999", location=Location(file="x")),))
