"""Each target runs for a while without a fault; and a fault, were there one, would be seen."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY
from tests.fuzz.running import Bounds, fuzz
from tests.fuzz.targets import TARGETS

RUNS = 120
WHEELS = sys.platform == "linux" and sys.version_info < (3, 14)


@pytest.fixture(autouse=True)
def _fuzzer() -> None:
    """Atheris has wheels for some machines alone; in CI its absence is a failure."""
    if importlib.util.find_spec("atheris") is None:
        missing = "atheris is not installed: it has wheels for x86-64 Linux and Python below 3.14 alone"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)


@pytest.mark.ci
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_crashes_leaks_or_hangs(target: str, tmp_path: Path) -> None:
    bounds = Bounds(runs=RUNS, seconds=0, seed=1)
    print(f"{target}: {bounds}")  # noqa: T201 - pytest shows it when the test fails
    ended = fuzz(target, bounds, work=tmp_path / "work", kept=tmp_path / "kept")
    assert ended.code == 0, ended.said
    assert ended.tried >= RUNS
    assert ended.seen > 100
    assert ended.crashes == ()


@pytest.mark.ci
@pytest.mark.parametrize(
    ("fault", "options", "words"),
    [
        ("raise ValueError('a fault')", (), "ValueError: a fault"),
        ("import socket; socket.socket().close()", (), "AssertionError"),
        (
            "open('/dev/null').__enter__(); import gc; globals().setdefault('kept', []).append(open('/dev/null'))",
            (),
            "are open",
        ),
        ("import time; time.sleep(30)", ("-timeout=2",), "timeout"),
        ("globals().setdefault('kept', []).append(bytearray(60 << 20))", ("-rss_limit_mb=300",), "out-of-memory"),
    ],
)
def test_a_fault_would_be_seen(fault: str, options: tuple[str, ...], words: str, tmp_path: Path) -> None:
    """The same process, with a validation that does something wrong."""
    script = (
        "import sys, tests.fuzz.child as child\nfrom tests.fuzz import law\nfound = law.validate\n"
        f"def wrong(*given):\n {fault}\n return found(*given)\n"
        "law.validate = wrong\nchild.main(sys.argv)\n"
    )
    command = [sys.executable, "-c", script, "case-push", str(tmp_path / "work"), "-runs=200", *options]
    done = subprocess.run(
        [*command, f"-artifact_prefix={tmp_path}/"], cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode != 0
    assert words in done.stdout + done.stderr
