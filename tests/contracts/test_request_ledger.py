"""Both databases of requests pass the one contract."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.public_index import open_public_index
from ingest.adapters.public_requests import open_request_ledger
from ingest.errors import ConfigurationError, DamageFound
from schemas.public_requests import ADD_REQUEST, ADD_STEP
from tests.contracts.request_ledger import RequestLedgerContract, request_row
from tests.servers.postgres import Postgres


class TestSqlite(RequestLedgerContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "requests.sqlite"

    def write(self, address: Path, statement: str, parameters: dict[str, Any]) -> None:
        with closing(sqlite3.connect(address)) as connection, connection:
            connection.execute(statement, parameters)

    def test_a_store_of_another_kind_is_refused(self, address: Path) -> None:
        with open_public_index(address), pytest.raises(ConfigurationError, match="no store of requests"):
            open_request_ledger(address).__enter__()

    @pytest.mark.parametrize(("kind", "told"), [("unheard of", "{}"), ("refused", "{}"), ("closed", "no json")])
    def test_a_step_that_nobody_can_read_is_damage(self, address: Path, kind: str, told: str) -> None:
        step = {"request": "r1", "number": 1, "kind": kind, "at": "2026-11-27T12:00:00Z", "by": "x", "told": told}
        with open_request_ledger(address) as ledger:
            self.write(address, ADD_REQUEST, request_row(1))
            self.write(address, ADD_STEP, step)
            with pytest.raises(DamageFound, match="r1"):
                ledger.requests()


class TestPostgresql(RequestLedgerContract):
    @pytest.fixture
    def address(self, postgres: Postgres) -> Iterator[str]:
        name = postgres.new_database()
        yield postgres.address(name)
        postgres.drop_database(name)

    def write(self, address: str, statement: str, parameters: dict[str, Any]) -> None:
        import psycopg  # noqa: PLC0415 - where there is no PostgreSQL, this class is skipped before

        with psycopg.connect(address) as connection:
            connection.execute(re.sub(r":([a-z_]+)", r"%(\1)s", statement), parameters)
