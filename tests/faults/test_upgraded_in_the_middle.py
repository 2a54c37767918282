"""Killed in any state, and gone on with by a later version of the program: one whole AIP, or one clean refusal.

A kill at a call before which nothing had changed leaves what the call before it would have left, so those are left out.
Nothing that was decided before the kill may be asked anew afterwards: neither the time, a salt, the archive's name nor
the version of a tool. So no bytes are compared here with a run that nobody disturbed, only that all fits together.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.runs import LATER, SAMPLES, End, Run, establish, perform
from tests.faults.state import Settled, settled


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("sample", ["trasig-fgs12", pytest.param("klagomal-case-push", marks=pytest.mark.ci)])
def test_a_run_killed_at_any_call_is_ended_by_a_later_version(sample: str, quick_path: Path) -> None:
    """One delivery, one generation, the same outcome, nothing left in staging, and the archive verifies."""
    before = quick_path / "established"
    establish(before, quick_path / "empty")
    undisturbed_home = shutil.copytree(before, quick_path / "undisturbed")
    run = Run(home=undisturbed_home, source=SAMPLES / sample, die_at=None, recording=None, watched=undisturbed_home)
    undisturbed = perform(run)
    expected = settled(undisturbed_home)
    assert 1 < len(undisturbed.moments) < len(undisturbed.calls)
    again = replace(run, recording=undisturbed.recording, tool=undisturbed.tool, watched=None)
    for number in undisturbed.moments:
        home = shutil.copytree(before, quick_path / "killed")
        killed = replace(again, home=home, die_at=number)
        assert perform(killed).killed
        end = perform(replace(killed, die_at=None, tool=f"{undisturbed.tool} later", program=LATER))
        where = f"killed at call {number} ({undisturbed.calls[number - 1]})"
        _same_kind_of_end(end, undisturbed, settled(home), expected, where)
        shutil.rmtree(home)


def _same_kind_of_end(end: End, undisturbed: End, found: Settled, expected: Settled, where: str) -> None:
    assert end.receipt["outcome"] == undisturbed.receipt["outcome"], where
    assert found.unfinished == (), where
    assert found.staging == (), where
    assert found.deliveries == expected.deliveries, where
    assert found.damages == (), where
    assert _inventories(found) == _inventories(expected), where
    assert len(found.ocfl) == len(expected.ocfl), where
    assert len(found.journal) == len(expected.journal), where


def _inventories(state: Settled) -> int:
    """Each package has one in its root and one in every version."""
    return sum(path.endswith("/inventory.json") for path in state.ocfl)
