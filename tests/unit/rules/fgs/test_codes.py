"""Identification codes, Swedish organisation numbers, and METS points in time."""

import pytest

from ingest.rules.fgs.codes import Code, code_in, has_check_digit, organisation_number
from ingest.rules.fgs.moments import has_time, moment


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("ORG:2120009994", Code(prefix="ORG", text="2120009994")),
        (" org: 212000-9994 ", Code(prefix="org", text="212000-9994")),
        ("URI:http://example.se/", Code(prefix="URI", text="http://example.se/")),
        ("ORG:", Code(prefix="ORG", text="")),
        ("http://example.se/", None),
        ("2120009994", None),
    ],
)
def test_a_code_has_a_prefix(note: str, code: Code | None) -> None:
    assert code_in(note) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2120009994", "2120009994"),
        ("212000-9994", "2120009994"),
        ("162120009994", "2120009994"),
        ("212000999401", "2120009994"),
        ("21200099", None),
        ("212000999X", None),
    ],
)
def test_an_organisation_number_has_ten_digits(text: str, number: str | None) -> None:
    assert organisation_number(Code(prefix="ORG", text=text)) == number


def test_the_check_digit_is_that_of_the_first_nine() -> None:
    assert has_check_digit("2120009994")
    assert not has_check_digit("2120009995")


@pytest.mark.parametrize(
    ("written", "timed"),
    [
        ("2021-06-01", False),
        ("2021-06-01Z", False),
        ("2021-06-01T10:11:12", True),
        ("2021-06-01T10:11:12.5+02:00", True),
        ("2021-02-30", None),
        ("2021-06-01T25:00:00", None),
        ("2021-06-01+99:00", None),
        ("2021", None),
        ("", None),
    ],
)
def test_a_moment_exists_and_may_have_a_time(written: str, *, timed: bool | None) -> None:
    date = moment(written)
    assert (None if date is None else has_time(date)) is timed
