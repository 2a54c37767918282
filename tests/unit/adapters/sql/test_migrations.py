"""A migration only adds: processes of the version before go on working on the same tables (ADR 0031)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

from ingest.adapters.sql import schema
from ingest.adapters.sql.tables import REVISION

_MIGRATIONS = Path(schema.__file__).parent / "migrations"
Tables = dict[str, dict[str, Any]]


def config_for(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def revisions() -> tuple[str, ...]:
    walked = ScriptDirectory.from_config(config_for(None)).walk_revisions()
    return tuple(reversed([script.revision for script in walked]))


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def looked_at(connection: Connection) -> Tables:
    """Give every table with its columns and with what is unique in it."""
    found = inspect(connection)
    return {
        name: {
            "columns": {column["name"]: column for column in found.get_columns(name)},
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "unique": {
                *(tuple(one["column_names"]) for one in found.get_unique_constraints(name)),
                *(tuple(one["column_names"]) for one in found.get_indexes(name) if one["unique"]),
            },
            "checks": {one["sqltext"] for one in found.get_check_constraints(name)},
            "foreign": {tuple(one["constrained_columns"]) for one in found.get_foreign_keys(name)},
        }
        for name in found.get_table_names()
    }


def contradictions(before: Tables, after: Tables) -> list[str]:
    """Name what the version before would stumble over."""
    found = [f"table {name} is gone" for name in before.keys() - after.keys()]
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        found += [f"{name}.{column} is gone" for column in old["columns"].keys() - new["columns"].keys()]
        found += [f"{name}: other {part}" for part in ("key", "checks", "foreign") if old[part] != new[part]]
        # One that is unique by more columns than before asks for less.
        stricter = (one for one in new["unique"] if not any(set(known) <= set(one) for known in old["unique"]))
        found += [f"{name}: {', '.join(one)} must be unique" for one in stricter]
        for column in old["columns"].keys() & new["columns"].keys():
            was, is_now = old["columns"][column], new["columns"][column]
            if (repr(was["type"]), was["nullable"]) != (repr(is_now["type"]), is_now["nullable"]):
                found.append(f"{name}.{column} is another")
        for column in new["columns"].keys() - old["columns"].keys():
            added = new["columns"][column]
            if not added["nullable"] and added["default"] is None:
                found.append(f"{name}.{column} must be given")
    return found


def test_there_is_one_line_of_migrations_up_to_the_version_of_the_program() -> None:
    assert revisions()[0] == "0001"
    assert revisions()[-1] == REVISION


def test_every_migration_leaves_the_version_before_able_to_work(connection: Connection) -> None:
    before: Tables = {}
    for revision in revisions():
        command.upgrade(config_for(connection), revision)
        after = looked_at(connection)
        assert contradictions(before, after) == [], revision
        before = after


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE packages", "table packages is gone"),
        ("ALTER TABLE deliveries DROP COLUMN fault", "deliveries.fault is gone"),
        ("ALTER TABLE deliveries RENAME COLUMN fault TO hindrance", "deliveries.fault is gone"),
        ("CREATE UNIQUE INDEX once ON deliveries (fault)", "deliveries: fault must be unique"),
    ],
)
def test_a_migration_that_takes_away_would_be_seen(connection: Connection, statement: str, words: str) -> None:
    command.upgrade(config_for(connection), "head")
    before = looked_at(connection)
    connection.exec_driver_sql(statement)
    assert words in contradictions(before, looked_at(connection))


def test_a_column_that_the_version_before_would_not_fill_would_be_seen(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE t (a TEXT)")
    before = looked_at(connection)
    connection.exec_driver_sql("DROP TABLE t")
    connection.exec_driver_sql("CREATE TABLE t (a TEXT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL DEFAULT '')")
    assert sorted(contradictions(before, looked_at(connection))) == ["t.a is another", "t.b must be given"]
