"""Rescans of an archive in child processes, undisturbed or killed at the n-th call to a port or to the scanner."""

from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ingest.application.later_events import later_events
from ingest.application.rescan_objects import Rescanned, rescan
from ingest.bootstrap import reading, writing
from ingest.pipeline.step import Ports
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.fakes.steady import CountingIds, SteadyClock
from tests.faults.counting import Counted, Tally, counted
from tests.faults.runs import in_child, settings_for

DEADLY, EVIL = b"pdf-a-2b of", b"<bygglovsansokan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescan:
    """What a child is to do: rescan everything, and die at a call, None never."""

    home: Path
    die_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """How a rescan ended: what it gave, and the calls it made."""

    given: tuple[Rescanned, ...]
    calls: tuple[str, ...]


def rescanned(run: Rescan) -> Scanned | None:
    """Rescan in a child; None where it was killed."""
    answer: Scanned | None = in_child(_child, run)
    return answer


def _child(run: Rescan, answer: Connection) -> None:
    tally = Tally(run.die_at)

    scanner: Any = Counted(ScriptedScanner(deadly=DEADLY, evil=EVIL), "scanner", tally)
    with writing(settings_for(run.home), _steady) as archive:
        packages = [one.package for one in archive.ports.catalogue.packages()]
        given = tuple(rescan(packages, scanner, archive.owner, counted(archive.ports, tally)))
    answer.send(Scanned(given=tuple(one for one in given if isinstance(one, Rescanned)), calls=tuple(tally.calls)))


def _steady(ports: Ports) -> Ports:
    return replace(ports, clock=SteadyClock(), ids=CountingIds(lambda _: False))


def told(home: Path) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Give the ids of all later events, and what was said of each file, in order."""
    said: dict[str, tuple[str, ...]] = {}
    ids: list[str] = []
    with reading(settings_for(home)) as archive:
        for package in archive.ports.catalogue.packages():
            for event in later_events(package.package, package.delivery_id, archive.ports):
                ids.append(event.id)
                for path in (*event.objects, *event.derived):
                    said[path] = (*said.get(path, ()), f"{event.outcome} {event.detail}")
    return tuple(ids), said
