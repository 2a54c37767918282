"""Each lie about what is handed over is found out, with nothing but its consequences."""

from pathlib import Path

import pytest

from tests.lies.container_lies import LIES
from tests.lies.packages import WHOLE_PACKAGE, ids


@pytest.mark.parametrize("rule", LIES)
def test_it_is_found_out(rule: str, tmp_path: Path) -> None:
    report = LIES[rule].told(tmp_path)
    assert ids(report) == {rule} | LIES[rule].also
    for finding in report.findings:
        assert finding.rule in WHOLE_PACKAGE or all(place.file for place in finding.locations)
