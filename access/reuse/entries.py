"""What open data asks of the public index, in statements that SQLite and PostgreSQL understand alike."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from access.database import IndexUnavailable, Query
from access.reuse.dates import ALWAYS, Window, datestamp
from schemas.public_index import CLASS_SETS, CREATOR_SETS, OaiSet, sets_of
from schemas.public_store import INDEX_NAME, State

Row = Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the index; a withdrawn one tells its id and time alone."""

    id: str
    position: int
    changed_at: datetime
    state: State
    record: str
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that a listed entry has, and when that changed."""

    id: str
    kind: Literal["case", "record"]
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which entries: those in the window, and in the set or below it (None = in any or none).

    What is withdrawn is in every set: nobody is to tell from it what it was, and no harvester is to miss it.
    """

    window: Window = ALWAYS
    set: str | None = None


_COLUMNS = "id, position, changed_at, state, record, sets"
_SELECTED = """
    FROM entries WHERE position > :after AND position >= :first AND position <= :last
      AND (state = 'withdrawn' OR replace(sets, :whole, '') <> sets OR replace(sets, :below, '') <> sets)"""
_ENTRY = f"SELECT {_COLUMNS} FROM entries WHERE id = :id"  # noqa: S608 - made of constants alone
_PAGE = f"SELECT {_COLUMNS} {_SELECTED} ORDER BY position LIMIT :limit"
_BEFORE = f"SELECT {_COLUMNS} {_SELECTED} ORDER BY position DESC LIMIT 1"
_COUNT = f"SELECT count(*) {_SELECTED}"
_EARLIEST = "SELECT changed_at FROM entries ORDER BY position LIMIT 1"
# Times never go back from one position to the next, so a window is a stretch of positions.
_FIRST = "SELECT position FROM entries WHERE changed_at >= :moment ORDER BY changed_at, position LIMIT 1"
_LAST = "SELECT position FROM entries WHERE changed_at <= :moment ORDER BY changed_at DESC, position DESC LIMIT 1"
_NAME = "SELECT value FROM layout WHERE name = :name"
_SETS = """
    SELECT e.record FROM (SELECT max(position) AS example FROM entries WHERE state = 'listed' GROUP BY sets) AS s
    JOIN entries AS e ON e.position = s.example"""
_NEWEST = f"SELECT {_COLUMNS} FROM entries WHERE state = 'listed' ORDER BY position DESC LIMIT :limit"  # noqa: S608 - made of constants alone
_LISTED = (
    "SELECT id, changed_at, record FROM entries WHERE state = 'listed' ORDER BY position LIMIT :limit OFFSET :offset"
)
_HOW_MANY = "SELECT count(*), max(changed_at) FROM entries WHERE state = 'listed'"
_BEYOND = 1 << 62
_ANY_SET = "["
_UPPERMOST = (
    OaiSet(spec=CREATOR_SETS, name="Arkivbildare / Archival creators"),
    OaiSet(spec=CLASS_SETS, name="Klasser / Classes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The index as open data reads it."""

    query: Query

    def index_name(self) -> str:
        """Give the name that the index got when it was made; one made anew has another. Raises IndexUnavailable."""
        rows = self.query(_NAME, {"name": INDEX_NAME})
        if not rows:
            raise IndexUnavailable("The index has no name: it was not made by this program")
        name: str = rows[0][0]
        return name

    def entry(self, public_id: str) -> Entry | None:
        """Give the entry, listed or withdrawn."""
        return next(map(_entry, self.query(_ENTRY, {"id": public_id})), None)

    def page(self, selection: Selection, *, after: int, limit: int) -> tuple[Entry, ...]:
        """Give the first `limit` entries of a selection after a position, in the order of positions."""
        return tuple(map(_entry, self.query(_PAGE, {**self._bounds(selection), "after": after, "limit": limit})))

    def last_of(self, selection: Selection) -> Entry | None:
        """Give the last entry of a selection."""
        return next(map(_entry, self.query(_BEFORE, {**self._bounds(selection), "after": -1})), None)

    def count(self, selection: Selection) -> int:
        """Count a selection."""
        counted: int = self.query(_COUNT, {**self._bounds(selection), "after": -1})[0][0]
        return counted

    def earliest(self) -> datetime | None:
        """Give the lowest datestamp; None = there is no entry. No datestamp will ever be lower."""
        return next((datetime.fromisoformat(row[0]) for row in self.query(_EARLIEST, {})), None)

    def sets(self) -> tuple[OaiSet, ...]:
        """Give every set that a listed entry lies in, and those above them."""
        found = {each.spec: each for (record,) in self.query(_SETS, {}) for each in sets_of(json.loads(record))}
        above = (each for each in _UPPERMOST if any(spec.startswith(f"{each.spec}:") for spec in found))
        return tuple(sorted((*found.values(), *above), key=lambda each: each.spec))

    def newest(self, limit: int) -> tuple[Entry, ...]:
        """Give the listed entries that changed last, the last one first."""
        return tuple(map(_entry, self.query(_NEWEST, {"limit": limit})))

    def listed(self, *, offset: int, limit: int) -> Iterator[Page]:
        """Give the pages of listed entries, in the order of positions."""
        rows = self.query(_LISTED, {"limit": limit, "offset": offset})
        return (_page(*row) for row in rows)

    def how_many_listed(self) -> tuple[int, datetime | None]:
        """Count the listed entries, and say when the last of them changed."""
        count, latest = self.query(_HOW_MANY, {})[0]
        return count, None if latest is None else datetime.fromisoformat(latest)

    def _bounds(self, selection: Selection) -> dict[str, object]:
        asked = selection.window
        first = 0 if asked.start is None else self._position(_FIRST, asked.start, otherwise=_BEYOND)
        last = _BEYOND if asked.end is None else self._position(_LAST, asked.end, otherwise=0)
        whole, below = (_ANY_SET, _ANY_SET) if selection.set is None else (f'"{selection.set}"', f'"{selection.set}:')
        return {"first": first, "last": last, "whole": whole, "below": below}

    def _position(self, statement: str, moment: datetime, *, otherwise: int) -> int:
        rows = self.query(statement, {"moment": datestamp(moment)})
        return next((int(row[0]) for row in rows), otherwise)


def _entry(row: Row) -> Entry:
    public_id, position, changed_at, state, record, sets = row
    return Entry(
        id=public_id,
        position=position,
        changed_at=datetime.fromisoformat(changed_at),
        state=State(state),
        record=record,
        sets=tuple(json.loads(sets)),
    )


def _page(public_id: str, changed_at: str, record: str) -> Page:
    return Page(id=public_id, kind=json.loads(record)["kind"], changed_at=datetime.fromisoformat(changed_at))
