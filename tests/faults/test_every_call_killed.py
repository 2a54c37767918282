"""Every call to a port is killed once; resumed, the end is always the same AIP, or the same clean refusal."""

import shutil
from pathlib import Path

import pytest

from tests.faults.runs import End, Run, perform
from tests.faults.state import Settled, settled

SAMPLES = Path(__file__).parents[2] / "samples" / "deliveries"
ONE_PER_DIALECT = (
    "bygglov-fgs12",
    "skolarende-csip.zip",
    "klagomal-case-push",
    "flera-arenden-erms.zip",
    "trasig-fgs12",
)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("sample", ONE_PER_DIALECT)
def test_a_run_killed_at_any_call_ends_alike(sample: str, quick_path: Path) -> None:
    """Byte for byte the same OCFL tree, one delivery, nothing left in staging, and the archive verifies."""
    source = SAMPLES / sample
    established = quick_path / "established"
    _establish(established, quick_path)
    undisturbed_home = shutil.copytree(established, quick_path / "undisturbed")
    undisturbed = perform(Run(home=undisturbed_home, source=source, die_at=None, recording=None))
    expected = settled(undisturbed_home)
    assert expected.unfinished == ()
    for number in range(1, len(undisturbed.calls) + 1):
        home = shutil.copytree(established, quick_path / "killed")
        end = _killed_and_resumed(home, source, number, undisturbed)
        where = f"killed at call {number} ({undisturbed.calls[number - 1]})"
        _same_end(end, undisturbed, settled(home), expected, where)
        shutil.rmtree(home)


def _establish(home: Path, quick_path: Path) -> None:
    """An archive that has taken in one other delivery already, so that its own founding is behind it."""
    empty = quick_path / "empty"
    empty.mkdir()
    perform(Run(home=home, source=empty, die_at=None, recording={}, tool="none"))


def _killed_and_resumed(home: Path, source: Path, number: int, undisturbed: End) -> End:
    recording, tool = undisturbed.recording, undisturbed.tool
    killed = perform(Run(home=home, source=source, die_at=number, recording=recording, tool=tool))
    assert killed.killed
    return perform(Run(home=home, source=source, die_at=None, recording=recording, tool=tool))


def _same_end(end: End, undisturbed: End, found: Settled, expected: Settled, where: str) -> None:
    assert end.receipt["outcome"] == undisturbed.receipt["outcome"], where
    assert end.receipt["package"] == undisturbed.receipt["package"], where
    assert found.unfinished == (), where
    assert found.staging == expected.staging, where
    assert found.deliveries == expected.deliveries, where
    assert found.journal == expected.journal, where
    assert found.ocfl == expected.ocfl, where
    assert found.damages == (), where
