"""What each word of a source closes: one row for each kind of mark, and those that close nothing."""

from dataclasses import replace

import pytest

from ingest.domain.access.levels import Level
from ingest.domain.access.marks import LEVELS, Cause, denies_restriction, marks_of, marks_of_package
from ingest.domain.cases import Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import Party, Restriction, TypedDate, TypedText
from ingest.domain.submissions import Dialect, Submission


def date(text: str) -> TypedDate:
    return TypedDate(type="end", raw=text, value=parse_date(text))


PLAIN = Record(id="1")
SECRET = Restriction(type="confidential", regulation="OSL 21 kap. 3 §")
PRIVATE = Restriction(type="gdpr", regulation="Art. 6")
SOMEBODY = Party(type="counterpart", name="X")
PROTECTED = replace(SOMEBODY, protected_identity=True)

C = Cause
ROWS: list[tuple[str, Record, set[Cause]]] = [
    ("nothing", PLAIN, set()),
    ("secrecy", replace(PLAIN, restrictions=(SECRET,)), {C.SECRECY}),
    ("gdpr", replace(PLAIN, restrictions=(PRIVATE,)), {C.PRIVACY}),
    ("integrity", replace(PLAIN, restrictions=(replace(PRIVATE, type="integrity"),)), {C.PRIVACY}),
    ("both", replace(PLAIN, restrictions=(PRIVATE, SECRET)), {C.PRIVACY, C.SECRECY}),
    (
        "another type",
        replace(PLAIN, restrictions=(replace(PRIVATE, type="other_type", other_type="x"),)),
        {C.UNKNOWN_VALUE},
    ),
    ("a type of no list", replace(PLAIN, restrictions=(replace(PRIVATE, type="Hemlig"),)), {C.UNKNOWN_VALUE}),
    ("a type in other letters", replace(PLAIN, restrictions=(replace(PRIVATE, type="GDPR"),)), {C.UNKNOWN_VALUE}),
    ("no type", replace(PLAIN, restrictions=(replace(PRIVATE, type=""),)), {C.UNKNOWN_VALUE}),
    ("no ground", replace(PLAIN, restrictions=(replace(PRIVATE, regulation=None),)), {C.PRIVACY, C.NO_LEGAL_GROUND}),
    (
        "a blank ground",
        replace(PLAIN, restrictions=(replace(PRIVATE, regulation=" "),)),
        {C.PRIVACY, C.NO_LEGAL_GROUND},
    ),
    ("two types", replace(PLAIN, restrictions=(replace(PRIVATE, other_type="Hemlig"),)), {C.PRIVACY, C.CONTRADICTION}),
    ("ended long ago", replace(PLAIN, restrictions=(replace(SECRET, ends=date("1990-01-01")),)), {C.SECRECY}),
    ("begins late", replace(PLAIN, restrictions=(replace(PRIVATE, starts=date("2999-01-01")),)), {C.PRIVACY}),
    (
        "ends before it begins",
        replace(PLAIN, restrictions=(replace(PRIVATE, starts=date("2021-01-02"), ends=date("2021-01-01")),)),
        {C.PRIVACY, C.CONTRADICTION},
    ),
    (
        "a date that is none",
        replace(PLAIN, restrictions=(replace(PRIVATE, ends=date("2021-13-45")),)),
        {C.PRIVACY, C.UNKNOWN_VALUE},
    ),
    (
        "another date that is none",
        replace(PLAIN, restrictions=(replace(PRIVATE, other_dates=(date("soon"),)),)),
        {C.PRIVACY, C.UNKNOWN_VALUE},
    ),
    (
        "a class of the restriction",
        replace(PLAIN, restrictions=(replace(PRIVATE, security_class="H"),)),
        {C.PRIVACY, C.CLASSED},
    ),
    (
        "a protected agent of the restriction",
        replace(PLAIN, restrictions=(replace(PRIVATE, agents=(PROTECTED,)),)),
        {C.PRIVACY, C.PROTECTED_IDENTITY},
    ),
    ("a security class", replace(PLAIN, security_class="Hemlig"), {C.CLASSED}),
    ("an information class", replace(PLAIN, information_class="K3"), {C.CLASSED}),
    ("a blank class", replace(PLAIN, information_class=" "), set()),
    ("a protected party", replace(PLAIN, parties=(SOMEBODY, PROTECTED)), {C.PROTECTED_IDENTITY}),
    ("a party that is not protected", replace(PLAIN, parties=(replace(SOMEBODY, protected_identity=False),)), set()),
    ("a party of which nothing is said", replace(PLAIN, parties=(SOMEBODY,)), set()),
    ("said to be open", replace(PLAIN, access="Offentlig"), set()),
    (
        "said to be open, and marked",
        replace(PLAIN, access="public", restrictions=(PRIVATE,)),
        {C.PRIVACY, C.CONTRADICTION},
    ),
    ("said to be anything else", replace(PLAIN, access="Efter prövning"), {C.UNKNOWN_VALUE}),
    ("access left blank", replace(PLAIN, access="  "), set()),
]


