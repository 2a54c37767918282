"""The schema's version: checked at every opening, brought up to date by Alembic when it is behind."""

import time
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from ingest.adapters.sql.engine import BUSY_SECONDS, Database
from ingest.adapters.sql.tables import REVISION
from ingest.errors import CatalogueUnavailable, ConfigurationError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PAUSE_SECONDS: Final = 0.05
MIGRATING: Final = 0x6561726B6976
"""The advisory lock of whoever migrates a catalogue on a server: `earkiv` in ASCII."""


def bring_up_to_date(database: Database) -> None:
    """Create or migrate the tables, in one transaction; two who come at once wait for each other, however long.

    Raises ConfigurationError for a catalogue of a later version of the program.
    """
    with database.reading() as connection:
        found = revision(connection)
    if found == REVISION:
        return
    _refuse_later(found, database.place)
    if database.one_host:
        _use_write_ahead_log(database)
    with database.writing() as connection:
        if not database.one_host:
            # An index over a large table takes as long as it takes, and so does whoever migrates before this one.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            # A file has one writer at a time by itself; on a server, whoever comes second waits here.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        if revision(connection) != REVISION:
            _upgrade(connection)


def require_current(database: Database) -> None:
    """Raise ConfigurationError for a catalogue that would have to be migrated before it can be read."""
    with database.reading() as connection:
        found = revision(connection)
    if found == REVISION:
        return
    _refuse_later(found, database.place)
    if not database.one_host:
        raise ConfigurationError(
            f"Databasen {database.place} är inte gjord för den här versionen än; kör `earkiv establish`.",
            f"The database {database.place} is not made for this version yet; run `earkiv establish`.",
        )
    raise ConfigurationError(
        f"Katalogen {database.place} är av en äldre version; kör ett kommando som får skriva, så uppdateras den.",
        f"The catalogue {database.place} is of an earlier version; run a command that may write and it is updated.",
    )


def revision(connection: Connection) -> str | None:
    """Give the version of the tables, None when there are none."""
    known = connection.dialect.has_table(connection, "alembic_version")
    return connection.scalar(text("SELECT version_num FROM alembic_version")) if known else None


def _refuse_later(found: str | None, place: str) -> None:
    if found is not None and found > REVISION:
        raise ConfigurationError(
            f"Katalogen {place} är skriven av en senare version av earkiv; använd den.",
            f"The catalogue {place} was written by a later version of earkiv; use that one.",
        )


def _upgrade(connection: Connection) -> None:
    # Imported here: Alembic takes longer to load than an up-to-date catalogue takes to open.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)


def _use_write_ahead_log(database: Database) -> None:
    """Let readers and the writer of a SQLite file not wait for each other; the file remembers it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return database.execute_bare("PRAGMA journal_mode = WAL")
        except CatalogueUnavailable:
            # SQLite does not wait by itself for this change: whoever comes second tries again.
            if time.monotonic() >= deadline:
                raise
        time.sleep(_PAUSE_SECONDS)
