"""The benchmarks run, at the smallest sizes, and say what they measured."""

import hashlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.load_large import Repeated
from benchmarks.load_memory import Watched
from tests.patience import PATIENCE_SECONDS
from tests.servers.s3 import S3Server

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
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("shape", "processes"),
    [("embedded", {"serve"}), ("s3", {"worker", "api"})],  # a server with folders is the latter in parts
)
def test_the_load_of_each_shape_gives_every_figure(
    tmp_path: Path, request: pytest.FixtureRequest, shape: str, processes: set[str]
) -> None:
    figures = tmp_path / "figures.json"
    sizes = [
        "--cases",
        "3",
        "--library-cases",
        "2",
        "--at-once",
        "3",
        "--documents",
        "1",
        "--bytes",
        "1000",
        "--crowd",
        "3",
        "--rounds",
        "1",
    ]
    large = ["--large", "3MiB", "--large-documents", "2"]
    places = ["--shape", shape, "--scratch", str(tmp_path), "--json", str(figures)]
    command = [sys.executable, "-m", "benchmarks.load", *sizes, *large, *places]
    environment = {**os.environ, **(_there(request.getfixturevalue("s3_server")) if shape == "s3" else {})}
    answer = subprocess.run(command, check=False, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    (told,) = json.loads(figures.read_text(encoding="utf-8"))["shapes"]
    assert told["shape"] == shape
    assert all(told[figure] > 0 for figure in ("library", "received", "archived", "lone", "beside", "ratio"))
    assert told["large"]["bytes"] == 3 << 20
    assert told["large"]["archived"] > told["large"]["received"] > 0
    for memory in (told["memory"], told["large"]["memory"]):
        assert memory.keys() == processes
        assert all(held["most"] >= held["end"] > 0 and held["each"][0] > 0 for held in memory.values())
    assert list(tmp_path.iterdir()) == [figures]


def _there(server: S3Server) -> dict[str, str]:
    return {"EARKIV_TEST_S3": f"{server.endpoint} {server.key_id} {server.secret}"}


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (5 << 20) + 7])
def test_what_is_made_while_it_is_sent_is_a_file_like_any_other(size: int) -> None:
    made = Repeated(size, seed=3)
    whole = b"".join(iter(lambda: made.read(100_000), b""))
    assert len(whole) == size
    assert made.seek(0, io.SEEK_END) == size
    assert made.sha256() == hashlib.sha256(whole).hexdigest()
    assert made.tell() == 0
    assert size == 0 or Repeated(size, seed=4).sha256() != made.sha256()
    made.seek(size // 2)
    assert made.read(10) == whole[size // 2 :][:10]


def test_memory_is_that_of_a_process_and_its_children() -> None:
    holding = "held = b'x' * (40 << 20); import time; time.sleep(60)"
    child = f"child = subprocess.Popen([sys.executable, '-c', {holding!r}])"
    command = [sys.executable, "-c", f"import subprocess, sys; {child}; input(); child.kill(); child.wait()"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process,
        Watched({"one": process.pid}) as watched,
    ):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not any(held.most > 40 << 20 for held in watched.held().values()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        # What a child has held at most is told of it alone, also when it is gone.
        process.communicate("\n")
    (held,) = watched.held().values()
    assert held.each[0] < 40 << 20 < held.each[1]


def test_a_search_of_the_reading_room_is_measured_by_what_it_does(tmp_path: Path) -> None:
    figures = tmp_path / "search.json"
    command = [sys.executable, "-m", "benchmarks.search", "--records", "300", "--questions", "40"]
    places = ["--scratch", str(tmp_path), "--json", str(figures)]
    answer = subprocess.run([*command, *places], check=False, cwd=REPOSITORY, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert (told["records"], told["questions"]) == (300, 40)
    assert told["without hits"] < 40
    works = {"count hits and facets", "weigh the words", "a page of hits", "search (index)", "whole page"}
    assert set(told["milliseconds"]) == works
    assert all(one["p50"] <= one["p95"] <= one["p99"] <= one["most"] for one in told["milliseconds"].values())
    assert list(tmp_path.iterdir()) == [figures]
