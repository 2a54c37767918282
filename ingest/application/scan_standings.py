"""What is known of the virus scans of a package's files: by the events of its delivery, and by later scans."""

from collections.abc import Iterator

from ingest.application.generations import line_of
from ingest.application.genuine_entries import entries_backwards
from ingest.application.later_events import events_in
from ingest.domain.conversions import Converted
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import NotScanned, ScanResult
from ingest.domain.provenance import PreservationEvent
from ingest.domain.scans import ArchivedFile, Origin, known_scans, never_published
from ingest.formats.journal import Entry
from ingest.pipeline.step import Ports

_LATER_SCANS = frozenset({EntryType.OBJECTS_SCANNED, EntryType.INFECTION_FOUND})


def scans_of(package: str | None, delivery: str, ports: Ports) -> dict[ArchivedFile, ScanResult]:
    """Give what is known of every file of the generation that a delivery became. Raises DamageFound.

    A correction's files are those of the generation that it corrects, and so are their scans.
    """
    line = tuple(one.id for one in line_of(ports.catalogue.delivery(delivery), ports))
    later = () if package is None else _later_scans(package, line, ports)
    events = (event for one in line for event in ports.catalogue.events(one))
    return known_scans(_files(delivery, ports), (*events, *later))


def infected_bytes(package: ArchivedPackage, ports: Ports) -> frozenset[str]:
    """Give the SHA-256 of all that may never be published, as found in this generation or any other of the package.

    Raises DamageFound.
    """
    deliveries = {package.delivery_id, *generations_with_infections(package.package, ports)}
    barred = (never_published(scans_of(package.package, one, ports)) for one in deliveries)
    return frozenset(file.sha256 for files in barred for file in files)


def unscanned(scans: dict[ArchivedFile, ScanResult]) -> tuple[ArchivedFile, ...]:
    """List the files that no scan has seen whole, delivered ones first."""
    return tuple(file for file, result in scans.items() if isinstance(result, NotScanned))


def with_infections(ports: Ports) -> tuple[ArchivedPackage, ...]:
    """List the packages in which a later scan found anything, in whatever generation, oldest first."""
    found = {
        record.header.subject.id
        for record in ports.catalogue.journal_records()
        if record.header.type is EntryType.INFECTION_FOUND
    }
    return tuple(package for package in ports.catalogue.packages() if package.package in found)


def with_unscanned(ports: Ports) -> tuple[ArchivedPackage, ...]:
    """List the packages whose newest generation has files that no scan has seen whole, oldest first."""
    return tuple(
        package
        for package in ports.catalogue.packages()
        if unscanned(scans_of(package.package, package.delivery_id, ports))
    )


def generations_with_infections(package: str, ports: Ports) -> tuple[str, ...]:
    """Give the deliveries of a package in whose generation a later scan found anything, oldest first."""
    deliveries: list[str] = []
    found = False
    for entry in entries_backwards(Subject(kind=SubjectKind.PACKAGE, id=package), ports):
        found = found or entry.header.type is EntryType.INFECTION_FOUND
        if entry.header.type is EntryType.PACKAGE_STORED and isinstance(entry.body, dict):
            deliveries += [entry.body["delivery_id"]] if found else []
            found = False
    return tuple(reversed(deliveries))


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


def _later_scans(package: str, line: tuple[str, ...], ports: Ports) -> tuple[PreservationEvent, ...]:
    """Give the scans that were made of these deliveries' generations: the next has other bytes under the same names."""
    scans: list[Entry] = []
    for entry in entries_backwards(Subject(kind=SubjectKind.PACKAGE, id=package), ports):
        if entry.header.type in _LATER_SCANS:
            scans.append(entry)
        elif entry.header.type is EntryType.PACKAGE_STORED:
            stored = _delivery_of(entry)
            if stored == line[0]:
                break
            if stored not in line:
                scans.clear()
    return tuple(_oldest_first(scans))


def _delivery_of(entry: Entry) -> str | None:
    return entry.body["delivery_id"] if isinstance(entry.body, dict) else None


def _oldest_first(backwards: list[Entry]) -> Iterator[PreservationEvent]:
    for entry in reversed(backwards):
        yield from events_in(entry)
