"""A run is killed at its calls to ports; resumed, the end is always the same AIP, or the same clean refusal.

Here it is killed at every call before which anything had changed, so once in each state that it can leave behind; in
the slower tier so for each dialect, and for one of them at every call.
"""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path

import pytest

from ingest.domain.packages import Infected
from tests.faults.runs import ONE_PER_DIALECT, SAMPLES, End, Run, establish, perform
from tests.faults.state import Settled, settled

Chosen = Callable[[End], Iterable[int]]


def moments(end: End) -> Iterable[int]:
    """Choose the calls at which a kill leaves what it leaves at no call before."""
    assert 1 < len(end.moments) < len(end.calls)
    return end.moments


def every_call(end: End) -> Iterable[int]:
    """Choose all calls."""
    return range(1, len(end.calls) + 1)


QUICK = "klagomal-case-push"
AT_EVERY_CALL = pytest.param(every_call, marks=pytest.mark.ci)
SAMPLES_KILLED = [
    pytest.param(QUICK, moments),
    pytest.param(QUICK, every_call, marks=pytest.mark.ci),
    *(pytest.param(name, moments, marks=pytest.mark.ci) for name in ONE_PER_DIALECT if name != QUICK),
]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("sample", "chosen"), SAMPLES_KILLED)
def test_a_run_killed_at_any_call_ends_alike(sample: str, chosen: Chosen, quick_path: Path) -> None:
    """Byte for byte the same OCFL tree, one delivery, nothing left in staging, and the archive verifies."""
    established = quick_path / "established"
    establish(established, quick_path / "empty")
    _each_of(chosen, established, SAMPLES / sample, quick_path, Asking.ONCE)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chosen", [moments, AT_EVERY_CALL])
def test_an_infected_delivery_killed_at_any_call_is_kept_apart_whole(chosen: Chosen, quick_path: Path) -> None:
    """Whatever the moment, all its bytes end in quarantine and none in staging."""
    established, source = quick_path / "established", SAMPLES / "klagomal-case-push"
    establish(established, quick_path / "empty")
    home = shutil.copytree(established, quick_path / "clean")
    clean = perform(Run(home=home, source=source, die_at=None, recording=None))
    found = Infected(tool="test", name="Test.Virus")
    infected = {asked: replace(answer, scan=found) for asked, answer in clean.recording.items()}
    home = shutil.copytree(established, quick_path / "undisturbed")
    undisturbed = Run(home=home, source=source, die_at=None, recording=infected, tool=clean.tool, watched=home)
    end = perform(undisturbed)
    assert len(settled(undisturbed.home).quarantine) == len(end.receipt["files"])
    _each_killed(chosen, established, quick_path, undisturbed, end)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chosen", [moments, AT_EVERY_CALL])
def test_a_folder_that_cannot_be_read_is_refused_alike_whatever_the_moment(chosen: Chosen, quick_path: Path) -> None:
    """None of its content is staged, and the refusal is the same."""
    established, source = quick_path / "established", quick_path / "source"
    establish(established, quick_path / "empty")
    source.mkdir()
    for name, content in {"case.json": b"{ nej", "a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}.items():
        (source / name).write_bytes(content)
    _each_of(chosen, established, source, quick_path, Asking.ONCE)


@pytest.mark.ci
@pytest.mark.timeout(1200)
def test_a_test_delivery_killed_at_any_call_ends_alike(quick_path: Path) -> None:
    """The same tree in the test store, and nothing of it in the archive."""
    established = quick_path / "established"
    establish(established, quick_path / "empty")
    source = shutil.copytree(SAMPLES / QUICK, quick_path / "source")
    case = source / "case.json"
    case.write_text(json.dumps({**json.loads(case.read_text("utf-8")), "recordStatus": "TEST"}), encoding="utf-8")
    _each_of(moments, established, source, quick_path, Asking.ONCE)
    left = settled(quick_path / "undisturbed")
    assert left.deliveries == ("1 rejected", "1 tested")
    assert [path for path in left.trials if path.endswith("/v1/inventory.json.sha256")]
    assert not [path for path in left.ocfl if "/v1/" in path]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chosen", [moments, AT_EVERY_CALL])
def test_the_founding_of_an_archive_killed_at_any_call_ends_alike(chosen: Chosen, quick_path: Path) -> None:
    """The first delivery's run makes home, key, journal and default agreement too."""
    nothing = quick_path / "nothing"
    nothing.mkdir()
    _each_of(chosen, nothing, SAMPLES / "trasig-fgs12", quick_path, Asking.ONCE)


@pytest.mark.ci
@pytest.mark.timeout(2400)
def test_a_run_with_the_real_examiner_killed_at_any_moment_ends_alike(quick_path: Path) -> None:
    """The same, with the process pool and the format identifier in every run."""
    established = quick_path / "established"
    establish(established, quick_path / "empty")
    _each_of(moments, established, SAMPLES / QUICK, quick_path, Asking.EACH_TIME)


class Asking(Enum):
    """Whether the real examiner is asked in the undisturbed run alone, or in every run."""

    ONCE = auto()
    EACH_TIME = auto()


def _each_of(chosen: Chosen, before: Path, source: Path, folder: Path, asking: Asking) -> None:
    home = shutil.copytree(before, folder / "undisturbed")
    first = Run(home=home, source=source, die_at=None, recording=None, watched=home)
    end = perform(first)
    recording = end.recording if asking is Asking.ONCE else None
    _each_killed(chosen, before, folder, replace(first, recording=recording, tool=end.tool), end)


def _each_killed(chosen: Chosen, before: Path, folder: Path, first: Run, undisturbed: End) -> None:
    expected = settled(first.home)
    assert expected.unfinished == ()
    for number in chosen(undisturbed):
        home = shutil.copytree(before, folder / "killed")
        run = replace(first, home=home, die_at=number, watched=None)
        assert perform(run).killed
        end = perform(replace(run, die_at=None))
        where = f"killed at call {number} ({undisturbed.calls[number - 1]})"
        _same_end(end, undisturbed, settled(home), expected, where)
        shutil.rmtree(home)


def _same_end(end: End, undisturbed: End, found: Settled, expected: Settled, where: str) -> None:
    assert end.receipt["outcome"] == undisturbed.receipt["outcome"], where
    assert end.receipt["package"] == undisturbed.receipt["package"], where
    assert found.unfinished == (), where
    assert found.staging == expected.staging, where
    assert found.quarantine == expected.quarantine, where
    assert found.deliveries == expected.deliveries, where
    assert found.journal == expected.journal, where
    assert found.ocfl == expected.ocfl, where
    assert found.trials == expected.trials, where
    assert found.damages == (), where
