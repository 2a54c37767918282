"""A correction of metadata is killed at its calls to ports; asked for again, it ends as it would have ended.

It is killed at every call before which anything had changed, so once in each state that it can leave behind.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.corrections import Correcting, corrected
from tests.faults.runs import SAMPLES, Run, establish, perform
from tests.faults.state import settled

SAMPLE, CASE = "klagomal-case-push", "MN 2026/0093"


@pytest.mark.ci
@pytest.mark.timeout(1200)
def test_a_correction_killed_at_any_call_ends_alike(quick_path: Path) -> None:
    """Byte for byte the same archive with one generation more, nothing left in staging, and the archive verifies."""
    before = quick_path / "archived"
    establish(before, quick_path / "empty")
    assert perform(Run(home=before, source=SAMPLES / SAMPLE, die_at=None, recording=None)).receipt["package"]
    home = shutil.copytree(before, quick_path / "undisturbed")
    undisturbed = Correcting(home=home, case=CASE, die_at=None, watched=home)
    end = corrected(undisturbed)
    assert end is not None
    assert end.generation == 2
    expected = settled(home)
    assert (expected.staging, expected.unfinished, expected.damages) == ((), (), ())
    assert 1 < len(end.moments) < len(end.calls)
    for number in end.moments:
        where = f"killed at call {number} ({end.calls[number - 1]})"
        run = replace(undisturbed, home=shutil.copytree(before, quick_path / "killed"), die_at=number, watched=None)
        assert corrected(run) is None, where
        again = corrected(replace(run, die_at=None))
        assert again is not None, where
        assert again.generation == 2, where
        assert settled(run.home) == expected, where
        shutil.rmtree(run.home)
