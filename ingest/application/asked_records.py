"""Which record of the archive somebody asks for who knows its public id alone."""

from dataclasses import dataclass

from ingest.domain.access.units import UnitKey
from ingest.domain.people import Deed, Person
from ingest.pipeline.public_records import known_ids
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRecord:
    """A unit of a package."""

    package: str
    key: UnitKey


def asked_record(public_id: str, person: Person, ports: Ports) -> AskedRecord | None:
    """Find the unit that was carried over under an id; None where no package has it. Raises NotPermitted.

    Ids are derived, never stored: every package that was decided on is asked, one after the other.
    """
    person.require(Deed.READ_REQUESTS)
    for package in ports.catalogue.decided_packages():
        for key, known in known_ids(package, ports).items():
            if known == public_id:
                return AskedRecord(package=package, key=key)
    return None
