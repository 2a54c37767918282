"""What is compared with an agreement's content types and types of cases, dialect by dialect."""

from dataclasses import replace

import pytest

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.descriptions import TypedText
from ingest.domain.submissions import Dialect
from ingest.rules.content_types import content_type_of, foreign_content
from tests.unit.rules.packages import AGREEMENT, CASE, RECORD, SUBMISSION, agreed, of_cases, submitted

OTHER = ("csip:CONTENTINFORMATIONTYPE", "OTHER")


@pytest.mark.parametrize(
    ("dialect", "stated", "expected"),
    [
        (Dialect.EARK_2_2, [("csip:CONTENTINFORMATIONTYPE", "citserms_v3_0")], "citserms_v3_0"),
        (Dialect.EARK_2_0, [("csip:CONTENTINFORMATIONTYPE", " ERMS ")], "ERMS"),
        (Dialect.EARK_2_1, [OTHER, ("csip:OTHERCONTENTINFORMATIONTYPE", "SIARD_2.1")], "SIARD_2.1"),
        (Dialect.EARK_2_1, [OTHER], "OTHER"),
        (
            Dialect.EARK_2_1,
            [("csip:CONTENTINFORMATIONTYPE", "MIXED"), ("csip:OTHERCONTENTINFORMATIONTYPE", "x")],
            "MIXED",
        ),
        (Dialect.EARK_2_2, [("ext:CONTENTTYPESPECIFICATION", "x")], ""),
        (Dialect.FGS_1_2, [("ext:CONTENTTYPESPECIFICATION", "FGS Databas")], "FGS Databas"),
        (Dialect.FGS_1_2, [("csip:CONTENTINFORMATIONTYPE", "x")], "FGS Ärendehantering 1.0"),
        (Dialect.EARD, [], "FGS Ärendehantering 1.0"),
        (Dialect.CASE_PUSH, [("csip:CONTENTINFORMATIONTYPE", "x")], "ERMS"),
        (Dialect.ERMS, [], "ERMS"),
    ],
)
def test_the_content_type_of_a_delivery(dialect: Dialect, stated: list[tuple[str, str]], expected: str) -> None:
    attributes = tuple(TypedText(type=kind, text=text) for kind, text in stated)
    assert content_type_of(replace(SUBMISSION, dialect=dialect, attributes=attributes)) == expected


def test_an_fgs_package_without_cases_states_no_content_type() -> None:
    assert content_type_of(replace(SUBMISSION, dialect=Dialect.FGS_1_0, attributes=(), cases=(), records=())) == ""
    loose = replace(SUBMISSION, dialect=Dialect.FGS_1_0, attributes=(), cases=(), records=(RECORD,))
    assert content_type_of(loose) == "FGS Ärendehantering 1.0"


def test_none_stated_is_no_accepted_type() -> None:
    mute = submitted(replace(SUBMISSION, dialect=Dialect.EARK_2_2, attributes=()))
    (violation,) = foreign_content(agreed(mute, replace(AGREEMENT, content_types=("citserms_v3_0",))))
    assert (violation.rule, violation.detail, violation.location.value) == ("EARKIV-SA-16", "-", "")


def of_types(*types: str) -> SubmissionAgreement:
    return replace(AGREEMENT, case_types=types)


def test_every_case_is_of_an_agreed_type_but_for_parts_and_classes() -> None:
    building = replace(CASE, type="Bygglov", records=(), parts=(replace(CASE, id="del", type=None, records=()),))
    files = replace(CASE, id="3", type=None, aggregation_type="class", records=(), parts=(building,))
    assert tuple(foreign_content(agreed(of_cases(files), of_types("Bygglov", "Tillsyn")))) == ()
    found = tuple(foreign_content(agreed(of_cases(files, CASE, replace(CASE, type=None)), of_types("bygglov"))))
    assert [one.detail for one in found] == ["Bygglov", CASE.type or "-", "-"]
    assert {one.rule for one in found} == {"EARKIV-SA-16"}
    assert found[0].location.value == CASE.id
    assert tuple(foreign_content(agreed(of_cases(CASE)))) == ()
