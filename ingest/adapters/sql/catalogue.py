"""The catalogue as a whole, and how it is opened."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ingest.adapters.sql.access import SqlAccess
from ingest.adapters.sql.api_keys import SqlApiKeys
from ingest.adapters.sql.conversions import SqlConversions
from ingest.adapters.sql.deliveries import SqlDeliveries
from ingest.adapters.sql.desk import SqlDesk
from ingest.adapters.sql.engine import Database, sqlite_engine
from ingest.adapters.sql.faults import faults_of
from ingest.adapters.sql.holdings import SqlHoldings
from ingest.adapters.sql.leases import PATIENCE_SECONDS, SqlLeases, Watch
from ingest.adapters.sql.objects import SqlObjects
from ingest.adapters.sql.operations import SqlOperations
from ingest.adapters.sql.outbox import SqlOutbox
from ingest.adapters.sql.postgres import READ_ONLY, postgres_engine, server_url
from ingest.adapters.sql.pre_approvals import SqlPreApprovals
from ingest.adapters.sql.queue import SqlQueue
from ingest.adapters.sql.quotas import SqlQuotas
from ingest.adapters.sql.schema import bring_up_to_date, require_current
from ingest.adapters.sql.uploads import SqlUploads
from ingest.adapters.sql.webhooks import SqlWebhooks
from ingest.errors import ConfigurationError, StoreReadOnly

_READ_WRITE: Final = "mode=rwc"
_JOINED: Final = "mode=rw"
_READ_ONLY: Final = "mode=ro"
_ALONE: Final = "mode=ro&immutable=1"


class SqlCatalogue(
    SqlDeliveries,
    SqlLeases,
    SqlQueue,
    SqlObjects,
    SqlConversions,
    SqlHoldings,
    SqlOutbox,
    SqlApiKeys,
    SqlUploads,
    SqlWebhooks,
    SqlOperations,
    SqlQuotas,
    SqlAccess,
    SqlPreApprovals,
    SqlDesk,
):
    """`Catalogue` in a relational database; may be shared by threads, never taken along by `fork`."""

    def __init__(self, database: Database, watch: Watch) -> None:
        self._database = database
        self._watch = watch
        self._unsettled = {}

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_catalogue(
    place: Path | str,
    *,
    read_only: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
    patience_seconds: float = PATIENCE_SECONDS,
) -> SqlCatalogue:
    """Open the catalogue in a SQLite file or at a database URL; made or migrated first, unless it is only read.

    A worker whose heartbeat stands still for `patience_seconds` on the `monotonic` clock counts as dead.
    Raises ConfigurationError (no such database, or one of another version), StoreReadOnly, OutOfSpace, DamageFound,
    CatalogueUnavailable.
    """
    where = _located(place)
    database = _read_only(where) if read_only else _read_write(where)
    return SqlCatalogue(database, Watch(monotonic, patience_seconds))


def join_catalogue(
    place: Path | str, *, monotonic: Callable[[], float] = time.monotonic, patience_seconds: float = PATIENCE_SECONDS
) -> SqlCatalogue:
    """Open a catalogue that another process has made and keeps up to date, as one of several that write.

    Raises ConfigurationError (no such database, or one of another version), CatalogueUnavailable.
    """
    return SqlCatalogue(
        _checked(_connected(_located(place), _JOINED), require_current), Watch(monotonic, patience_seconds)
    )


def _located(place: Path | str) -> Path | str:
    """Give a SQLite URL as the path it names."""
    prefix = "sqlite:///"
    return Path(place.removeprefix(prefix)) if isinstance(place, str) and place.startswith(prefix) else place


def _read_write(place: Path | str) -> Database:
    return _checked(_connected(place, _READ_WRITE), bring_up_to_date)


def _read_only(place: Path | str) -> Database:
    if isinstance(place, Path) and not place.exists():
        raise ConfigurationError(
            f"Katalogen {place} saknas; kör `earkiv rebuild`, så återskapas den ur arkivet.",
            f"The catalogue {place} is missing; run `earkiv rebuild` and it is recreated from the archive.",
        )
    try:
        return _checked(_connected(place, _READ_ONLY), require_current)
    except StoreReadOnly:
        # The log's index has to lie beside the file, and there nothing can be written: read the file alone, but
        # only when the log holds nothing that is newer.
        if not isinstance(place, Path) or _log_of(place):
            raise
        return _checked(_connected(place, _ALONE), require_current)


def _checked(database: Database, check: Callable[[Database], None]) -> Database:
    try:
        check(database)
    except BaseException:
        database.close()
        raise
    return database


def _log_of(place: Path) -> int:
    """How many bytes lie in the write-ahead log of a SQLite file."""
    log = place.with_name(place.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def _connected(place: Path | str, access: str) -> Database:
    if isinstance(place, Path):
        return Database(sqlite_engine(place, access), str(place))
    with faults_of("EARKIV_DATABASE"):
        url = server_url(place)
        name = url.render_as_string(hide_password=True)
        return Database(postgres_engine(url, *([READ_ONLY] if access == _READ_ONLY else [])), name)
