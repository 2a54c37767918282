"""Connections and transactions: how SQLite is opened, and the only two ways to speak to the database."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import QueuePool

from ingest.adapters.sql.faults import faults_of

Insert = sqlite.Insert | postgresql.Insert
"""An INSERT that can say what happens on conflict; SQLite took the clause over from PostgreSQL."""

BUSY_SECONDS: Final = 30.0
_PRAGMAS: Final = ("foreign_keys = ON", "synchronous = FULL", "cache_size = -32768")


class Database:
    """Transactions on one database, `place` its name in texts; every fault leaves it as an EarkivError.

    `faults` says what its own faults are called; what else is raised within a transaction is left as it is.
    """

    def __init__(
        self, engine: Engine, place: str, faults: Callable[[str], AbstractContextManager[None]] = faults_of
    ) -> None:
        self._engine = engine
        self._faults = faults
        self._reader = _reader(engine)
        self._once: dict[str, Insert] = {}
        self.place = place

    @property
    def one_host(self) -> bool:
        """Whether all who use the database are processes of one machine."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection on which each statement sees one state of the database."""
        with self._faults(self.place), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection for one write transaction, durable when the `with` block ends, undone when it raises."""
        with self._faults(self.place), self._engine.begin() as connection:
            yield connection

    def execute_bare(self, statement: str) -> None:
        """Execute a statement outside any transaction."""
        with self.reading() as connection:
            connection.exec_driver_sql(statement).close()

    def insert(self, table: Table) -> Insert:
        """Begin an INSERT that can say what happens on conflict."""
        return sqlite.insert(table) if self.one_host else postgresql.insert(table)

    def insert_new(self, table: Table) -> Insert:
        """Give the INSERT that leaves alone what is there already and counts what is new; compiled once."""
        if table.name not in self._once:
            # Otherwise SQLAlchemy answers -1 for an INSERT on PostgreSQL, and whoever lost would seem to have won.
            counted = self.insert(table).execution_options(preserve_rowcount=True)
            self._once[table.name] = counted.on_conflict_do_nothing()
        return self._once[table.name]

    def insert_once(self, name: str, build: Callable[[], Insert]) -> Insert:
        """Give the INSERT of that name, built once: SQLAlchemy builds one more slowly than it runs one."""
        if name not in self._once:
            self._once[name] = build()
        return self._once[name]

    def insert_adding(self, table: Table, *columns: str) -> Insert:
        """Give the INSERT that adds what these columns say to a row that is there already; built once for a table."""
        name = f"+{table.name}"
        if name not in self._once:
            insert = self.insert(table)
            more = {column: table.c[column] + insert.excluded[column] for column in columns}
            self._once[name] = insert.on_conflict_do_update(index_elements=[*table.primary_key], set_=more)
        return self._once[name]

    def close(self) -> None:
        """Close every connection; SQLite then folds its log into the file."""
        self._engine.dispose()


def sqlite_engine(path: Path, access: str) -> Engine:
    """Make an engine for a file, `access` being SQLite's own words: `mode=rwc`, `mode=ro`, `mode=ro&immutable=1`."""
    address = f"file:{quote(str(path.absolute()))}?{access}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - a pool's private record
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # The driver begins nothing by itself (isolation_level None): SQLAlchemy's documented way to real transactions.
    # IMMEDIATE: a transaction that reads first and writes later could find the lock taken, without waiting for it.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _reader(engine: Engine) -> Engine:
    """Give an engine on the same connections that begins no transactions: every query is one statement."""
    if engine.dialect.name == "sqlite":
        return create_engine("sqlite://", pool=engine.pool)
    return engine.execution_options(isolation_level="AUTOCOMMIT")
