"""What is known of the virus scans of a package's files: by the events of its delivery, and by later scans."""

from collections.abc import Iterator

from ingest.application.genuine_entries import entries_backwards
from ingest.application.later_events import events_in
from ingest.domain.conversions import Converted
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import NotScanned, ScanResult
from ingest.domain.provenance import PreservationEvent
from ingest.domain.scans import ArchivedFile, Origin, known_scans
from ingest.formats.journal import Entry
from ingest.pipeline.step import Ports


def scans_of(package: str | None, delivery: str, ports: Ports) -> dict[ArchivedFile, ScanResult]:
    """Give what is known of every file of the generation that a delivery became. Raises DamageFound."""
    later = () if package is None else _later_scans(package, delivery, ports)
    return known_scans(_files(delivery, ports), (*ports.catalogue.events(delivery), *later))


def unscanned(scans: dict[ArchivedFile, ScanResult]) -> tuple[ArchivedFile, ...]:
    """List the files that no scan has seen whole, delivered ones first."""
    return tuple(file for file, result in scans.items() if isinstance(result, NotScanned))


def _files(delivery: str, ports: Ports) -> tuple[ArchivedFile, ...]:
    return (*_delivered(delivery, ports), *_copies(delivery, ports))


def _delivered(delivery: str, ports: Ports) -> Iterator[ArchivedFile]:
    for one in ports.catalogue.staged(delivery):
        yield ArchivedFile(
            origin=Origin.DELIVERED, ordinal=one.ordinal, path=one.path, size=one.size, sha256=one.sha256
        )


def _copies(delivery: str, ports: Ports) -> Iterator[ArchivedFile]:
    for one in ports.catalogue.conversions(delivery):
        if isinstance(made := one.outcome, Converted):
            yield ArchivedFile(
                origin=Origin.COPY, ordinal=one.ordinal, path=one.aip_path, size=made.size, sha256=made.sha256
            )


def _later_scans(package: str, delivery: str, ports: Ports) -> tuple[PreservationEvent, ...]:
    """Give the scans that were made of this delivery's generation: the next has other bytes under the same names."""
    scans: list[Entry] = []
    for entry in entries_backwards(Subject(kind=SubjectKind.PACKAGE, id=package), ports):
        if entry.header.type is EntryType.OBJECTS_SCANNED:
            scans.append(entry)
        elif entry.header.type is EntryType.PACKAGE_STORED:
            if _is_of(entry, delivery):
                break
            scans.clear()
    return tuple(_oldest_first(scans))


def _is_of(entry: Entry, delivery: str) -> bool:
    return isinstance(entry.body, dict) and entry.body["delivery_id"] == delivery


def _oldest_first(backwards: list[Entry]) -> Iterator[PreservationEvent]:
    for entry in reversed(backwards):
        yield from events_in(entry)
