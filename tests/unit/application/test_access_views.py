"""What belongs to the view of a unit: change one thing, and exactly those decisions are void that had it in view."""

from dataclasses import replace

import pytest

from ingest.application.access_views import views_of
from ingest.domain.access.units import UnitKey
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedText
from ingest.domain.documents import Document
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Organisation, Submission

BILL = PackagePath("bill.pdf")
CASE, ONE, TWO, LOOSE = ("C",), ("C", "1"), ("C", "2"), ("L",)
FIRST = Record(id="1", title="Ansökan", documents=(Document(name="bill.pdf", link="bill.pdf", path=BILL, line=9),))
SECOND = Record(id="2", title="Beslut")
WHOLE = Case(id="C", title="Bygglov", records=(FIRST, SECOND))
SAID = Submission(dialect=Dialect.CASE_PUSH, cases=(WHOLE,), records=(Record(id="L"),))
FILES = {BILL: "a" * 64}
NOTHING: dict[UnitKey, str] = {}


def of_case(case: Case) -> Submission:
    return replace(SAID, cases=(case,))


ALL = {CASE, ONE, TWO, LOOSE}
MARK = TypedText(type="additionalPackageInfo:package/audience/@publishable", text="false")
ROWS: list[tuple[str, Submission, dict[PackagePath, str], set[UnitKey]]] = [
    ("nothing", SAID, FILES, set()),
    ("a record's words", of_case(replace(WHOLE, records=(replace(FIRST, title="X"), SECOND))), FILES, {CASE, ONE}),
    ("the case's words", of_case(replace(WHOLE, title="X")), FILES, {CASE, ONE, TWO}),
    ("a file's bytes", SAID, {BILL: "b" * 64}, {CASE, ONE}),
    ("a file that is gone", SAID, {}, {CASE, ONE}),
    ("the order of records", of_case(replace(WHOLE, records=(SECOND, FIRST))), FILES, {CASE}),
    ("one record more", of_case(replace(WHOLE, records=(FIRST, SECOND, Record(id="3")))), FILES, {CASE}),
    ("two of one id", of_case(replace(WHOLE, records=(FIRST, SECOND, replace(SECOND, title="X")))), FILES, {CASE, TWO}),
    ("a mark of the package", replace(SAID, access_restriction="GDPR"), FILES, ALL),
    ("that nothing is restricted", replace(SAID, access_restriction="nej"), FILES, ALL),
    ("another mark of the package", replace(SAID, attributes=(MARK,)), FILES, ALL),
    ("whose archive it is", replace(SAID, archival_creator=Organisation(name="X")), FILES, ALL),
    ("the package's other words", replace(SAID, label="X", delivery="Y"), FILES, set()),
    (
        "places in the descriptor",
        of_case(replace(WHOLE, line=7, records=(replace(FIRST, line=8), SECOND))),
        FILES,
        set(),
    ),
]


@pytest.mark.parametrize(("said", "files", "changed"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_content_is_another_where(said: Submission, files: dict[PackagePath, str], changed: set[UnitKey]) -> None:
    before, after = views_of(SAID, FILES, NOTHING), views_of(said, files, NOTHING)
    assert {key for key in before if after[key].content != before[key].content} == changed
    assert {key for key in before if after[key].hits != before[key].hits} == set()


@pytest.mark.parametrize(
    ("hits", "changed"),
    [
        ({ONE: "h"}, {CASE, ONE}),
        ({CASE: "h"}, {CASE, ONE, TWO}),
        ({LOOSE: "h"}, {LOOSE}),
        ({}, set()),
    ],
    ids=["a record", "the case", "a loose record", "nothing"],
)
def test_what_is_found_is_in_view_of_the_unit_of_what_it_is_in_and_of_what_is_in_it(
    hits: dict[UnitKey, str], changed: set[UnitKey]
) -> None:
    before, after = views_of(SAID, FILES, NOTHING), views_of(SAID, FILES, hits)
    assert {key for key in before if after[key].hits != before[key].hits} == changed
    assert {key for key in before if after[key].content != before[key].content} == set()


def test_the_same_found_elsewhere_is_something_else() -> None:
    assert views_of(SAID, FILES, {ONE: "h"})[CASE] != views_of(SAID, FILES, {TWO: "h"})[CASE]
