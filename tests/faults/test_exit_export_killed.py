"""An export of the whole archive is killed at its calls; called again, it ends as though nothing had been."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ingest.application.exit_export import export_all
from ingest.application.export_package import Form
from ingest.bootstrap import reading
from tests.fakes.small_archive import small_archive
from tests.faults.counting import Tally, counted
from tests.faults.runs import in_child, settings_for

Chosen = Callable[[tuple[str, ...]], Iterable[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What a child is to do: export everything, and die at a call, None never."""

    home: Path
    root: Path
    die_at: int | None


def _child(run: Leaving, answer: Connection) -> None:
    tally = Tally(run.die_at)
    with reading(settings_for(run.home)) as archive:
        done = export_all(counted(archive.ports, tally), Form.CSIP, run.root, lambda _containers, _bytes: None)
    answer.send((done.manifest_sha256, tuple(tally.calls)))


@pytest.mark.timeout(300)
def test_an_export_killed_now_and_then_ends_alike(quick_path: Path) -> None:
    _each_killed(quick_path, lambda calls: range(1, len(calls), len(calls) // 10))


@pytest.mark.ci
@pytest.mark.timeout(1200)
def test_an_export_killed_at_any_call_ends_alike(quick_path: Path) -> None:
    _each_killed(quick_path, lambda calls: range(len(calls)))


def _each_killed(folder: Path, chosen: Chosen) -> None:
    home = folder / "home"
    small_archive(home, folder / "sources")
    undisturbed = Leaving(home=home, root=folder / "undisturbed", die_at=None)
    manifest, calls = in_child(_child, undisturbed)
    for place in chosen(calls):
        where = f"killed at call {place + 1} ({calls[place]})"
        run = replace(undisturbed, root=folder / "killed", die_at=place + 1)
        assert in_child(_child, run) is None, where
        assert not (run.root / "manifest-sha256.txt").exists(), where
        again = in_child(_child, replace(run, die_at=None))
        assert again is not None, where
        assert again[0] == manifest, where
        left = {path.name for path in run.root.rglob(".*")} - {".lock"}
        assert left == set(), where
        shutil.rmtree(run.root)
