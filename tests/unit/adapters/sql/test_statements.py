"""Both databases understand every table and every statement."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Dialect, make_url
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.expression import ClauseElement, Executable

from ingest.adapters.sql import deliveries, holdings, leases, objects, outbox, tables, webhooks

POSTGRESQL, SQLITE = (make_url(f"{name}://").get_dialect()() for name in ("postgresql", "sqlite"))
DIALECTS = (POSTGRESQL, SQLITE)


def statements() -> Iterator[ClauseElement]:
    for module in (deliveries, holdings, leases, objects, outbox, webhooks):
        for value in vars(module).values():
            if isinstance(value, Executable) and isinstance(value, ClauseElement):
                yield value


PARTIAL = {
    "deliveries_decided",
    "access_decisions_announced",
    "uploads_open",
    "deliveries_identity",
    "deliveries_queue",
    "deliveries_under_way",
    "objects_unexamined",
}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_statement_can_be_said(dialect: Dialect) -> None:
    said = [str(statement.compile(dialect=dialect)) for statement in statements()]
    assert len(said) > 25
    assert all(said)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_table_can_be_made(dialect: Dialect) -> None:
    for table in tables.metadata.sorted_tables:
        assert table.name in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            said = str(CreateIndex(index).compile(dialect=dialect))
            assert ("WHERE" in said) == (index.name in PARTIAL)


def test_a_grant_locks_the_lease_where_there_are_many_writers() -> None:
    said = str(leases._HELD.compile(dialect=POSTGRESQL))  # noqa: SLF001 - the statement itself is judged
    assert said.endswith("FOR UPDATE OF leases")
