"""Corrections of metadata in child processes, undisturbed or killed at the n-th call to a port."""

import json
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.application.arriving import Arrivals
from ingest.application.correct_metadata import Begun, BegunBefore, Wanted, correct_metadata
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import writing
from ingest.domain.keys import Caller, Role
from ingest.formats.corrections import Correction, read_correction
from ingest.pipeline.step import Ports
from tests.fakes.steady import CountingIds, SteadyClock
from tests.faults.counting import Tally, counted
from tests.faults.runs import in_child, settings_for, taken_in

ANNA = Caller(role=Role.ARCHIVIST, name="Anna Arkivarie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correcting:
    """What a child is to do: correct the only package, and die at a call, None never; `watched` as for a run."""

    home: Path
    case: str
    die_at: int | None
    watched: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """How a correction ended: the generation that the package has, the calls that were made, and the moments."""

    generation: int
    calls: tuple[str, ...]
    moments: tuple[int, ...]


def corrected(run: Correcting) -> Corrected | None:
    """Correct in a child; None where it was killed."""
    answer: Corrected | None = in_child(_child, run)
    return answer


def _child(run: Correcting, answer: Connection) -> None:
    tally = Tally(run.die_at, run.watched)
    correction = read_correction(json.dumps({"cases": [{"id": run.case, "title": "En rättad titel"}]}).encode())
    assert isinstance(correction, Correction)
    with writing(settings_for(run.home), _steady) as archive:
        ports = counted(archive.ports, tally)
        (package,) = {one.package for one in archive.ports.catalogue.packages()}
        arrivals = Arrivals(archive.owner, ports)
        arrivals.tidy()
        run_pending(archive.owner, ports)
        wanted = Wanted(package=package, seen=(1,), reason="Titeln var fel.", correction=correction)
        begun = correct_metadata(wanted, ANNA, arrivals, ports)
        assert isinstance(begun, Begun | BegunBefore), begun
        assert run_pending(archive.owner, ports) == ()
        found = archive.ports.catalogue.package(package)
        assert found is not None
    answer.send(Corrected(generation=found.generation, calls=tuple(tally.calls), moments=tuple(tally.moments)))


def _steady(ports: Ports) -> Ports:
    return replace(ports, clock=SteadyClock(1), ids=CountingIds(taken_in(ports.catalogue), 1000))
