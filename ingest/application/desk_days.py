"""The days of the desk's record, each a chain of its own, and how one leads to the next.

Before the first entry of a day the chain before it is closed by an entry that names that day, and the first entry
builds on that one: a day that is removed, or the end of one, is missed by the day after it. Whatever is written takes
the one place that is next, so that of several processes, whose clocks may differ, none writes into a closed day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ingest.application.genuine_entries import entries_backwards
from ingest.domain.journal import EntryType, JournalRecord, Subject, SubjectKind
from ingest.errors import DamageFound, ObjectExists
from ingest.pipeline.evidence import Slot, append, catch_up
from ingest.pipeline.step import Ports

_NEXT = "next"
_FOLDER = f"journal/{SubjectKind.DESK}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place that the next entry of the record takes; `previous` is the digest of the one before it, "" for none."""

    subject: Subject
    sequence: int
    previous: str

    def slot(self, at: datetime, ports: Ports) -> Slot:
        """Reserve it, to be signed by the key that signs now."""
        return Slot(
            subject=self.subject,
            sequence=self.sequence,
            previous=self.previous,
            at=at,
            salt=ports.ids.secret(),
            key=ports.signer.key_id,
        )


def chain_of(day: date) -> Subject:
    """Give the chain of a day."""
    return Subject(kind=SubjectKind.DESK, id=day.isoformat())


def place_on(day: date, ports: Ports) -> Place:
    """Give the place of the next entry on a day, after the days before it are closed.

    Where a later day has begun, by another machine's clock, it is there. Raises EarkivError.
    """
    while True:
        place = _next_place(ports)
        if place is None:
            return Place(subject=chain_of(day), sequence=1, previous="")
        if place.subject.id >= day.isoformat():
            return place
        _close(place, day, ports)


def _close(place: Place, day: date, ports: Ports) -> None:
    """Close the chain that the place is in, unless another was quicker to write there, whatever it wrote."""
    slot = place.slot(ports.clock.now(), ports)
    try:
        append(ports, slot, EntryType.DESK_DAY_CLOSED, {_NEXT: day.isoformat()})
    except ObjectExists:
        if _next_place(ports) == place:
            raise


def _next_place(ports: Ports) -> Place | None:
    """Find the end of the record, also where whoever wrote last was killed before recording it; None = no record."""
    last = _last(ports)
    while last is not None:
        if last.header.type is not EntryType.DESK_DAY_CLOSED:
            return Place(subject=last.header.subject, sequence=last.header.sequence + 1, previous=last.digest)
        following = _following(last, ports)
        catch_up(ports, following)
        newest = _last(ports)
        if newest == last:
            return Place(subject=following, sequence=1, previous=last.digest)
        last = newest
    return None


def _last(ports: Ports) -> JournalRecord | None:
    known = ports.catalogue.last_record(SubjectKind.DESK)
    subject = _first_stored(ports) if known is None else known.header.subject
    if subject is None:
        return None
    catch_up(ports, subject)
    return ports.catalogue.last_record(SubjectKind.DESK)


def _first_stored(ports: Ports) -> Subject | None:
    """Give the first day that any replica has."""
    keys = [key for store in ports.replicas if (key := next(iter(store.keys(_FOLDER)), None)) is not None]
    return Subject(kind=SubjectKind.DESK, id=min(keys).split("/")[-2]) if keys else None


def _following(closed: JournalRecord, ports: Ports) -> Subject:
    """Give the day that a closing entry names. Raises DamageFound where no replica has it whole."""
    for entry in entries_backwards(closed.header.subject, ports):
        if entry.header.sequence == closed.header.sequence and isinstance(entry.body, dict):
            return chain_of(date.fromisoformat(entry.body[_NEXT]))
    raise DamageFound(
        f"Posten som avslutar {closed.header.subject.id} går inte att läsa.",
        f"The entry that closes {closed.header.subject.id} cannot be read.",
    )
