"""Scan what was archived without a scan, now that there is a scanner; what is found stands in the journal.

The AIP itself is not changed: what happens to it later is the journal's to tell (DESIGN §5).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ingest.application.consult_archive import receipt_of
from ingest.application.holdings import Holding, holding_of
from ingest.application.later_events import later_events
from ingest.domain.deliveries import Delivery
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import Clean, Infected, NotScanned, ScanResult
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome, EventType, PreservationEvent
from ingest.formats.wire import to_json
from ingest.pipeline.events import event
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports
from ingest.ports import VirusScanner

_STEP = "rescan_objects"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescanned:
    """What a new scan of one package gave: how many files are clean now, which are infected, which are left and why."""

    package: str
    clean: int
    infected: tuple[tuple[PackagePath, str], ...]
    left: tuple[tuple[PackagePath, str], ...]


def unscanned(package: str, ports: Ports) -> tuple[PackagePath, ...]:
    """List the delivered files of a package's current generation that no scan has seen. Raises UnknownSubject."""
    package_id, delivery_id = ports.catalogue.find(package)
    paths = tuple(PackagePath(file["path"]) for file in receipt_of(delivery_id, ports)["files"])
    events = (*ports.catalogue.events(delivery_id), *later_events(package_id, delivery_id, ports))
    scanned: dict[PackagePath, bool] = dict.fromkeys(paths, False)
    for one in events:
        if one.type is EventType.VIRUS_CHECK:
            scanned.update(dict.fromkeys(one.objects or paths, one.outcome is not EventOutcome.WARNING))
    return tuple(path for path in paths if not scanned[path])


def rescan(package: str, scanner: VirusScanner, ports: Ports) -> Rescanned | None:
    """Scan what is not scanned yet and journal the outcome, unless nothing new was learnt; as the only writer.

    None while a delivery is on its way into the package: its place in the journal may be decided already.
    Raises ToolFailed when the scanner does not answer: nothing is journalled then. Raises DamageFound, UnknownSubject.
    """
    holding = holding_of(package, ports)
    if any(under_way.package == holding.package.package for under_way in ports.catalogue.unfinished()):
        return None
    delivery = ports.catalogue.delivery(holding.package.delivery_id)
    waiting = unscanned(holding.package.package, ports)
    results = dict(_scans(holding, waiting, scanner, ports))
    events = tuple(_events(delivery, results, ports))
    if events:
        _journal(holding.package.package, events, ports)
    return Rescanned(
        package=holding.package.package,
        clean=sum(isinstance(result, Clean) for result in results.values()),
        infected=tuple((path, r.name) for path, r in results.items() if isinstance(r, Infected)),
        left=tuple((path, r.reason) for path, r in results.items() if isinstance(r, NotScanned)),
    )


def _scans(
    holding: Holding, waiting: tuple[PackagePath, ...], scanner: VirusScanner, ports: Ports
) -> Iterator[tuple[PackagePath, ScanResult]]:
    files = {file["path"]: file for file in receipt_of(holding.package.delivery_id, ports)["files"]}
    paths = {digest: path for path, digest in holding.inventory.files.items()}
    for path in waiting:
        with holding.open(paths[files[path]["sha256"]]) as stream:
            yield path, scanner.scan(files[path]["size"], iter(partial(stream.read, _CHUNK), b""))


def _events(delivery: Delivery, results: dict[PackagePath, ScanResult], ports: Ports) -> Iterator[PreservationEvent]:
    """One event per outcome; what is still not scanned was said before."""
    outcomes: dict[tuple[EventOutcome, str], list[PackagePath]] = defaultdict(list)
    for path, result in results.items():
        match result:
            case Clean(tool=tool):
                outcomes[EventOutcome.SUCCESS, f"nothing found by {tool}"].append(path)
            case Infected(tool=tool, name=name):
                outcomes[EventOutcome.FAIL, f"{name} found by {tool}"].append(path)
            case NotScanned():
                pass
    at = ports.clock.now()
    for (outcome, detail), objects in outcomes.items():
        yield _event(delivery, at, outcome, detail, tuple(objects), ports)


def _event(
    delivery: Delivery,
    at: datetime,
    outcome: EventOutcome,
    detail: str,
    objects: tuple[PackagePath, ...],
    ports: Ports,
) -> PreservationEvent:
    return event(
        delivery=delivery,
        step=f"{_STEP} {at.isoformat()}",
        type=EventType.VIRUS_CHECK,
        at=at,
        detail=detail,
        agents=(ports.software,),
        outcome=outcome,
        objects=objects,
    )


def _journal(package: str, events: tuple[PreservationEvent, ...], ports: Ports) -> None:
    subject = Subject(kind=SubjectKind.PACKAGE, id=package)
    catch_up(ports, subject)
    slot = next_slot(ports, subject, ports.clock.now())
    append(ports, slot, EntryType.OBJECTS_SCANNED, {"events": [to_json(one) for one in events]})
