"""The benchmarks run, at the smallest sizes, and say what they measured."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.ci
def test_every_comparison_gives_figures_for_both_sides(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    sizes = ["--size", "1MiB", "--cases", "2", "--files", "2", "--mets-files", "50", "--sip-files", "5"]
    places = ["--scratch", str(tmp_path), "--json", str(figures), "--rounds", "1"]
    command = [sys.executable, "-m", "benchmarks", *sizes, *places]
    answer = subprocess.run(command, check=False, cwd=REPOSITORY, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    document = json.loads(figures.read_text(encoding="utf-8"))
    names = ["large-case", "small-cases", "package", "mets.xml", "one-pass", "sip", "start"]
    assert [c["name"] for c in document["comparisons"]] == names
    for comparison in document["comparisons"]:
        assert comparison["earkiv"]["seconds"] > 0
        assert comparison["floor"]["seconds"] > 0
    assert list(tmp_path.iterdir()) == [figures]
