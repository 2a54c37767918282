"""New SQLite catalogues, made by what the migrations were seen to make: sixteen of them take a third of a second."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from sqlalchemy import Connection

from ingest.adapters.sql import schema


@contextmanager
def made_catalogues() -> Iterator[None]:
    """Migrate the first new catalogue, and give all others its tables and rows at once, until the `with` block ends."""
    upgrade, statements = schema._upgrade, list[str]()  # noqa: SLF001 - put in place of it below

    def make(connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or schema.revision(connection) is not None:
            upgrade(connection)
        elif statements:
            for statement in statements:
                connection.exec_driver_sql(statement)
        else:
            upgrade(connection)
            statements.extend(_told(cast(sqlite3.Connection, connection.connection.driver_connection)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "_upgrade", make)
        yield


def _told(connection: sqlite3.Connection) -> list[str]:
    """Tell a database as the statements that make it."""
    return [told for told in connection.iterdump() if told not in ("BEGIN TRANSACTION;", "COMMIT;")]
