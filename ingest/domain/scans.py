"""What is known of the virus scan of each file in an archived package: told by events, the last one counts.

What was found once stays found: a later scan that finds nothing takes it back for nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.domain.packages import Clean, Infected, NotScanned, ScanResult
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome, EventType, PreservationEvent

UNTOLD = NotScanned(reason="no scan of it is recorded")
_NOTHING, _FOUND, _UNSCANNED = "nothing found by ", " found by ", "not scanned: "


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """A file of a package's generation: its number and path as delivered, size in bytes, SHA-256."""

    ordinal: int
    path: PackagePath
    size: int
    sha256: str


def scan_told(result: ScanResult) -> tuple[EventOutcome, str]:
    """Say how a virus check ended, as an event's outcome and detail."""
    match result:
        case Clean(tool=tool):
            return EventOutcome.SUCCESS, f"{_NOTHING}{tool}"
        case Infected(tool=tool, name=name):
            return EventOutcome.FAIL, f"{name}{_FOUND}{tool}"
        case NotScanned(reason=reason):
            return EventOutcome.WARNING, f"{_UNSCANNED}{reason}"


def scan_heard(event: PreservationEvent) -> ScanResult:
    """Give what a virus check says: the reverse of `scan_told`."""
    match event.outcome:
        case EventOutcome.SUCCESS:
            return Clean(tool=event.detail.removeprefix(_NOTHING))
        case EventOutcome.FAIL:
            name, _, tool = event.detail.rpartition(_FOUND)
            return Infected(tool=tool, name=name)
        case EventOutcome.WARNING:
            return NotScanned(reason=event.detail.removeprefix(_UNSCANNED))


def known_scans(files: Sequence[ArchivedFile], events: Iterable[PreservationEvent]) -> dict[ArchivedFile, ScanResult]:
    """Give what is known of each file's scan, by the events of its generation from the first to the last."""
    known: dict[ArchivedFile, ScanResult] = dict.fromkeys(files, UNTOLD)
    delivered = {one.path: one for one in files}
    for event in events:
        if event.type is EventType.VIRUS_CHECK:
            for path in event.objects or delivered:
                if not isinstance(known[delivered[path]], Infected):
                    known[delivered[path]] = scan_heard(event)
    return known
