"""The record of what is done and read at the desk: a chain of the journal for each day (UTC), durable before it shows.

The days follow on one another (`desk_days`): the chain of each begins where that of the day before was closed.

Visits are written together: at most one entry a second, however many come, and whoever waits for theirs is shown
nothing before it is on every replica.
"""

from dataclasses import dataclass, field
from datetime import date
from threading import Condition
from typing import Final

from ingest.application.desk_days import chain_of, place_on
from ingest.application.genuine_entries import entries_backwards
from ingest.domain.desk_use import DeskUse
from ingest.domain.journal import EntryType
from ingest.domain.people import Deed, Person
from ingest.errors import ObjectExists
from ingest.formats.wire import from_json, to_json
from ingest.pipeline.evidence import append
from ingest.pipeline.step import Ports

PAUSE_SECONDS: Final = 1.0
_USES: Final = "uses"


@dataclass(slots=True)
class _Batch:
    """Visits that are written together; `fault` is why they could not be."""

    uses: list[DeskUse] = field(default_factory=list)
    is_over: bool = False
    fault: BaseException | None = None


class DeskRecord:
    """Writes the record; shared by threads, of which one writes for all that wait."""

    def __init__(self, ports: Ports, pause: float = PAUSE_SECONDS) -> None:
        """Write through these ports, an entry every `pause` seconds at most."""
        self._ports = ports
        self._pause = pause
        self._turn = Condition()
        self._open = _Batch()
        self._is_writing = False
        self._next = ports.clock.seconds()

    def note(self, *uses: DeskUse) -> None:
        """Record visits; they are durable on return. Raises what writing the entry raises: then show nothing."""
        with self._turn:
            batch = self._open
            batch.uses.extend(uses)
            self._await(batch)
            if not batch.is_over:
                self._is_writing, self._open = True, _Batch()
        if not batch.is_over:
            self._write(batch)
        if batch.fault is not None:
            raise batch.fault

    def _await(self, batch: _Batch) -> None:
        """Wait until the batch is written, or it is this thread's turn to write it."""
        while not batch.is_over:
            left = self._next - self._ports.clock.seconds()
            if self._is_writing:
                self._turn.wait()
            elif left > 0:
                self._turn.wait(left)
            else:
                return

    def _write(self, batch: _Batch) -> None:
        try:
            _append(tuple(batch.uses), self._ports)
        except BaseException as fault:  # noqa: BLE001 - all who wait are told, and `note` raises it in each
            batch.fault = fault
        with self._turn:
            batch.is_over, self._is_writing = True, False
            self._next = self._ports.clock.seconds() + self._pause
            self._turn.notify_all()


def _append(uses: tuple[DeskUse, ...], ports: Ports) -> None:
    """Write an entry after the record's last; another process that writes the same chain may be quicker, then again."""
    at = ports.clock.now()
    while True:
        place = place_on(at.date(), ports)
        try:
            append(ports, place.slot(at, ports), EntryType.DESK_USED, {_USES: to_json(uses)})
        except ObjectExists:
            if place_on(at.date(), ports) == place:
                raise
        else:
            return


def uses_on(day: date, person: Person, ports: Ports) -> tuple[DeskUse, ...]:
    """Give what was done and read on a day (UTC), the last first. Raises NotPermitted, DamageFound."""
    person.require(Deed.READ_JOURNAL)
    return tuple(
        use
        for entry in entries_backwards(chain_of(day), ports)
        if entry.header.type is EntryType.DESK_USED and isinstance(entry.body, dict)
        for use in reversed(from_json(entry.body[_USES], tuple[DeskUse, ...]))
    )
