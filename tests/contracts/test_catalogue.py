"""Every database passes the catalogue's one contract."""

import inspect
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from ingest.access_ports import AccessLedger
from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.adapters.sql.schema import MIGRATING
from ingest.desk_ports import DeskLedger
from ingest.errors import CatalogueUnavailable
from ingest.network_ports import KeyLedger
from ingest.ports import Catalogue
from tests.contracts.catalogue import CatalogueContract
from tests.contracts.catalogue_values import upload
from tests.servers.postgres import Postgres


class TestSqlite(CatalogueContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


@pytest.fixture(scope="module")
def migrated(postgres: Postgres) -> str:
    """A database whose tables are made, to be copied: quicker than a migration for each test."""
    name = postgres.new_database()
    open_catalogue(postgres.address(name)).close()
    return name


class TestPostgresql(CatalogueContract):
    @pytest.fixture
    def address(self, postgres: Postgres, migrated: str) -> Iterator[str]:
        name = postgres.new_database(template=migrated)
        yield postgres.address(name)
        postgres.drop_database(name)


def test_what_a_killed_server_had_committed_is_there_and_the_client_goes_on(postgres: Postgres) -> None:
    name = postgres.new_database()
    with open_catalogue(postgres.address(name)) as catalogue:
        catalogue.open_upload(upload("a"))
        postgres.kill()
        with pytest.raises(CatalogueUnavailable):
            catalogue.delivery(upload("a").id)
        postgres.start()
        assert catalogue.delivery(upload("a").id) == upload("a")
        catalogue.open_upload(upload("b"))
    postgres.drop_database(name)


def test_whoever_migrates_is_waited_for_beyond_the_bounds_of_every_other_transaction(postgres: Postgres) -> None:
    name = postgres.new_database()
    bounds = quote("-c lock_timeout=1s -c statement_timeout=1s")
    with ThreadPoolExecutor(1) as threads, postgres.connected(name) as first:
        with first.transaction():
            first.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
            second = threads.submit(open_catalogue, f"{postgres.address(name)}&options={bounds}")
            while not first.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
                assert not second.done(), second.exception()
            first.execute("SELECT pg_sleep(2)")
        with second.result() as catalogue:
            catalogue.open_upload(upload("a"))
            assert catalogue.delivery(upload("a").id) == upload("a")
    postgres.drop_database(name)


def test_every_method_has_the_ports_parameters() -> None:
    ports = (Catalogue, KeyLedger, AccessLedger, DeskLedger)
    modules = {port.__module__ for port in ports}
    promised = {
        name: method
        for port in Catalogue.__mro__
        for name, method in vars(port).items()
        if port.__module__ in modules and not name.startswith("_")
    }
    assert len(promised) > 60
    for name, method in promised.items():
        assert _signature(getattr(SqlCatalogue, name)) == _signature(method), name


def _signature(method: object) -> list[tuple[str, object, object, object]]:
    assert callable(method)
    found = inspect.signature(method)
    parameters = [(p.name, p.kind, p.default, p.annotation) for p in found.parameters.values()]
    return [*parameters, ("return", None, None, found.return_annotation)]
