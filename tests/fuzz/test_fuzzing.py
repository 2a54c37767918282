"""Each target runs for a while without a fault; and a fault, were there one, would be seen."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source_tree import REPOSITORY
from tests.fuzz.running import AFRESH, Bounds, fuzz
from tests.fuzz.targets import TARGETS

RUNS = 80


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


FAULTS: Final = {
    "a traceback": ("raise ValueError('a fault')", (), "ValueError: a fault"),
    "a socket": ("socket.socket().close()", (), "AssertionError"),
    "a file left open": ("held.append(open('/dev/null'))", (), "are open"),
    "a file left behind": ("held.append(tempfile.mkdtemp())", (), "left in the temporary folder"),
    "a hang": ("time.sleep(100)", ("-timeout=2",), "timeout"),
    "too much memory": ("held.append(bytearray(100 << 20))", ("-rss_limit_mb=400",), "out-of-memory"),
}
WRONG: Final = """
import itertools, socket, sys, tempfile, time
from tests.fuzz import child, law
held, number, sound = [], itertools.count(), law.validate
def wrong(*given):
    if next(number) > 10:  # Not before libFuzzer itself is at work.
        FAULT
    return sound(*given)
law.validate = wrong
child.main(sys.argv)
"""


@pytest.mark.ci
@pytest.mark.parametrize(("fault", "options", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_would_be_seen(fault: str, options: tuple[str, ...], words: str, tmp_path: Path) -> None:
    """The same process, with a validation that does something wrong."""
    command = [
        *AFRESH,
        sys.executable,
        "-c",
        WRONG.replace("FAULT", fault),
        "case-push",
        str(tmp_path / "work"),
        "-runs=200",
    ]
    command += [*options, f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode != 0
    assert words in done.stdout + done.stderr
    assert "INITED" in done.stderr
