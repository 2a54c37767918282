"""How PostgreSQL is opened: psycopg 3, a pool that mends itself, and bounds on every kind of waiting."""

from typing import Any, Final

from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ingest.adapters.sql.faults import sqlstate_of
from ingest.adapters.sql.meanings import GOES_AWAY

DRIVER: Final = "postgresql+psycopg"
SCHEMES: Final = frozenset({"postgresql", "postgres"})
CONNECT_SECONDS: Final = 10
STATEMENT_SECONDS: Final = 60
LOCK_SECONDS: Final = 15
IDLE_SECONDS: Final = 120
"""How long a transaction may say nothing before the server ends it: a client that hangs must hold no locks."""
_POOLED, _MORE = 5, 15
_WAIT_FOR_POOL_SECONDS: Final = 30
_DEAD_PEER_SECONDS: Final = 30
READ_ONLY: Final = "default_transaction_read_only=on"


def server_url(address: str) -> URL:
    """Read the address of a PostgreSQL database. Raises sqlalchemy.exc.ArgumentError for any other."""
    url = make_url(address)
    if url.drivername not in SCHEMES:
        raise ArgumentError("not a postgresql:// address")
    return url.set(drivername=DRIVER)


def postgres_engine(url: URL, *settings: str) -> Engine:
    """Make an engine; `settings` are `name=value` for every session. What the address itself says has precedence.

    A connection that broke while it lay in the pool is replaced before use. One that broke in use is a fault, and the
    next call gets a new one: no restart is needed after the server's own.
    """
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=_POOLED,
        max_overflow=_MORE,
        pool_timeout=_WAIT_FOR_POOL_SECONDS,
        pool_pre_ping=True,
        connect_args=_connect_args(url, settings),
    )
    event.listen(engine, "handle_error", _leave_a_lost_server)
    return engine


def _connect_args(url: URL, settings: tuple[str, ...]) -> dict[str, object]:
    bounds = (
        "timezone=UTC",
        f"statement_timeout={STATEMENT_SECONDS}s",
        f"lock_timeout={LOCK_SECONDS}s",
        f"idle_in_transaction_session_timeout={IDLE_SECONDS}s",
        *settings,
    )
    given = url.query.get("options", "")
    options = [*(f"-c {bound}" for bound in bounds), *([given] if isinstance(given, str) else given)]
    ours: dict[str, object] = {
        "application_name": "earkiv",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": _DEAD_PEER_SECONDS,
        "keepalives_interval": _DEAD_PEER_SECONDS // 3,
        "keepalives_count": 3,
        # Without it, a server that vanished from the network is waited for until the system gives up: many minutes.
        "tcp_user_timeout": _DEAD_PEER_SECONDS * 1000,
    }
    theirs = {name for name in ours if name in url.query}
    return {
        **{name: value for name, value in ours.items() if name not in theirs},
        "client_encoding": "utf8",
        "options": " ".join(part for part in options if part),
    }


def _leave_a_lost_server(context: ExceptionContext) -> Any:  # noqa: ANN401 - SQLAlchemy's listeners may return anything
    """Drop the connections to a server that shuts down or has become a standby: the next ones find the new one."""
    error = context.original_exception
    if isinstance(error, Exception) and sqlstate_of(error) in GOES_AWAY:
        context.is_disconnect = True
