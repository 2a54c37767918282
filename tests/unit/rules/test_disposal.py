"""For whom an agreement's disposal default holds: for those of whom nobody has said anything."""

from dataclasses import replace

import pytest

from ingest.domain.agreements import DisposalDefault
from ingest.domain.cases import Case
from ingest.domain.descriptions import Disposal
from ingest.rules.disposal import unstated_disposal
from tests.unit.rules.packages import AGREEMENT, CASE, RECORD, SUBMISSION, agreed, of_cases, submitted

AFTER_TEN_YEARS = DisposalDefault(disposable=True, period="10 år", mandate="Nämndens beslut 2024-05-02 § 9")
UNDER = replace(AGREEMENT, disposal_default=AFTER_TEN_YEARS)
KEPT = Disposal(disposable=False)
CLASS = replace(CASE, id="3.1", aggregation_type="class", records=(), parts=(replace(CASE, id="a", records=()),))


def told(*cases: Case) -> list[str]:
    return [one.location.value for one in unstated_disposal(agreed(of_cases(*cases), UNDER))]


@pytest.mark.parametrize(
    ("case", "silent"),
    [
        (CASE, [CASE.id, RECORD.id]),
        (replace(CASE, disposal=KEPT), []),
        (replace(CASE, records=(replace(RECORD, disposal=KEPT), replace(RECORD, id="2"))), [CASE.id, "2"]),
        (replace(CASE, records=(), parts=(replace(CASE, id="del", disposal=KEPT),)), [CASE.id]),
        (CLASS, ["a"]),
        (replace(CLASS, disposal=KEPT), []),
    ],
)
def test_a_statement_holds_for_all_inside(case: Case, silent: list[str]) -> None:
    assert told(case) == silent


def test_a_loose_record_is_asked_too_and_the_default_is_told_in_words() -> None:
    judged = agreed(submitted(replace(SUBMISSION, cases=(), records=(RECORD,))), UNDER)
    (violation,) = unstated_disposal(judged)
    assert violation.location.value == RECORD.id
    assert violation.detail == "may be disposed of after 10 år, by Nämndens beslut 2024-05-02 § 9"


def test_without_a_default_nothing_is_told() -> None:
    assert tuple(unstated_disposal(agreed(of_cases(CASE)))) == ()
    assert tuple(unstated_disposal(of_cases(CASE))) == ()


@pytest.mark.parametrize(
    ("default", "words"),
    [
        (DisposalDefault(disposable=False), "to be preserved"),
        (DisposalDefault(disposable=False, mandate="plan § 3"), "to be preserved, by plan § 3"),
    ],
)
def test_what_is_preserved_needs_no_period(default: DisposalDefault, words: str) -> None:
    assert default.words == words
