"""The alert rules in docs/how-to, by Prometheus' own tool: each speaks when it should, and keeps silent otherwise."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY

RULES = REPOSITORY / "docs" / "how-to" / "alerts.yml"
SITUATIONS = Path(__file__).with_name("alerts.yml")


@pytest.fixture
def promtool() -> str:
    """Find the tool; where there is none, skip, and in CI fail."""
    program = shutil.which("promtool")
    if program is None:
        missing = "promtool is missing (Debian: prometheus)"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return program


@pytest.mark.ci
def test_every_rule_speaks_when_it_should_and_keeps_silent_otherwise(promtool: str) -> None:
    for asked in (("check", "rules", str(RULES)), ("test", "rules", str(SITUATIONS))):
        done = subprocess.run([promtool, *asked], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_no_rule_is_left_out_of_the_situations() -> None:
    named = re.findall(r"alert: (\w+)", RULES.read_text(encoding="utf-8"))
    situations = SITUATIONS.read_text(encoding="utf-8")
    assert len(named) > 8
    assert [name for name in named if situations.count(name) < 2] == []