@pytest.mark.parametrize(("record", "causes"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_record_is_closed_by(record: Record, causes: set[Cause]) -> None:
    assert {mark.cause for mark in marks_of(record)} == causes


DELIVERED = Submission(dialect=Dialect.FGS_1_2)
NOTE = "additionalPackageInfo:package/"


def publishable(text: str) -> Submission:
    return replace(DELIVERED, attributes=(TypedText(type=f"{NOTE}audience/@publishable", text=text),))


def restricted_in_use(text: str) -> Submission:
    return replace(DELIVERED, attributes=(TypedText(type=f"{NOTE}useRestrict/@restricted", text=text),))


PACKAGES: list[tuple[str, Submission, set[Cause]]] = [
    ("nothing", DELIVERED, set()),
    ("Secrecy", replace(DELIVERED, access_restriction="Secrecy"), {C.SECRECY}),
    ("PuL", replace(DELIVERED, access_restriction="PuL"), {C.PRIVACY}),
    ("Secrecy and PuL", replace(DELIVERED, access_restriction="Secrecy  and PuL"), {C.SECRECY}),
    ("GDPR", replace(DELIVERED, access_restriction="GDPR"), {C.PRIVACY}),
    ("restricted, nobody says how", replace(DELIVERED, access_restriction="true"), {C.UNKNOWN_VALUE}),
    ("no word at all", replace(DELIVERED, access_restriction=""), {C.UNKNOWN_VALUE}),
    ("said to be unrestricted", replace(DELIVERED, access_restriction="Nej"), set()),
    ("not for publishing", publishable("false"), {C.NOT_TO_BE_PUBLISHED}),
    ("for publishing", publishable("true"), set()),
    ("for some publishing", publishable("perhaps"), {C.UNKNOWN_VALUE}),
    ("restricted in use", restricted_in_use("true"), {C.NOT_TO_BE_PUBLISHED}),
    ("not restricted in use", restricted_in_use("false"), set()),
    ("restricted in use somehow", restricted_in_use(""), {C.UNKNOWN_VALUE}),
]


@pytest.mark.parametrize(("package", "causes"), [row[1:] for row in PACKAGES], ids=[row[0] for row in PACKAGES])
def test_a_package_is_closed_by(package: Submission, causes: set[Cause]) -> None:
    assert {mark.cause for mark in marks_of_package(package)} == causes


def test_only_a_plain_no_denies_that_anything_is_restricted() -> None:
    assert denies_restriction(replace(DELIVERED, access_restriction="false"))
    assert not any(denies_restriction(replace(DELIVERED, access_restriction=said)) for said in (None, "", "GDPR"))


def test_every_cause_closes_and_none_proposes_public() -> None:
    assert set(LEVELS) == set(Cause)
    assert Level.PUBLIC not in LEVELS.values()
