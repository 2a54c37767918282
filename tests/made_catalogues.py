"""New SQLite catalogues, made by what the migrations were seen to make: all of them take a third of a second.

The migrations alone are put aside, where the program calls them. What it does around them stays as it is (what it
refuses, that two who come at once wait for each other); a file laid down beforehand would leave that out.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import cast

import pytest
from sqlalchemy import Connection, create_engine

from ingest.adapters.sql import schema

_UPGRADE = schema._upgrade  # noqa: SLF001 - put in place of it below


@contextmanager
def made_catalogues() -> Iterator[None]:
    """Give every new catalogue in a file the tables and rows that the migrations make, until the `with` block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "_upgrade", _make)
        yield


def _make(connection: Connection) -> None:
    if connection.dialect.name != "sqlite" or schema.revision(connection) is not None:
        _UPGRADE(connection)
        return
    for statement in _statements():
        connection.exec_driver_sql(statement)


@cache
def _statements() -> tuple[str, ...]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        _UPGRADE(connection)
        migrated = cast(sqlite3.Connection, connection.connection.driver_connection)
        told = tuple(told for told in migrated.iterdump() if told not in ("BEGIN TRANSACTION;", "COMMIT;"))
    engine.dispose()
    return told
