"""The benchmarks run, at the smallest sizes, and say what they measured."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.load_memory import Watched

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


@pytest.mark.ci
def test_the_load_of_each_shape_gives_every_figure(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    sizes = ["--cases", "3", "--documents", "1", "--bytes", "1000", "--crowd", "3", "--rounds", "1"]
    command = [sys.executable, "-m", "benchmarks.load", *sizes, "--scratch", str(tmp_path), "--json", str(figures)]
    answer = subprocess.run(command, check=False, cwd=REPOSITORY, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    shapes = json.loads(figures.read_text(encoding="utf-8"))["shapes"]
    assert [shape["shape"] for shape in shapes] == ["embedded", "server"]
    for shape in shapes:
        assert all(shape[figure] > 0 for figure in ("library", "received", "archived", "lone", "beside", "ratio"))
        assert all(held["most"] >= held["late"] > 0 for held in shape["memory"].values())
    assert [set(shape["memory"]) for shape in shapes] == [{"serve"}, {"worker", "api"}]
    assert list(tmp_path.iterdir()) == [figures]


def test_memory_is_that_of_a_process_and_its_children() -> None:
    holding = "held = b'x' * (40 << 20); import time; time.sleep(60)"
    child = f"child = subprocess.Popen([sys.executable, '-c', {holding!r}])"
    command = [sys.executable, "-c", f"import subprocess, sys; {child}; input(); child.kill(); child.wait()"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process,
        Watched({"one": process.pid}) as watched,
    ):
        deadline = time.monotonic() + 30
        while not any(held.most > 40 << 20 for held in watched.held().values()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.communicate("\n")
