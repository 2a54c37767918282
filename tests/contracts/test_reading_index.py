"""Every index of the reading room against its contract."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from access.database import IndexUnavailable, SqliteQuery
from access.index import ReadingIndex
from access.postgres import PostgresQuery
from access.postgres_words import PostgresWords
from access.sql_index import SqlIndex
from access.sqlite_words import SqliteWords
from schemas.public_index import Facet, vector
from schemas.public_store import POSTGRESQL
from tests.contracts.reading_index import ReadingIndexContract
from tests.fakes.public_room import NEVER, SmallRoom, small_room
from tests.fakes.public_writer import File, PublicWriter
from tests.servers.postgres import Postgres


class TestSqliteIndex(ReadingIndexContract):
    """The embedded index."""

    @pytest.fixture
    def index(self, room: SmallRoom) -> Iterator[ReadingIndex]:
        """The room's index, opened read-only."""
        query = SqliteQuery(room.writer.index)
        yield SqlIndex(query, SqliteWords())
        query.close()

    def test_an_index_made_anew_is_counted_anew(self, room: SmallRoom, index: ReadingIndex, tmp_path: Path) -> None:
        """It has come just as far as the former one, whose values must not be shown any more."""
        assert len(index.values_of(Facet.WHO)) == 2
        other = PublicWriter(tmp_path / "other")
        with closing(sqlite3.connect(room.writer.index)) as former:
            (changes,) = former.execute("SELECT max(position) FROM entries").fetchone()
        only = {
            "id": NEVER,
            "kind": "record",
            "level": "public",
            "archivalCreator": {"name": "Ny nämnd"},
        }
        for change in range(changes):
            other.publish(only | {"title": f"Ny {change}"})
        with closing(sqlite3.connect(other.index)) as database, database:
            database.execute("UPDATE layout SET value = 'anew' WHERE name = 'index'")
        other.index.replace(room.writer.index)
        assert index.values_of(Facet.WHO) == (("Ny nämnd", 1),)


class TestPostgresIndex(ReadingIndexContract):
    """The index of a server."""

    @pytest.fixture
    def address(self, postgres: Postgres) -> Iterator[str]:
        name = postgres.new_database()
        yield postgres.address(name)
        postgres.drop_database(name)

    @pytest.fixture
    def room(self, tmp_path: Path, address: str) -> SmallRoom:
        """A small room whose index is in PostgreSQL as well."""
        with psycopg.connect(address) as database:
            for statement in POSTGRESQL.create:
                database.execute(statement.encode())
        return small_room(tmp_path / "public", lambda folder: MirroredWriter(folder, address))

    @pytest.fixture
    def index(self, room: SmallRoom, address: str) -> Iterator[ReadingIndex]:
        """The room's index, in a session that can only read."""
        assert isinstance(room.writer, MirroredWriter)
        query = PostgresQuery(address)
        yield SqlIndex(query, PostgresWords())
        query.close()

    @pytest.mark.usefixtures("room")
    def test_nothing_can_be_written(self, address: str) -> None:
        query = PostgresQuery(address)
        with pytest.raises(IndexUnavailable, match="read-only"):
            query("DELETE FROM entries", {})
        assert query("SELECT 1 WHERE 'a%' = :told", {"told": "a%"}) == [(1,)]
        query.close()

    def test_a_server_that_does_not_answer_is_told_without_its_address(self) -> None:
        with pytest.raises(IndexUnavailable) as told:
            PostgresQuery("postgresql://reader:secret@127.0.0.1:1/public")("SELECT 1", {})
        assert "secret" not in str(told.value)


class MirroredWriter(PublicWriter):
    """Writes SQLite as ever, and after each change the same rows to PostgreSQL."""

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(folder)
        self._address = address

    def publish(self, record: Mapping[str, Any], files: Iterable[File] = (), text: str = "") -> dict[str, Any]:
        """Carry a record over."""
        told = super().publish(record, files, text)
        self._mirror()
        return told

    def withdraw(self, record: Mapping[str, Any]) -> None:
        """Withdraw a record."""
        super().withdraw(record)
        self._mirror()

    def _mirror(self) -> None:
        with closing(sqlite3.connect(self.index)) as source, psycopg.connect(self._address) as target:
            entries = source.execute("SELECT * FROM entries").fetchall()
            words = source.execute("SELECT rowid, title, stems, plain, marks FROM words").fetchall()
            values = source.execute("SELECT number, facet, value, records FROM facet_values").fetchall()
            facets = source.execute("SELECT entry, number FROM facets").fetchall()
            layout = source.execute("SELECT name, value FROM layout").fetchall()
            target.execute("TRUNCATE layout, entries, words, facets, facet_values")
            with target.cursor() as cursor:
                cursor.executemany("INSERT INTO layout VALUES (%s, %s)", layout)
                cursor.executemany("INSERT INTO entries VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", entries)
                cursor.executemany(
                    "INSERT INTO words VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)",
                    [
                        (number, vector(rest.split(), title=title.split()), *(vector(each.split()) for each in told))
                        for number, title, rest, *told in words
                    ],
                )
                cursor.executemany("INSERT INTO facet_values OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, %s)", values)
                cursor.executemany("INSERT INTO facets VALUES (%s, %s)", facets)
