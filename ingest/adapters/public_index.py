"""The reading room's index as its only writer has it: SQLite beside an embedded archive, PostgreSQL of a server."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, event, inspect, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ingest.adapters.public_erasure import before_words_go, erase_removed_words, overwrite_pages
from ingest.adapters.sql.engine import Database, sqlite_engine
from ingest.adapters.sql.faults import catalogue_fault
from ingest.adapters.sql.postgres import postgres_engine, server_url
from ingest.errors import ConfigurationError, DamageFound
from ingest.public_ports import Listing
from schemas.public_index import IndexedRecord, indexed, vector, withdrawn
from schemas.public_standing import MADE_AS, STANDING, Standing
from schemas.public_store import INDEX_NAME, POSTGRESQL, SQLITE, IndexSql, State

_MAKING: Final = 7_304_112  # any number that nobody else locks by
_SHOWN = text("SELECT id FROM entries WHERE state = 'listed' AND id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_KNOWN = text("SELECT id FROM entries WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
_LISTINGS = text("SELECT id, record, changed_at FROM entries WHERE state = 'listed' AND id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_LISTED_AFTER = text(
    "SELECT position, id FROM entries WHERE state = 'listed' AND position > :position ORDER BY position LIMIT :most"
)
_ENTRY = text("SELECT state, record, text FROM entries WHERE id = :id")
_RENAME = text("UPDATE layout SET value = :value WHERE name = :name")
_LAST = text("SELECT max(changed_at) FROM entries")
_AT_A_TIME: Final = 500
"""Ids in one question: databases bound how many a statement may name, packages do not."""
_SECONDS: Final = "%Y-%m-%dT%H:%M:%SZ"


@contextmanager
def open_public_index(address: str | Path) -> Iterator["SqlPublicIndex"]:
    """Open the index for writing, made first if need be: a file, or the address of a PostgreSQL database.

    In a file nothing is left of what was removed when it is closed again, nor when a withdrawal has returned.

    Raises ConfigurationError for an index of another layout, DamageFound, CatalogueUnavailable.
    """
    if isinstance(address, Path):
        # Rollback journal, SQLite's default: whoever may only read can open it.
        engine = sqlite_engine(address, "mode=rwc")
        event.listen(engine, "connect", overwrite_pages)
        database, sql = Database(engine, str(address), _faults), SQLITE
    else:
        database, sql = Database(_server(address), "PostgreSQL (public)", _faults), POSTGRESQL
    try:
        _make(database, sql)
        index = SqlPublicIndex(database, sql)
        yield index
        index.erase()
    finally:
        database.close()


@contextmanager
def _faults(place: str) -> Iterator[None]:
    """Tell damage of the index with what to do about it: no copy of it is kept, since it can be made anew."""
    try:
        yield
    except SQLAlchemyError as error:
        fault = catalogue_fault(error, place)
        if not isinstance(fault, DamageFound):
            raise fault from error
        raise DamageFound(
            f"Läsesalens index {place} är skadat. Ta bort det och kör `earkiv publish --all`.",
            f"The reading room's index {place} is damaged. Remove it and run `earkiv publish --all`.",
        ) from error


class SqlPublicIndex:
    """The index in a database whose tables are made."""

    def __init__(self, database: Database, sql: IndexSql) -> None:
        """Take over an open database."""
        self._database = database
        self._sql = sql

    def show(
        self, record: Mapping[str, Any], content: str, now: Callable[[], datetime], is_decided: Callable[[], bool]
    ) -> bool:
        """See PublicIndex."""
        row = indexed(record, content)
        entry = {"id": row.id, "state": State.LISTED, "part_of": row.part_of, "record": row.record, "text": row.text}
        with self._changing() as connection:
            if not is_decided():
                return False
            if _stands(connection, row):
                return True
            position = self._put(connection, {**entry, "sets": row.sets}, now())
            connection.execute(text(self._sql.add_words), {"entry": position, **self._words(row)})
            facets = [{"entry": position, "facet": facet, "value": value} for facet, value in row.facets]
            for statement in (self._sql.add_value, self._sql.add_facet) if facets else ():
                connection.execute(text(statement), facets)
        return True

    def withdraw(self, ids: Collection[str], now: Callable[[], datetime]) -> frozenset[str]:
        """See PublicIndex."""
        with self._changing() as connection:
            listed = _shown(connection, ids)
            for public_id in sorted(listed):
                self._put(connection, withdrawn(public_id), now())
        self.erase()
        return listed

    def while_unlisted(self, public_id: str, work: Callable[[], None]) -> None:
        """See PublicIndex."""
        with self._changing() as connection:
            if not _shown(connection, (public_id,)):
                work()

    def erase(self) -> None:
        """Overwrite what removed entries were found by. They are found no more already.

        PostgreSQL keeps it from whoever asks, and on its disk until it is vacuumed (docs/how-to/reading-room.md).
        """
        if self._database.one_host:
            erase_removed_words(self._database)

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """See PublicIndex."""
        with self._database.reading() as connection:
            rows = (connection.execute(_KNOWN, {"ids": part}).scalars() for part in _parts(ids))
            return frozenset(found for part in rows for found in part)

    def shown(self, ids: Collection[str]) -> frozenset[str]:
        """See PublicIndex."""
        with self._database.reading() as connection:
            return _shown(connection, ids)

    def listings(self, ids: Collection[str]) -> Mapping[str, Listing]:
        """See PublicIndex."""
        with self._database.reading() as connection:
            rows = [row for part in _parts(ids) for row in connection.execute(_LISTINGS, {"ids": part})]
        return {
            row.id: Listing(level=json.loads(row.record)["level"], since=datetime.fromisoformat(row.changed_at))
            for row in rows
        }

    def records(self, ids: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        """See PublicIndex."""
        with self._database.reading() as connection:
            rows = [row for part in _parts(ids) for row in connection.execute(_LISTINGS, {"ids": part})]
        return {row.id: json.loads(row.record) for row in rows}

    def standing(self) -> Standing:
        """See PublicIndex."""
        with self._database.reading() as connection:
            return _standing(connection)

    def while_standing(self, tell: Callable[[Standing], None]) -> None:
        """See PublicIndex."""
        with self._changing() as connection:
            tell(_standing(connection))

    def rename(self) -> None:
        """See PublicIndex."""
        with self._changing() as connection:
            connection.execute(_RENAME, {"name": INDEX_NAME, "value": uuid4().hex})

    def listed_after(self, position: int, limit: int) -> Mapping[int, str]:
        """See PublicIndex."""
        with self._database.reading() as connection:
            rows = connection.execute(_LISTED_AFTER, {"position": position, "most": limit})
            return {row.position: row.id for row in rows}

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        with self._database.writing() as connection:
            for statement in self._sql.lock:
                connection.execute(text(statement))
            yield connection

    def _put(self, connection: Connection, entry: Mapping[str, object], at: datetime) -> int:
        """Put an entry in the place of an earlier one, as the last change of all, and give its position."""
        position: int = connection.execute(text(self._sql.next_position)).scalar_one()
        last: str | None = connection.execute(_LAST).scalar_one()
        if self._database.one_host and _shown(connection, [str(entry["id"])]):
            before_words_go(connection)
        for statement in self._sql.remove:
            connection.execute(text(statement), {"id": entry["id"]})
        # Clocks are set back; what was told of a change before this one stays true.
        changed_at = max(at.astimezone(UTC).strftime(_SECONDS), last or "")
        connection.execute(text(self._sql.add_entry), {**entry, "position": position, "changed_at": changed_at})
        return position

    def _words(self, row: IndexedRecord) -> dict[str, str]:
        if self._sql is POSTGRESQL:
            stems = vector(row.words, title=row.title)
            return {"stems": stems, "plain": vector(row.plain_words), "marks": vector(row.marks)}
        written = {"title": row.title, "stems": row.words, "plain": row.plain_words, "marks": row.marks}
        return {column: " ".join(words) for column, words in written.items()}


def _stands(connection: Connection, row: IndexedRecord) -> bool:
    found = connection.execute(_ENTRY, {"id": row.id}).one_or_none()
    return found is not None and tuple(found) == (State.LISTED, row.record, row.text)


def _shown(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    return frozenset(found for part in _parts(ids) for found in connection.execute(_SHOWN, {"ids": part}).scalars())


def _standing(connection: Connection) -> Standing:
    name, position = connection.execute(text(STANDING)).one()
    return Standing(index=name, position=position)


def _parts(ids: Collection[str]) -> Iterator[list[str]]:
    asked = sorted(ids)
    return (asked[start : start + _AT_A_TIME] for start in range(0, len(asked), _AT_A_TIME))


def _server(address: str) -> Engine:
    try:
        return postgres_engine(server_url(address))
    except (ArgumentError, SQLAlchemyError) as error:
        raise catalogue_fault(error, "EARKIV_PUBLIC_DATABASE") from error


def _make(database: Database, sql: IndexSql) -> None:
    with database.writing() as connection:
        if not database.one_host:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MAKING})
        if not inspect(connection).has_table("layout"):
            for statement in sql.create:
                connection.execute(text(statement))
            # An index made anew has other positions: by its name, harvesters are told to begin again.
            for name, value in {**MADE_AS, INDEX_NAME: uuid4().hex}.items():
                connection.execute(text("INSERT INTO layout VALUES (:name, :value)"), {"name": name, "value": value})
        rows = connection.execute(text("SELECT name, value FROM layout"))
        made_as: dict[str, str] = {row.name: row.value for row in rows if row.name in MADE_AS}
    if made_as != MADE_AS:
        raise ConfigurationError(
            f"Läsesalens index {database.place} är av ett annat slag ({made_as}). Ta bort det och kör "
            "`earkiv publish --all`.",
            f"The reading room's index {database.place} is of another kind ({made_as}). Remove it and run "
            "`earkiv publish --all`.",
        )
