"""The chain of the journal that tells what was carried over from a package to the reading room, and by whom.

It is written before anything is shown: nothing is there of which nobody knows who let it be. What a decision closes is
taken out at once and stands in the chains of decisions; here stands what publishing found to be taken out.
"""

from ingest.application.access_standing import Stood
from ingest.application.genuine_entries import entries_backwards
from ingest.application.reading_room import ReadingRoom, shown_before
from ingest.domain.access.levels import Level
from ingest.domain.access.publications import CarriedOver, Publication
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.people import Deed, Person
from ingest.domain.publication import PublicUnit
from ingest.formats.wire import from_json, to_json
from ingest.pipeline.evidence import append_next
from ingest.pipeline.step import Ports


def publication_chain(package: str) -> Subject:
    """Give the chain of what was carried over from a package."""
    return Subject(kind=SubjectKind.PUBLICATION, id=package)


def publications_of(package: str, ports: Ports) -> tuple[Publication, ...]:
    """Give every change of what the reading room shows of a package, the last first. Raises DamageFound."""
    return tuple(from_json(entry.body, Publication) for entry in entries_backwards(publication_chain(package), ports))


def changed_units(units: tuple[PublicUnit, ...], room: ReadingRoom) -> tuple[PublicUnit, ...]:
    """Give the units that the reading room does not show as they are now."""
    listed = room.index.shown(tuple(unit.id for unit in units))
    return tuple(unit for unit in units if unit.id not in listed or not _is_the_same(unit, room))


def note_publication(
    found: Stood, changed: tuple[PublicUnit, ...], withdrawn: frozenset[str], person: Person, deed: Deed, ports: Ports
) -> None:
    """Journal what is about to be shown and what was taken out, by whose deed; where nothing changes, nothing.

    Raises NotPermitted, EarkivError.
    """
    if not changed and not withdrawn:
        return
    made = Publication(
        package=found.package.package,
        generation=found.package.generation,
        by=person.name,
        subject=person.subject,
        role=person.acting(deed),
        at=ports.clock.now(),
        shown=tuple(_carried(unit, found) for unit in changed),
        withdrawn=tuple(sorted(withdrawn)),
    )
    append_next(ports, publication_chain(made.package), made.at, EntryType.RECORDS_PUBLISHED, to_json(made))


def _is_the_same(unit: PublicUnit, room: ReadingRoom) -> bool:
    before = shown_before(room, unit.id) or {}
    return {name: said for name, said in before.items() if name != "released"} == dict(unit.record)


def _carried(unit: PublicUnit, found: Stood) -> CarriedOver:
    decision = found.standing.units[unit.key].decision
    named = "" if decision is None else decision.id
    return CarriedOver(key=unit.key, id=unit.id, level=Level(unit.record["level"]), decision=named)
