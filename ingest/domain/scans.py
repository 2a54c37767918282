"""What is known of the virus scan of each file in an archived package: told by events, the last one counts.

What was found once stays found: a later scan that finds nothing takes it back for nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from ingest.domain.packages import UNTOLD, Clean, Infected, NotScanned, ScanResult
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome, EventType, PreservationEvent


class Origin(StrEnum):
    """Where a file of a package comes from."""

    DELIVERED = "delivered"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """A file of a package's generation: size in bytes, SHA-256, and `ordinal`, the number of what was delivered.

    `path` is the path as delivered; of a preservation copy it is the path in the AIP, and `ordinal` its source's.
    """

    origin: Origin
    ordinal: int
    path: PackagePath
    size: int
    sha256: str

    @property
    def number(self) -> str:
        """What it is called where its name is to be short: no other file of the generation is."""
        return f"{self.origin} {self.ordinal}"


def scan_told(result: ScanResult) -> tuple[EventOutcome, str]:
    """Say how a virus check ended, as an event's outcome and detail: words for people, read by no program."""
    match result:
        case Clean(tool=tool):
            return EventOutcome.SUCCESS, f"nothing found by {tool}"
        case Infected(tool=tool, name=name):
            return EventOutcome.FAIL, f"{name} found by {tool}"
        case NotScanned(reason=reason):
            return EventOutcome.WARNING, f"not scanned: {reason}"


def scan_heard(event: PreservationEvent) -> ScanResult:
    """Give what a virus check came to; of one that only words tell of (an earlier version's), by its outcome."""
    match event.scan, event.outcome:
        case (result, *_), _:
            return result
        case _, EventOutcome.SUCCESS:
            return Clean(tool=event.detail)
        case _, EventOutcome.FAIL:
            return Infected(tool="", name=event.detail)
        case _, EventOutcome.WARNING:
            return NotScanned(reason=event.detail)
        case _, outcome:
            assert_never(outcome)


def known_scans(files: Sequence[ArchivedFile], events: Iterable[PreservationEvent]) -> dict[ArchivedFile, ScanResult]:
    """Give what is known of each file's scan, by the events of its generation from the first to the last."""
    known: dict[ArchivedFile, ScanResult] = dict.fromkeys(files, UNTOLD)
    named = {(one.origin, one.path): one for one in files}
    for event in events:
        if event.type is EventType.VIRUS_CHECK:
            for one in _looked_at(event, named):
                if not isinstance(known[one], Infected):
                    known[one] = scan_heard(event)
    return known


def never_published(scans: Mapping[ArchivedFile, ScanResult]) -> frozenset[ArchivedFile]:
    """Give the files of a generation that may never be published: what is infected, and every copy made of it.

    Whoever carries content over to the public asks this first. What is only not scanned is the agreement's to judge.
    """
    infected = frozenset(file for file, result in scans.items() if isinstance(result, Infected))
    sources = frozenset(file.ordinal for file in infected if file.origin is Origin.DELIVERED)
    copies = frozenset(file for file in scans if file.origin is Origin.COPY and file.ordinal in sources)
    return infected | copies


def _looked_at(
    event: PreservationEvent, named: Mapping[tuple[Origin, PackagePath], ArchivedFile]
) -> Iterator[ArchivedFile]:
    if event.objects or event.derived:
        yield from (named[Origin.DELIVERED, path] for path in event.objects)
        yield from (named[Origin.COPY, path] for path in event.derived)
    else:
        yield from (one for one in named.values() if one.origin is Origin.DELIVERED)
