"""The users of the reading room's index and of requests, as the how-to makes them: each may what it must, no more."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from access.asking.book import BookUnavailable
from access.asking.sql_book import SqlBook, in_postgres
from access.postgres import PostgresQuery
from access.postgres_words import PostgresWords
from access.sql_index import SqlIndex
from ingest.adapters.public_index import open_public_index
from ingest.adapters.public_requests import open_request_ledger
from tests.contracts.public_index import AT, RECORD, at, yes
from tests.contracts.request_ledger import TIMES, asked_now
from tests.servers.postgres import Postgres
from tests.servers.public_database import PublicDatabase, public_database, rewrite


@pytest.fixture
def database(postgres: Postgres) -> Iterator[PublicDatabase]:
    with public_database(postgres) as made:
        yield made


def test_what_the_archive_lists_the_reading_room_reads_and_cannot_change(
    database: PublicDatabase, postgres: Postgres
) -> None:
    with open_public_index(database.writer) as index:
        assert index.show(RECORD, "", at(AT), yes)
        query = PostgresQuery(database.reader)
        assert SqlIndex(query, PostgresWords()).is_listed(RECORD["id"])
        index.withdraw((RECORD["id"],), at(AT))
        assert not SqlIndex(query, PostgresWords()).is_listed(RECORD["id"])
        query.close()
    with psycopg.connect(database.reader, autocommit=True) as session:
        with pytest.raises(errors.ReadOnlySqlTransaction):
            session.execute("DELETE FROM entries")
        session.execute("SET default_transaction_read_only = off")
        for change in ("DELETE FROM entries", "DROP TABLE words", "UPDATE layout SET value = ''", "CREATE TABLE x ()"):
            with pytest.raises(errors.InsufficientPrivilege):
                session.execute(change.encode())
    with psycopg.connect(database.writer) as session, pytest.raises(errors.InsufficientPrivilege):
        session.execute("CREATE ROLE another")
    with open_request_ledger(database.desk, TIMES) as ledger:
        book = SqlBook(in_postgres(database.asker))
        assert book.add(asked_now("1"))
        assert [one.id for one in ledger.requests()] == ["r1"]
        with pytest.raises(BookUnavailable):
            in_postgres(database.asker)("UPDATE requests SET contact = ''", {})
    _nothing_is_left_on_disk_once_tables_are_rewritten(database, postgres)
    # A stranger with a name of the same server does not get in at all.
    postgres.say("CREATE ROLE {} LOGIN", "stranger")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(database.reader.replace("earkiv_reader", "stranger"))
    finally:
        postgres.say("DROP ROLE {}", "stranger")


def _nothing_is_left_on_disk_once_tables_are_rewritten(database: PublicDatabase, postgres: Postgres) -> None:
    with open_public_index(database.writer) as index:
        index.show(RECORD | {"title": "Kvastfeniks"}, "", at(AT), yes)
        index.withdraw((RECORD["id"],), at(AT))
    assert b"kvastfeniks" in _on_disk(database, postgres)
    rewrite(postgres, database.writer)
    assert b"kvastfeniks" not in _on_disk(database, postgres)


def _on_disk(database: PublicDatabase, postgres: Postgres) -> bytes:
    """Give every byte of the tables of the index and of their own indexes, in small letters."""
    postgres.say("CHECKPOINT")
    with psycopg.connect(database.writer) as session:
        paths = session.execute(
            "SELECT pg_relation_filepath(c.oid) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')"
        ).fetchall()
    return b"".join((postgres.folder / "data" / path).read_bytes() for (path,) in paths).lower()
