"""Both databases of the public index pass its one contract."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.public_index import open_public_index
from ingest.errors import ConfigurationError, DamageFound
from tests.contracts.public_index import AT, CASE, PublicIndexContract, at, yes
from tests.servers.postgres import Postgres


class TestSqlite(PublicIndexContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "index.sqlite"

    def rows(self, address: Path, statement: str) -> Sequence[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{address}?mode=ro", uri=True)) as connection:
            return connection.execute(statement).fetchall()

    def test_whoever_may_only_read_can_open_it(self, address: Path) -> None:
        """In write-ahead mode a reader needs to write beside the file."""
        with open_public_index(address) as index:
            index.show(CASE, "", at(AT), yes)
            assert [path.name for path in address.parent.iterdir()] == [address.name]
        assert self.rows(address, "PRAGMA journal_mode") == [("delete",)]

    def test_an_index_of_another_layout_is_refused(self, address: Path) -> None:
        with open_public_index(address), closing(sqlite3.connect(address)) as connection:
            connection.execute("UPDATE layout SET value = 'other' WHERE name = 'stems'")
            connection.commit()
        with pytest.raises(ConfigurationError, match="other"), open_public_index(address):
            pass

    def test_a_file_that_is_no_database_is_damage_and_says_what_to_do(self, address: Path) -> None:
        address.write_bytes(b"no database at all" * 100)
        with pytest.raises(DamageFound, match="publish --all"), open_public_index(address):
            pass


class TestPostgresql(PublicIndexContract):
    @pytest.fixture
    def address(self, postgres: Postgres) -> Iterator[str]:
        name = postgres.new_database()
        yield postgres.address(name)
        postgres.drop_database(name)

    def rows(self, address: str, statement: str) -> Sequence[tuple[Any, ...]]:
        import psycopg  # noqa: PLC0415 - where there is no PostgreSQL, this class is skipped before

        with psycopg.connect(address) as connection:
            return connection.execute(statement).fetchall()
