"""The index in PostgreSQL, asked in sessions that can read and no more."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import Empty, LifoQueue
from typing import Any

import psycopg

from access.database import IndexUnavailable

_NAMED = re.compile(r"(?<!:):([a-z_]+[0-9]*)")
_READ_ONLY = "-c default_transaction_read_only=on -c statement_timeout=10000"
_CONNECT_SECONDS = 5


def for_postgres(statement: str) -> bytes:
    """Write a statement whose parameters are named `:so` as psycopg wants it."""
    return _NAMED.sub(r"%(\1)s", statement.replace("%", "%%")).encode()


class PostgresQuery:
    """Asks a PostgreSQL database from any thread; sessions are kept for the next question."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._free: LifoQueue[psycopg.Connection] = LifoQueue()

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Give the rows of one statement. Raises IndexUnavailable."""
        try:
            with self._borrowed() as connection:
                return connection.execute(for_postgres(statement), dict(parameters)).fetchall()
        except psycopg.Error as error:
            raise IndexUnavailable(f"The index in PostgreSQL cannot be read: {error}") from error

    def close(self) -> None:
        """End the sessions that are kept."""
        while (held := self._kept()) is not None:
            held.close()

    @contextmanager
    def _borrowed(self) -> Iterator[psycopg.Connection]:
        held = self._kept() or self._connected()
        try:
            yield held
        except BaseException:
            held.close()
            raise
        self._free.put(held)

    def _kept(self) -> psycopg.Connection | None:
        """Give a session that still stands, if one is kept."""
        while True:
            try:
                held = self._free.get_nowait()
            except Empty:
                return None
            if not held.closed:
                return held

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(
            self._address, autocommit=True, options=_READ_ONLY, connect_timeout=_CONNECT_SECONDS, prepare_threshold=None
        )
