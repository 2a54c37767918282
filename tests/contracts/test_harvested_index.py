"""What the archive writes into the public index, open data reads: on both databases, by the same statements."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text

from access.database import Query, SqliteQuery
from access.reuse.dates import Window
from access.reuse.entries import Entries, Selection
from ingest.adapters.public_index import open_public_index
from schemas.public_store import State
from tests.contracts.public_index import AT, CASE, RECORD, yes
from tests.servers.postgres import Postgres

OTHER = {**CASE, "id": "o" * 16, "archivalCreator": {"name": "En annan nämnd"}}
LATER = AT + timedelta(seconds=5)


def sqlalchemy_query(address: str) -> Query:
    """Ask PostgreSQL as the reading room may."""
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)

    def ask(statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), dict(parameters))]

    return ask


class HarvestedIndexContract:
    """`address` is a fresh place for an index, `query` asks it."""

    @pytest.fixture
    def address(self) -> Any:
        raise NotImplementedError

    def query(self, address: Any) -> Query:
        raise NotImplementedError

    @pytest.fixture
    def entries(self, address: Any) -> Entries:
        """A case and its record, another that has been withdrawn since."""
        with open_public_index(address) as index:
            for record in (CASE, RECORD, OTHER):
                index.show(record, "", lambda: AT, yes)
            index.withdraw([OTHER["id"]], lambda: LATER)
        return Entries(query=self.query(address))

    def test_entries_come_in_the_order_of_their_changes(self, entries: Entries) -> None:
        page = entries.page(Selection(), after=0, limit=10)
        assert [(each.id, each.state, each.changed_at) for each in page] == [
            (CASE["id"], State.LISTED, AT),
            (RECORD["id"], State.LISTED, AT),
            (OTHER["id"], State.WITHDRAWN, LATER),
        ]
        assert entries.page(Selection(), after=page[0].position, limit=1) == page[1:2]
        assert (entries.count(Selection()), entries.last_of(Selection()), entries.entry(CASE["id"])) == (
            3,
            page[2],
            page[0],
        )

    def test_a_set_holds_its_records_and_what_was_withdrawn(self, entries: Entries) -> None:
        above, creator = entries.sets()
        assert (above.spec, creator.name) == ("creator", "Exempelnämnden")
        for spec in (above.spec, creator.spec):
            assert entries.count(Selection(set=spec)) == 3
        assert [each.id for each in entries.page(Selection(set="creator:none"), after=0, limit=9)] == [OTHER["id"]]

    def test_a_window_holds_both_its_ends(self, entries: Entries) -> None:
        counted = [
            entries.count(Selection(window=window))
            for window in (
                Window(start=AT, end=AT),
                Window(start=LATER),
                Window(end=AT - timedelta(seconds=1)),
                Window(start=LATER + timedelta(seconds=1)),
            )
        ]
        assert counted == [2, 1, 0, 0]

    def test_pages_and_releases_are_those_listed(self, entries: Entries) -> None:
        assert [(each.id, each.kind) for each in entries.listed(offset=1, limit=9)] == [(RECORD["id"], "record")]
        assert [each.id for each in entries.newest(9)] == [RECORD["id"], CASE["id"]]
        assert (entries.how_many_listed(), entries.earliest()) == ((2, AT), AT)

    def test_an_index_keeps_the_name_that_it_was_made_with(self, address: Any, entries: Entries) -> None:
        assert len(entries.index_name()) == 32
        assert Entries(query=self.query(address)).index_name() == entries.index_name()


class TestSqlite(HarvestedIndexContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "index.sqlite"

    def query(self, address: Path) -> Query:
        return SqliteQuery(address)

    def test_a_file_in_the_place_of_another_has_another_name(self, address: Path, entries: Entries) -> None:
        former = entries.index_name()
        address.unlink()
        with open_public_index(address):
            pass
        assert entries.index_name() != former


class TestPostgresql(HarvestedIndexContract):
    @pytest.fixture
    def address(self, postgres: Postgres) -> Iterator[str]:
        name = postgres.new_database()
        yield postgres.address(name)
        postgres.drop_database(name)

    def query(self, address: str) -> Query:
        return sqlalchemy_query(address)
