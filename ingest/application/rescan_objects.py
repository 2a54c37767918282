"""Scan what was archived without a scan, now that there is a scanner; what is found stands in the journal.

The AIP itself is not changed: what happens to it later is the journal's to tell (DESIGN §5).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.application.holdings import package_of
from ingest.application.rescan_breaks import COUNTED, SUSPECTED
from ingest.application.rescan_visit import Call, OvertakenError, Scans, Visit, visiting
from ingest.application.scan_standings import scans_of, unscanned
from ingest.domain.findings import Text
from ingest.domain.packages import Clean, Infected, NotScanned, ScanResult
from ingest.domain.scans import ArchivedFile
from ingest.errors import DamageFound, EarkivError, ObjectMissing, ScannerBrokeOff
from ingest.pipeline.scan_breaks import proven
from ingest.pipeline.step import Ports
from ingest.tool_ports import VirusScanner


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescanned:
    """What a new scan of one package gave: how many files are clean now, which are infected, which are left and why."""

    package: str
    clean: int
    infected: tuple[tuple[ArchivedFile, str], ...]
    left: tuple[tuple[ArchivedFile, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAlone:
    """A package that another has in hand: a delivery is on its way into it, or another rescan is at work."""

    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A package whose inventory or journal is damaged: what it holds cannot be told, and why."""

    package: str
    damage: Text


Answer = Rescanned | LeftAlone | Unreadable

IN_OTHER_HANDS = "not asked about again: another has the package in hand"


def rescan(references: Sequence[str], scanner: VirusScanner, owner: str, ports: Ports) -> Iterator[Answer]:
    """Scan what is not scanned yet in the packages named, and give what came of each that had such files.

    Files over which the scanner broke off come after all others, and are told as not scanned after the third time.
    A damaged package stops none of the others. Raises UnknownSubject before anything is done, and ToolFailed when the
    scanner does not answer, once all that was learnt is journalled and given.
    """
    named = dict.fromkeys(package_of(reference, ports) for reference in references)
    packages: list[str] = []
    for one in named:
        try:
            packages += [one.package] if unscanned(scans_of(one.package, one.delivery_id, ports)) else []
        except (DamageFound, ObjectMissing) as damage:
            yield _unreadable(one.package, damage)
    if not packages:
        return
    call = Call(scanner=scanner, version=_version(proven(scanner)), owner=owner, ports=ports)
    found: dict[str, Scans] = {}
    try:
        yield from _settled(packages, call, found)
    except EarkivError:
        yield from (_told(package, scans) for package, scans in found.items() if scans)
        raise


def _version(answer: ScanResult) -> str:
    match answer:
        case Clean(tool=tool) | Infected(tool=tool):
            return tool
        case NotScanned(reason=reason):
            return reason


def _settled(packages: Iterable[str], call: Call, found: dict[str, Scans]) -> Iterator[Answer]:
    """Give each package once it is done; `found` holds what is known of the others meanwhile."""
    unsettled: dict[str, tuple[ArchivedFile, ...]] = {}
    for package in packages:
        found[package] = {}
        left = _looked(package, call, _ask_once, found[package])
        if isinstance(left, tuple) and left:
            unsettled[package] = left
        elif scans := found.pop(package):
            yield _told(package, scans)
        elif not isinstance(left, tuple):
            yield left
    for package, waiting in unsettled.items():
        again = _looked(package, call, _ask_patiently, found[package])
        scans = found.pop(package)
        yield _told(package, scans) if isinstance(again, tuple) else _cut_short(again, scans, waiting)


def _cut_short(why: LeftAlone | Unreadable, scans: Scans, waiting: Iterable[ArchivedFile]) -> Answer:
    """Tell of a package that could not be visited again: the files that waited for that are left, and why."""
    if not scans:
        return why
    reason = why.damage.en if isinstance(why, Unreadable) else IN_OTHER_HANDS
    unasked = {file: NotScanned(reason=reason) for file in waiting if file not in scans}
    return _told(why.package, {**scans, **unasked})


_Look = Callable[[Visit, Scans], tuple[ArchivedFile, ...]]
"""Adds what it learns to what is known, and gives the files that it leaves."""


def _looked(package: str, call: Call, look: _Look, scans: Scans) -> tuple[ArchivedFile, ...] | LeftAlone | Unreadable:
    """Look into a package, and give the files that are left in it, or why it is not looked into."""
    try:
        with visiting(package, call) as visit:
            return LeftAlone(package=package) if visit is None else look(visit, scans)
    except OvertakenError:
        return LeftAlone(package=package)
    except (DamageFound, ObjectMissing) as damage:
        return _unreadable(package, damage)


def _unreadable(package: str, damage: EarkivError) -> Unreadable:
    return Unreadable(package=package, damage=Text(sv=damage.sv, en=damage.en))


def _ask_once(visit: Visit, scans: Scans) -> tuple[ArchivedFile, ...]:
    """Ask about every file over which the scanner never broke off."""
    suspects = visit.breaks.suspects()
    left = [file for file in visit.waiting if file.number in suspects]

    def ask(file: ArchivedFile) -> ScanResult | None:
        try:
            return visit.scan(file)
        except ScannerBrokeOff as fault:
            visit.breaks.log(SUSPECTED, file, fault)
            left.append(file)
            proven(visit.call.scanner)
            return None

    visit.ask((file for file in visit.waiting if file.number not in suspects), ask, scans)
    return tuple(left)


def _ask_patiently(visit: Visit, scans: Scans) -> tuple[ArchivedFile, ...]:
    """Ask about what was left, the least suspect first, until it is answered or given up."""
    suspects = visit.breaks.suspects()
    left = sorted((file for file in visit.waiting if file.number in suspects), key=visit.breaks.counted)
    visit.ask(left, lambda file: _answer(visit, file), scans)
    return ()


def _answer(visit: Visit, file: ArchivedFile) -> ScanResult:
    while (given_up := visit.breaks.given_up(file)) is None:
        proven(visit.call.scanner)
        try:
            return visit.scan(file)
        except ScannerBrokeOff as fault:
            visit.breaks.log(COUNTED, file, fault)
    proven(visit.call.scanner)
    return given_up


def _told(package: str, scans: Scans) -> Rescanned:
    return Rescanned(
        package=package,
        clean=sum(isinstance(result, Clean) for result in scans.values()),
        infected=tuple((file, r.name) for file, r in scans.items() if isinstance(r, Infected)),
        left=tuple((file, r.reason) for file, r in scans.items() if isinstance(r, NotScanned)),
    )
