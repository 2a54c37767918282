"""Both databases of requests pass the one contract."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from access.asking.book import BookUnavailable, RequestBook
from access.asking.sql_book import SqlBook, in_postgres, in_sqlite
from ingest.adapters.public_index import open_public_index
from ingest.adapters.public_requests import open_request_ledger
from ingest.domain.information_requests import Disposal, Part
from ingest.errors import ConfigurationError, DamageFound
from ingest.public_ports import RequestLedger
from schemas.public_requests import ADD_REQUEST, ADD_STEP, ROOM_USER
from tests.contracts.request_ledger import NOON, TIMES, RequestLedgerContract, asked_now, request_row
from tests.servers.postgres import Postgres


class TestSqlite(RequestLedgerContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "requests.sqlite"

    def write(self, address: Path, statement: str, parameters: dict[str, Any]) -> None:
        with closing(sqlite3.connect(address)) as connection, connection:
            connection.execute(statement, parameters)

    def book(self, address: Path) -> RequestBook:
        return SqlBook(in_sqlite(address))

    def test_a_room_makes_no_store(self, address: Path) -> None:
        with pytest.raises(BookUnavailable):
            self.book(address).add(asked_now("1"))
        assert not address.exists()

    def test_what_is_erased_is_not_in_the_file_either(self, address: Path) -> None:
        with open_request_ledger(address, TIMES) as ledger:
            self.write(address, ADD_REQUEST, request_row(1, contact="anna.ek@example.se"))
            assert b"anna.ek@example.se" in address.read_bytes()
            ledger.dispose("r1", Disposal(part=Part.CONTACT, at=NOON))
        assert b"anna.ek@example.se" not in address.read_bytes()

    def test_a_store_of_another_kind_is_refused(self, address: Path) -> None:
        with open_public_index(address), pytest.raises(ConfigurationError, match="no store of requests"):
            open_request_ledger(address, TIMES).__enter__()

    @pytest.mark.parametrize(("kind", "told"), [("unheard of", "{}"), ("refused", "{}"), ("closed", "no json")])
    def test_a_step_that_nobody_can_read_is_damage(self, address: Path, kind: str, told: str) -> None:
        step = {"request": "r1", "number": 1, "kind": kind, "at": "2026-11-27T12:00:00Z", "by": "x", "told": told}
        with open_request_ledger(address, TIMES) as ledger:
            self.write(address, ADD_REQUEST, request_row(1))
            self.write(address, ADD_STEP, step)
            with pytest.raises(DamageFound, match="r1"):
                ledger.requests()


class TestPostgresql(RequestLedgerContract):
    @pytest.fixture
    def address(self, postgres: Postgres) -> Iterator[str]:
        name = postgres.new_database()
        postgres.say("CREATE ROLE {} LOGIN", ROOM_USER)
        yield postgres.address(name)
        postgres.drop_database(name)
        postgres.say("DROP ROLE {}", ROOM_USER)

    def write(self, address: str, statement: str, parameters: dict[str, Any]) -> None:
        import psycopg  # noqa: PLC0415 - where there is no PostgreSQL, this class is skipped before

        with psycopg.connect(address) as connection:
            connection.execute(re.sub(r":([a-z_]+)", r"%(\1)s", statement), parameters)

    def book(self, address: str) -> RequestBook:
        """Give it to the user who is given what the reading room must do, and no more (`layout.md`)."""
        return SqlBook(in_postgres(address.replace("earkiv@", f"{ROOM_USER}@", 1)))

    def test_the_reading_room_answers_and_changes_nothing(self, address: str, ledger: RequestLedger) -> None:
        assert ledger.requests() == ()
        book = self.book(address)
        assert book.add(asked_now("1"))
        run = in_postgres(address.replace("earkiv@", f"{ROOM_USER}@", 1))
        for statement in (
            "DELETE FROM requests",
            "UPDATE requests SET question = 'other'",
            "UPDATE layout SET value = '0'",
            "INSERT INTO disposals VALUES ('r1', 'contact', '')",
            "INSERT INTO steps VALUES ('r1', 1, 'closed', '', '', '')",
            "DROP TABLE pieces",
        ):
            with pytest.raises(BookUnavailable):
                run(statement, {})
