"""Every id that the program can tell has a text and a severity."""

import re
from pathlib import Path

import pytest

import ingest
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Severity
from ingest.rules.severities import SEVERITIES, default_severity, severity_under
from schemas.requirements import all_requirements

SOURCES = Path(ingest.__file__).parent
OWN = frozenset(one.id for one in all_requirements() if one.id.startswith("EARKIV-"))


def mentioned() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    return frozenset(id_ for text in texts for id_ in re.findall(r"EARKIV-[A-Z]+-\d+", text))


def test_every_id_in_the_program_has_a_requirement() -> None:
    assert mentioned() - OWN == frozenset()


def test_every_requirement_of_ours_has_a_severity_and_the_other_way_round() -> None:
    assert frozenset(SEVERITIES) == OWN


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ("EARKIV-FIX-1", Severity.ERROR),
        ("EARKIV-SA-5", Severity.ERROR),
        ("EARKIV-DLV-4", Severity.INFO),
        ("EARKIV-FIX-7", Severity.WARNING),
        ("EARKIV-FIX-11", Severity.WARNING),
        ("EARKIV-FMT-1", Severity.WARNING),
        ("EARKIV-DLV-2", Severity.WARNING),
        ("EARKIV-FIX-14", Severity.INFO),
        ("EARKIV-CASE-12", Severity.INFO),
    ],
)
def test_default_severities(rule: str, severity: Severity) -> None:
    assert default_severity(rule) is severity
    assert severity_under(None, rule) is severity


def test_an_agreement_may_raise_or_lower_a_severity() -> None:
    agreement = SubmissionAgreement(id="a", version=1, severities=(("EARKIV-FMT-1", Severity.ERROR),))
    assert severity_under(agreement, "EARKIV-FMT-1") is Severity.ERROR
    assert severity_under(agreement, "EARKIV-FMT-2") is Severity.WARNING


def test_an_unknown_rule_has_no_severity() -> None:
    with pytest.raises(KeyError):
        default_severity("EARKIV-FIX-999")
