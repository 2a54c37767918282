"""What is to be verified, and what the catalogue knows of it before the first byte is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.domain.deliveries import Delivery
from ingest.domain.journal import Subject, SubjectKind, entry_key
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The catalogue's packages with their generation, and the digest of every journal entry it has recorded, by key.

    `subjects` are the chains to be read, None for the whole journal and all of storage.
    """

    packages: Mapping[str, int]
    records: Mapping[str, str]
    subjects: frozenset[Subject] | None


def everything(ports: Ports) -> Scope:
    """Take in the whole archive."""
    return _scope(ports, None)


def scope_of(ports: Ports, references: Sequence[str]) -> Scope:
    """Take in packages, or deliveries that came to none, by any id that `find` knows. Raises UnknownSubject."""
    subjects: set[Subject] = set()
    for reference in references:
        package, delivery = ports.catalogue.find(reference)
        subjects.add(Subject(kind=SubjectKind.DELIVERY, id=delivery))
        if package is not None:
            kinds = (SubjectKind.PACKAGE, SubjectKind.ACCESS, SubjectKind.PUBLICATION)
            subjects |= {Subject(kind=kind, id=package) for kind in kinds}
    return _scope(ports, frozenset(subjects))


def _scope(ports: Ports, subjects: frozenset[Subject] | None) -> Scope:
    named = None if subjects is None else {s.id for s in subjects if s.kind is SubjectKind.PACKAGE}
    rows = ports.catalogue.packages()
    if subjects is not None:
        deliveries = (row.delivery_id for row in rows if named is not None and row.package in named)
        subjects |= {Subject(kind=SubjectKind.DELIVERY, id=delivery) for delivery in deliveries}
    return Scope(
        packages={row.package: row.generation for row in rows if named is None or row.package in named},
        records={
            entry_key(record.header.subject, record.header.sequence): record.digest
            for record in ports.catalogue.journal_records()
            if subjects is None or record.header.subject in subjects
        },
        subjects=subjects,
    )


def underway(ports: Ports, package: str) -> bool:
    """Say whether a delivery that is not decided yet is becoming this package, so that it may be half there."""
    try:
        _, delivery_id = ports.catalogue.find(package)
    except UnknownSubject:
        return False
    if _becomes(ports.catalogue.delivery(delivery_id), package):
        return True
    return any(_becomes(ports.catalogue.delivery(d), package) for d in ports.catalogue.runnable())


def _becomes(delivery: Delivery, package: str) -> bool:
    return delivery.package == package and not delivery.is_final
