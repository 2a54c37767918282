"""A package under lease while its files are scanned anew, and how what is learnt of them comes into the journal.

It is journalled batch by batch, and before any fault is raised: the next call goes on where this one was.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from ingest.application.holdings import Holding, holding_of
from ingest.application.rescan_breaks import STEP, Breaks
from ingest.application.scan_standings import scans_of, unscanned
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import Infected, NotScanned, ScanResult
from ingest.domain.provenance import EventType, PreservationEvent, derived_id
from ingest.domain.scans import ArchivedFile, Origin, scan_told
from ingest.errors import DamageFound, ObjectMissing, SlotTaken
from ingest.formats.wire import to_json
from ingest.pipeline.evidence import Slot, append, catch_up, next_slot
from ingest.pipeline.public_records import take_down
from ingest.pipeline.step import Ports
from ingest.tool_ports import VirusScanner

_CHUNK = 1 << 20

Scans = dict[ArchivedFile, ScanResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of `rescan`: who scans and in what version, and who asks for it."""

    scanner: VirusScanner
    version: str
    owner: str
    ports: Ports


class OvertakenError(Exception):
    """A delivery has come into the package since: what was learnt may be about the generation before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A package under our lease: the files that wait for a scan, what is known of each, and where each lies."""

    call: Call
    holding: Holding
    known: Scans
    waiting: tuple[ArchivedFile, ...]
    paths: dict[str, str]
    breaks: Breaks

    def scan(self, file: ArchivedFile) -> ScanResult:
        """Let the scanner look at a file; one that the store no longer has whole is not scanned.

        Raises ToolFailed, ScannerBrokeOff.
        """
        path = self.paths.get(file.sha256)
        if path is None:
            return NotScanned(reason="the stored file is damaged: the package's inventory does not name it")
        try:
            with self.holding.open(path) as stream:
                return self.call.scanner.scan(file.size, iter(partial(stream.read, _CHUNK), b""))
        except (DamageFound, ObjectMissing) as damage:
            return NotScanned(reason=f"the stored file is damaged: {damage.en}")

    def ask(
        self,
        files: Iterable[ArchivedFile],
        ask: Callable[[ArchivedFile], ScanResult | None],
        scans: Scans,
    ) -> None:
        """Ask about files; journal every batch of answers, the last one whatever is raised, and add it to `scans`.

        Raises OvertakenError, and whatever `ask` raises.
        """
        fresh: Scans = {}
        try:
            for file in files:
                answer = ask(file)
                if answer is not None:
                    fresh[file] = answer
                if len(fresh) == self.call.ports.batch:
                    full, fresh = fresh, {}
                    self._journal(full, scans)
        finally:
            self._journal(fresh, scans)

    def _journal(self, answers: Scans, scans: Scans) -> None:
        news = {file: answer for file, answer in answers.items() if answer != self.known[file]}
        if news:
            self._write(news)
        scans.update(answers)

    def _write(self, news: Scans) -> None:
        """Write one entry. Raises OvertakenError; nothing is written then."""
        ports, package = self.call.ports, self.holding.package
        if _is_under_way(package.package, ports) or ports.catalogue.package(package.package) != package:
            raise OvertakenError
        slot = next_slot(ports, _chain(package.package), ports.clock.now())
        events = [to_json(event) for event in _events(package.delivery_id, slot, news, ports)]
        found = any(isinstance(answer, Infected) for answer in news.values())
        kind = EntryType.INFECTION_FOUND if found else EntryType.OBJECTS_SCANNED
        if found:
            # Before it is written: where the reading room does not answer, the next call finds it again.
            take_down(package.package, ports)
        try:
            append(ports, slot, kind, {"events": events})
        except SlotTaken as fault:
            raise OvertakenError from fault
        if found:
            # Whoever published meanwhile did not know of it.
            take_down(package.package, ports)


@contextmanager
def visiting(package: str, call: Call) -> Iterator[Visit | None]:
    """Take a package in hand within the `with` block; None where another has it, or a delivery is on its way into it.

    Raises DamageFound, UnknownSubject.
    """
    ports, holding = call.ports, holding_of(package, call.ports)
    lease = ports.catalogue.acquire(holding.package.delivery_id, call.owner)
    if lease is None:
        yield None
        return
    try:
        if _is_under_way(package, ports):
            yield None
            return
        catch_up(ports, _chain(package))
        known = scans_of(package, lease.delivery, ports)
        yield Visit(
            call=call,
            holding=holding,
            known=known,
            waiting=unscanned(known),
            paths={digest: path for path, digest in holding.inventory.files.items()},
            breaks=Breaks(lease=lease, scanner=call.version, ports=ports),
        )
    finally:
        ports.catalogue.release(lease)


def _chain(package: str) -> Subject:
    return Subject(kind=SubjectKind.PACKAGE, id=package)


def _is_under_way(package: str, ports: Ports) -> bool:
    """Whether a delivery's place in the package's chain may be decided already."""
    return any(under_way.package == package for under_way in ports.catalogue.unfinished())


def _events(delivery: str, slot: Slot, answers: Scans, ports: Ports) -> Iterator[PreservationEvent]:
    """One event per outcome; the entry's place is in its id, since two entries may say the same of other files."""
    scans: dict[ScanResult, list[ArchivedFile]] = defaultdict(list)
    for file, answer in answers.items():
        scans[answer].append(file)
    for result, files in scans.items():
        outcome, detail = scan_told(result)
        yield PreservationEvent(
            id=derived_id(delivery, STEP, str(slot.sequence), outcome, detail),
            type=EventType.VIRUS_CHECK,
            at=slot.at,
            step=STEP,
            outcome=outcome,
            detail=detail,
            agents=(ports.software,),
            objects=tuple(file.path for file in files if file.origin is Origin.DELIVERED),
            derived=tuple(file.path for file in files if file.origin is Origin.COPY),
            scan=(result,),
        )
