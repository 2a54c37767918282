"""The pool of processes: made late, gone with its parent, and no single file stops it."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Never

import pytest

from ingest.adapters import examination
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.looks import ENDED, Seen
from ingest.adapters.pool import SpawnPool
from ingest.adapters.shares import LookWork
from ingest.adapters.unscanned import Unscanned
from ingest.domain.characteristics import Observed, Trait
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.packages import Clean, Examination, ExaminationRequest, NotScanned
from ingest.errors import KilledFromOutside, ToolFailed
from ingest.tool_ports import VirusScanner
from tests.unit.adapters.deadly import Deadly, Silent, be_killed_looking_once, die_looking
from tests.unit.adapters.probes import files

HERE = Path(__file__).parent
POISON = 5
OBJECTS = 12
Opened = Callable[[VirusScanner], PooledExaminer]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Open examiners that are closed after the test."""
    made: list[PooledExaminer] = []

    def _open(scanner: VirusScanner) -> PooledExaminer:
        made.append(PooledExaminer(workers=2, scanner=scanner, patience_seconds=5, memory_bytes=512 << 20))
        return made[-1]

    yield _open
    for examiner in made:
        examiner.close()


@pytest.fixture
def staging(tmp_path: Path) -> DirectoryStore:
    (tmp_path / "staging").mkdir()
    store = DirectoryStore(tmp_path / "staging", "staging")
    for number in range(OBJECTS):
        store.put(f"{number:02d}", [b"poison" if number == POISON else b"text"])
    return store


def examine(examiner: PooledExaminer, staging: DirectoryStore) -> tuple[Examination, ...]:
    requests = [
        ExaminationRequest(ordinal=n, key=f"{n:02d}", name="a.txt", algorithms=(DigestAlgorithm.MD5,))
        for n in range(OBJECTS)
    ]
    answers = examiner.examine(staging, requests)
    assert [answer.ordinal for answer in answers] == list(range(OBJECTS))
    assert all(len(answer.digests) == 1 for answer in answers)
    return answers


def children() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def test_no_process_is_made_before_the_first_object(opened: Opened) -> None:
    before = children()
    opened(Unscanned())
    assert children() == before


def test_a_process_that_dies_once_costs_nothing_but_time(
    opened: Opened, staging: DirectoryStore, tmp_path: Path
) -> None:
    scanner = Deadly(tally=tmp_path / "tally", deaths=1)
    answers = examine(opened(scanner), staging)
    assert {answer.format.puid for answer in answers} == {"x-fmt/111"}
    assert all(isinstance(answer.scan, Clean) for answer in answers)


def test_a_file_that_kills_the_identifier_is_unidentified_and_still_scanned(
    opened: Opened, staging: DirectoryStore, tmp_path: Path
) -> None:
    answers = examine(opened(Deadly(tally=tmp_path / "tally", deaths=3)), staging)
    poison = answers[POISON]
    assert (poison.format.puid, poison.format.warning) == (None, "identifier failed")
    assert isinstance(poison.scan, Clean)
    assert {answer.format.puid for answer in answers if answer is not poison} == {"x-fmt/111"}


def test_a_file_that_kills_every_process_ends_as_a_warning(
    opened: Opened, staging: DirectoryStore, tmp_path: Path
) -> None:
    answers = examine(opened(Deadly(tally=tmp_path / "tally", deaths=10**6)), staging)
    poison = answers[POISON]
    assert poison.format.warning == "identifier failed"
    assert isinstance(poison.scan, NotScanned)
    assert (tmp_path / "tally").stat().st_size == 4
    assert {answer.format.puid for answer in answers if answer is not poison} == {"x-fmt/111"}


def test_a_file_over_which_processes_are_killed_from_outside_is_a_fault(
    opened: Opened, staging: DirectoryStore, tmp_path: Path
) -> None:
    scanner = Deadly(tally=tmp_path / "tally", deaths=10**6, by=signal.SIGKILL)
    with pytest.raises(KilledFromOutside) as fault:
        examine(opened(scanner), staging)
    assert fault.value.ordinal == POISON


