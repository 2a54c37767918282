"""A rescan is killed at its calls to ports; called again, what is known in the end is the same, each thing once."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.rescans import Rescan, rescanned, told
from tests.faults.runs import SAMPLES, Run, establish, perform
from tests.faults.state import settled


def archived(folder: Path) -> Path:
    """Make an archive with a package of which nothing is scanned: originals and copies, a deadly and an evil one."""
    home = folder / "archived"
    establish(home, folder / "empty")
    end = perform(Run(home=home, source=SAMPLES / "bygglov-fgs12", die_at=None, recording=None))
    assert end.receipt["outcome"] == "accepted"
    return home


@pytest.mark.timeout(600)
def test_a_rescan_killed_at_each_kind_of_call_ends_alike(quick_path: Path) -> None:
    """Killed at the first and at the last call of every kind."""
    _each_killed(quick_path, _first_and_last)


@pytest.mark.ci
@pytest.mark.timeout(1200)
def test_a_rescan_killed_at_any_call_ends_alike(quick_path: Path) -> None:
    _each_killed(quick_path, lambda calls: range(len(calls)))


def _each_killed(folder: Path, chosen: Callable[[tuple[str, ...]], Iterable[int]]) -> None:
    before = archived(folder)
    undisturbed = Rescan(home=shutil.copytree(before, folder / "undisturbed"), die_at=None)
    end = rescanned(undisturbed)
    assert end is not None
    (package,) = end.given
    assert package.clean
    assert package.infected
    assert package.left
    _, expected = told(undisturbed.home)
    for place in sorted(chosen(end.calls)):
        where = f"killed at call {place + 1} ({end.calls[place]})"
        home = shutil.copytree(before, folder / "killed")
        run = replace(undisturbed, home=home, die_at=place + 1)
        assert rescanned(run) is None, where
        assert rescanned(replace(run, die_at=None)) is not None, where
        ids, found = told(home)
        assert len(set(ids)) == len(ids), where
        assert found == expected, where
        assert settled(home) == settled(undisturbed.home), where
        again = rescanned(replace(run, die_at=None))
        assert again is not None
        assert told(home) == (ids, found), where
        shutil.rmtree(home)


def _first_and_last(calls: tuple[str, ...]) -> set[int]:
    return {place for call in set(calls) for place in (calls.index(call), len(calls) - 1 - calls[::-1].index(call))}
