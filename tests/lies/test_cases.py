"""Each lie about a case is found out in every dialect that can tell it, at a line of the description."""

import pytest

from tests.lies.case_lies import TOLD
from tests.lies.dialects import Dialect, sound
from tests.lies.mets_lies import Lie
from tests.lies.packages import FORMS, badly_placed, ids, judged, lied


@pytest.mark.parametrize(
    ("dialect", "lie"),
    [pytest.param(dialect, lie, id=f"{dialect}: {lie.rule} ({number})") for number, (dialect, lie) in enumerate(TOLD)],
)
def test_it_is_found_out(dialect: Dialect, lie: Lie) -> None:
    package = lied(sound(dialect), dialect.description, lie.pattern, lie.said)
    report, *packed = (judged(package, form) for form in FORMS)
    assert ids(report) == lie.expected(dialect)
    assert badly_placed(package, report) == []
    assert all((each.verdict, each.findings) == (report.verdict, report.findings) for each in packed)
