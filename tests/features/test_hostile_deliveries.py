"""The hostile corpus through the front door: `validate` and `ingest` answer alike, and nothing is written outside."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ingest.application.validate_package import validate
from tests.features import archives
from tests.features.front_door import Door
from tests.features.spent import spent_by
from tests.hostile.corpus import ABOUT_NAMES, BOMBS, CASES, OURS

CHOSEN = [name for number, name in enumerate(CASES) if number % 4 == 0 or name.startswith(("xml-", "payload-"))]
CHOSEN_CHEAP = [name for name in CHOSEN if name not in BOMBS]
SECONDS, BYTES = 20, 512 << 20
"""What one hostile delivery may cost: processor time, for the clock tells more of the neighbours; and memory."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("arkiv") / "home"


def about(findings: list[Any], severity: str) -> set[str]:
    return {f["rule"].removeprefix(OURS) for f in findings if f["severity"] == severity}


def snapshot(folder: Path) -> set[str]:
    """Everything below a folder, links too, but for the archive itself."""
    found = {str(Path(at) / name) for at, folders, files in os.walk(folder) for name in (*folders, *files)}
    return {name for name in found if "/home" not in name}


@pytest.mark.parametrize("name", CHOSEN_CHEAP)
def test_both_ways_to_judge_say_the_same_and_write_nothing_outside(home: Path, name: str) -> None:
    case = CASES[name]
    path = home.parent / "in" / f"{name}.bin"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(case.make())
    before = snapshot(home.parent)
    report, receipt = validate(path), archives.hand_over_one(home, path)
    assert snapshot(home.parent) == before
    path.unlink()
    errors = {f.rule.removeprefix(OURS) for f in report.findings if f.severity == "error" and f.rule.startswith(OURS)}
    assert errors == about([f for f in receipt["findings"] if f["rule"].startswith(OURS)], "error") == case.refused
    if case.files is not None:
        assert receipt["outcome"] == "accepted"
        assert {file["path"] for file in receipt["files"]} == set(case.files)
        assert archives.delivered_bytes(home, receipt) == case.files
        assert about(receipt["findings"], "warning") & ABOUT_NAMES == case.warned
        assert {f.rule.removeprefix(OURS) for f in report.findings} & ABOUT_NAMES == case.warned
    assert archives.staged(home) == []


@pytest.mark.ci
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_and_ends_as_a_refusal(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.bin"
    path.write_bytes(CASES[name].make())
    door = Door(home=tmp_path / "home")
    spent = spent_by(("ingest", "--json", str(path)), door.environment(), tmp_path)
    assert spent.code == 1
    assert about(json.loads(spent.out)["findings"], "error") >= CASES[name].refused
    assert spent.seconds < SECONDS
    assert spent.peak < BYTES
