"""Runs of the embedded archive in child processes, undisturbed or killed at the n-th call to a port."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue
from tests.fakes.recorded_examiner import RecordedExaminer, Recording, RecordingExaminer
from tests.fakes.steady import CountingIds, SteadyClock
from tests.fakes.steady_converter import SteadyConverter
from tests.faults.counting import Tally, counted

RunT = TypeVar("RunT")

BATCH = 2
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "deliveries"
ONE_PER_DIALECT = (
    "bygglov-fgs12",
    "skolarende-csip.zip",
    "klagomal-case-push",
    "flera-arenden-erms.zip",
    "trasig-fgs12",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What a child is, and when: its own version, the archive's name, hours past noon, ids and salts given before."""

    version: str
    archive: str
    hours: int
    ids_before: int


FIRST = Program(version="1.0", archive="Arkivet", hours=0, ids_before=0)
LATER = Program(version="2.0", archive="Arkivet med nytt namn", hours=1, ids_before=1_000_000)
"""The same archive after an upgrade: whatever of it is asked anew, instead of read, comes out otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a child is to do; `recording` None asks the real examiner and records.

    In a `watched` folder it is looked, before each call, whether anything has changed.
    """

    home: Path
    source: Path
    die_at: int | None
    recording: Recording | None
    tool: str = ""
    program: Program = FIRST
    watched: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a child ended: killed, or with its receipt, the calls it made and what the examiner said.

    `moments` are the numbers of the calls at which killing it makes a difference, where it was watched.
    """

    killed: bool
    receipt: dict[str, Any]
    calls: tuple[str, ...]
    moments: tuple[int, ...]
    recording: Recording
    tool: str


def taken_in(catalogue: Catalogue) -> Callable[[str], bool]:
    """Tell which delivery ids a catalogue knows."""

    def is_taken(delivery_id: str) -> bool:
        try:
            catalogue.delivery(delivery_id)
        except UnknownSubject:
            return False
        return True

    return is_taken


def settings_for(home: Path) -> Settings:
    """Settings of a small archive with batches of two objects."""
    environment = {
        "EARKIV_HOME": str(home),
        "EARKIV_BATCH_SIZE": str(BATCH),
        "EARKIV_WORKERS": "1",
        "EARKIV_TOOLS": os.devnull,
    }
    return read_settings(environment, 1)


@cache
def _children() -> ForkServerContext:
    """Start the fork server once; it finds the modules to preload by PYTHONPATH alone."""
    children = multiprocessing.get_context("forkserver")
    children.set_forkserver_preload(["tests.faults.warm", "tests.faults.watchers"])
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(ROOT))
        forkserver.ensure_running()
    return children


def perform(run: Run) -> End:
    """Carry a run out in a child process of its own and tell how it ended."""
    end = in_child(_child, run)
    return End(killed=True, receipt={}, calls=(), moments=(), recording={}, tool="") if end is None else end


def begun(work: Callable[[RunT, Connection], None], run: RunT) -> tuple[ForkServerProcess, Connection]:
    """Let a child process begin that work; give it, and where its answer comes."""
    ours, theirs = _children().Pipe(duplex=False)
    child = _children().Process(target=work, args=(run, theirs))
    child.start()
    theirs.close()
    return child, ours


def in_child(work: Callable[[RunT, Connection], None], run: RunT) -> Any:
    """Let a child process do that work and give what it answers; None where it was killed."""
    child, ours = begun(work, run)
    end = _answer(ours)
    child.join()
    if end is None and child.exitcode != -signal.SIGKILL:
        message = f"the child of {run} ended with {child.exitcode}"
        raise AssertionError(message)
    return end


def establish(home: Path, empty: Path) -> None:
    """Make an archive that has taken in another delivery already, so that its own founding is behind it."""
    empty.mkdir()
    perform(Run(home=home, source=empty, die_at=None, recording={}, tool="none"))


def _answer(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except EOFError:
        return None


def _child(run: Run, answer: Connection) -> None:
    tally = Tally(run.die_at, run.watched)
    recording: Recording = {}
    tools: list[str] = []
    with writing(settings_for(run.home), _fitting(run, tally, recording, tools)) as archive:
        run_pending(archive.owner, archive.ports)
        agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id) or DEFAULT_AGREEMENT
        receipt = ingest_path(run.source, agreement, archive.owner, archive.ports)
    end = End(
        killed=False,
        receipt=receipt,
        calls=tuple(tally.calls),
        moments=tuple(tally.moments),
        recording=recording,
        tool="".join(tools),
    )
    answer.send(end)


def _fitting(run: Run, tally: Tally, recording: Recording, tools: list[str]) -> Callable[[Ports], Ports]:
    def fit(ports: Ports) -> Ports:
        if run.recording is None:
            tools.append(ports.examiner.tool)
            examiner: Any = RecordingExaminer(ports.examiner, recording)
        else:
            examiner = RecordedExaminer(run.recording, run.tool)
        steady = replace(
            ports,
            clock=SteadyClock(run.program.hours),
            ids=CountingIds(taken_in(ports.catalogue), run.program.ids_before),
            examiner=examiner,
            converter=SteadyConverter(),
            software=replace(ports.software, version=run.program.version),
            archive=replace(ports.archive, name=run.program.archive),
        )
        return counted(steady, tally)

    return fit
