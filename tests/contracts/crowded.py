"""A catalogue in which one producer has thousands of deliveries waiting: made by the database, and not one by one."""

from typing import Final

from sqlalchemy import text

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.tables import deliveries, leases
from ingest.ports import Catalogue
from tests.contracts.catalogue_queue import waiting

CROWD: Final = 5000
_NUMBERS: Final = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :more)"
_OTHERWISE: Final = {
    "id": "id || '-' || i",
    "delivery": "delivery || '-' || i",
    "turn": "turn + i",
    "body": "replace(body, id, id || '-' || i)",
}
_LAST_TURN: Final = "UPDATE producer_turns SET turn = turn + :more WHERE producer = :sender"


def crowd_waits(catalogue: Catalogue, database: Database, sender: str, count: int) -> str:
    """Let so many deliveries of a producer wait, as if it had delivered them one after the other; give the first."""
    (first,) = waiting(catalogue, sender, "first of the crowd")
    if count > 1:
        values = {"first": first, "more": count - 1, "sender": sender}
        with database.writing() as connection:
            for statement in (*map(text, _copies()), text(_LAST_TURN)):
                stated = {name: values[name] for name in statement.compile().params}
                connection.execute(statement, stated)
    assert sum(1 for _ in catalogue.runnable()) == count
    return first


def _copies() -> tuple[str, str]:
    of_leases = {column.name: column.name for column in leases.columns} | {"delivery": "delivery || '-' || i"}
    of_deliveries = {column.name: _OTHERWISE.get(column.name, column.name) for column in deliveries.columns}
    return _copying("deliveries", "id", of_deliveries), _copying("leases", "delivery", of_leases)


def _copying(table: str, key: str, values: dict[str, str]) -> str:
    selected = f"SELECT {', '.join(values.values())} FROM {table}, n WHERE {key} = :first"  # noqa: S608 - our own names
    return f"INSERT INTO {table} ({', '.join(values)}) {_NUMBERS} {selected}"
