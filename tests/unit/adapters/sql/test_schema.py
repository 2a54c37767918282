"""The tables: made once, migrated by Alembic, the same as the code expects."""

import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Select, text
from sqlalchemy.dialects import sqlite

from ingest.adapters.sql import queue, schema, tables
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.adapters.sql.engine import Database, sqlite_engine
from ingest.domain.deliveries import FINAL_STATES, DeliveryState
from ingest.errors import ConfigurationError, DamageFound, EarkivError
from tests.contracts.catalogue_values import upload


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "år 2026 % ? #" / "catalogue.sqlite"


@pytest.fixture(autouse=True)
def _folder(path: Path) -> None:
    path.parent.mkdir()


def change(path: Path, statement: str) -> None:
    database = Database(sqlite_engine(path, "mode=rw"), str(path))
    with database.writing() as connection:
        connection.execute(text(statement))
    database.close()


def test_the_migrations_make_the_tables_that_the_code_expects(path: Path) -> None:
    open_catalogue(path).close()
    engine = sqlite_engine(path, "mode=ro")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_the_code_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == tables.REVISION


def test_an_up_to_date_catalogue_opens_without_alembic(path: Path) -> None:
    open_catalogue(path).close()
    program = (
        "import sys, pathlib; from ingest.adapters.sql.catalogue import open_catalogue;"
        "open_catalogue(pathlib.Path(sys.argv[1])).close(); assert 'alembic' not in sys.modules"
    )
    repository = Path(__file__).parents[4]
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, cwd=repository)


def test_many_who_come_at_once_make_one_catalogue(path: Path) -> None:
    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(lambda _: open_catalogue(path), range(6)))
    opened[0].open_upload(upload())
    assert [c.delivery(upload().id) for c in opened] == [upload()] * 6
    for catalogue in opened:
        catalogue.close()


def test_a_catalogue_of_a_later_version_is_left_alone(path: Path) -> None:
    open_catalogue(path).close()
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    for read_only in (False, True):
        with pytest.raises(ConfigurationError, match="later version"):
            open_catalogue(path, read_only=read_only)


def test_whoever_only_reads_does_not_migrate(path: Path) -> None:
    open_catalogue(path).close()
    change(path, "DELETE FROM alembic_version")
    with pytest.raises(ConfigurationError, match="earlier version"):
        open_catalogue(path, read_only=True)


def test_whoever_only_reads_makes_nothing(path: Path) -> None:
    with pytest.raises(ConfigurationError, match="rebuild"):
        open_catalogue(path, read_only=True)
    assert not path.exists()


def test_a_file_that_is_no_database_is_damage(path: Path) -> None:
    path.write_bytes(b"ingen databas" * 1000)
    with pytest.raises(DamageFound, match="rebuild"):
        open_catalogue(path)


@pytest.mark.parametrize("address", ["nonsense", "nosuch://host/name"])
def test_an_address_that_leads_nowhere_is_a_setting_to_correct(address: str) -> None:
    with pytest.raises(EarkivError) as fault:
        open_catalogue(address)
    assert type(fault.value) is ConfigurationError


def test_an_entry_that_cannot_be_read_is_damage(path: Path) -> None:
    with open_catalogue(path) as catalogue:
        catalogue.open_upload(upload())
    change(path, "UPDATE deliveries SET body = '{}'")
    with open_catalogue(path) as catalogue, pytest.raises(DamageFound, match="Delivery"):
        catalogue.delivery(upload().id)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (queue._WAITING, "deliveries_queue"),  # noqa: SLF001 - the statement itself is judged
        (queue._BEFORE, "deliveries_queue"),  # noqa: SLF001
        (queue._DECIDED, "deliveries_decided"),  # noqa: SLF001
        (queue._COME, "leases_turn"),  # noqa: SLF001
    ],
)
def test_the_queue_is_read_by_its_indexes_alone(path: Path, statement: Select[Any], index: str) -> None:
    with open_catalogue(path), sqlite3.connect(path) as connection:
        said = str(statement.compile(dialect=sqlite.dialect()))
        plan = connection.execute(f"EXPLAIN QUERY PLAN {said}", ["1"] * said.count("?")).fetchall()
    assert index in plan[0][-1]
    assert "TEMP B-TREE" not in str(plan)


def test_every_state_is_under_way_or_decided() -> None:
    over, under_way = (frozenset(re.findall(r"'(\w+)'", said)) for said in (tables.DECIDED, tables.UNDER_WAY))
    assert over == {state.value for state in FINAL_STATES}
    assert over | under_way == {state.value for state in DeliveryState}
    assert not over & under_way
