"""A correct package of every dialect, version and kind has no errors and no warnings, however it is packed."""

import pytest

from ingest.domain.findings import Severity, Verdict
from tests.lies.dialects import BARE_ERMS, DIALECTS, EARD, FGS_1, Dialect, built
from tests.lies.packages import FORMS, ids, judged
from tests.unit.samples.described import DELIVERIES, correct

_OTHER_DIALECTS = (*FGS_1, EARD)
LOOSE_RECORDS = {"ERMS4"}
"""Records without a case have no classification scheme to name, which ERMS would have told for information."""


@pytest.mark.parametrize("name", DELIVERIES)
@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_it_is_sound_as_folder_zip_and_tar(dialect: Dialect, name: str) -> None:
    package = built(dialect, correct(name))
    reports = [judged(package, form) for form in FORMS]
    assert {finding.severity for report in reports for finding in report.findings} <= {Severity.INFO}
    assert {report.verdict for report in reports} == {Verdict.VALID}
    assert all(report.findings == reports[0].findings for report in reports)
    assert ids(reports[0]) - LOOSE_RECORDS == dialect.told


def test_the_dialects_are_those_that_are_told_apart() -> None:
    told = {judged(built(dialect, correct("skolskjuts"))).dialect for dialect in (*_OTHER_DIALECTS, BARE_ERMS)}
    assert len(told) == len(_OTHER_DIALECTS) + 1