def test_a_file_over_which_they_were_killed_too_often_before_is_told(
    opened: Opened, staging: DirectoryStore, tmp_path: Path
) -> None:
    scanner = Deadly(tally=tmp_path / "tally", deaths=10**6, by=signal.SIGKILL)
    deadly = ExaminationRequest(ordinal=0, key=f"{POISON:02d}", name="a.txt", algorithms=(), deadly=True)
    (answer,) = opened(scanner).examine(staging, [deadly])
    assert isinstance(answer.scan, NotScanned)


@pytest.mark.ci
def test_a_process_that_falls_silent_counts_as_dead(staging: DirectoryStore) -> None:
    # One worker: what waits behind the silent file must not be lost with it.
    with closing(PooledExaminer(workers=1, scanner=Silent(), patience_seconds=3, memory_bytes=512 << 20)) as examiner:
        answers = examine(examiner, staging)
    assert answers[POISON].format.warning == "identifier failed"
    assert {answer.format.puid for answer in answers} == {"x-fmt/111", None}


def test_a_pool_that_cannot_live_is_a_fault(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Never:
        raise BrokenProcessPool

    monkeypatch.setattr(SpawnPool, "submit", refuse)
    examiner = opened(Unscanned())
    with pytest.raises(ToolFailed) as fault:
        examine(examiner, staging)
    assert fault.value.sv != fault.value.en
    with pytest.raises(ToolFailed):
        _ = examiner.tool


def test_processes_killed_from_outside_are_replaced(opened: Opened, staging: DirectoryStore) -> None:
    before = children()
    examiner = opened(Unscanned())
    examine(examiner, staging)
    for pid in children() - before:
        os.kill(pid, signal.SIGKILL)
    assert {answer.format.puid for answer in examine(examiner, staging)} == {"x-fmt/111"}


def test_processes_outlive_the_thread_that_needed_them_first(
    opened: Opened, staging: DirectoryStore, tmp_path: Path
) -> None:
    before = children()
    examiner = opened(Deadly(tally=tmp_path / "tally", deaths=0))
    thread = Thread(target=examine, args=(examiner, staging))
    thread.start()
    thread.join()
    first = children() - before
    assert first
    answers = examine(examiner, staging)
    assert {answer.scan for answer in answers} <= {Clean(tool=f"test {pid}") for pid in children()}
    assert first <= children()


def looked_thoroughly(
    examiner: PooledExaminer, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch, look: Callable[[LookWork], Seen]
) -> Observed:
    """Examine a PDF that breaks off, which no quick look settles, with that for a thorough one."""
    monkeypatch.setattr(examination, "look_again", look)
    staging.put("broken", [files.pdf()[:-400]])
    request = ExaminationRequest(ordinal=0, key="broken", name="a.pdf", algorithms=())
    (answer,) = examiner.examine(staging, [request])
    return answer.inside


def test_a_look_whose_process_is_killed_from_outside_is_begun_once_more(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = looked_thoroughly(opened(Unscanned()), staging, monkeypatch, be_killed_looking_once)
    assert [each.trait for each in inside.characteristics] == [Trait.DAMAGED]


def test_a_look_that_ends_its_process_is_told(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_thoroughly(opened(Unscanned()), staging, monkeypatch, die_looking) == ENDED


def test_closing_ends_the_processes_and_a_later_call_starts_new_ones(opened: Opened, staging: DirectoryStore) -> None:
    before = children()
    examiner = opened(Unscanned())
    examine(examiner, staging)
    examiner.close()
    assert children() == before
    examine(examiner, staging)


def test_resting_ends_the_processes_and_a_later_call_starts_new_ones(opened: Opened, staging: DirectoryStore) -> None:
    before = children()
    examiner = opened(Unscanned())
    answers = examine(examiner, staging)
    examiner.rest()
    assert children() == before
    assert examine(examiner, staging) == answers


@pytest.mark.parametrize("end", ["kill", "exit"])
def test_no_process_outlives_its_parent_nor_imports_its_main_module(staging: DirectoryStore, end: str) -> None:
    command = [sys.executable, "-W", "error", str(HERE / "examine_and_die.py"), str(staging.root), end]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    parent = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    pids = [int(word) for word in parent.stdout.split()]
    assert pids, parent.stderr
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if _alive(pid)] == []
    if end == "exit":
        assert (parent.returncode, parent.stderr) == (0, "")


def _alive(pid: int) -> bool:
    """Say whether a process lives: one that ended and was not yet reaped does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
