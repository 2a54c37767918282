"""The index as a SQLite file, opened with the right to read and no more."""

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

_BUSY_SECONDS = 5.0


class IndexUnavailable(Exception):
    """The index cannot be read just now: the reading room says so and shows nothing."""


class Query(Protocol):
    """Asks the index; it has no right to write."""

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Give the rows of one statement whose parameters are written `:so`. Raises IndexUnavailable."""


class SqliteQuery:
    """Asks a SQLite file; each thread has a connection of its own.

    A file put in the place of the former one is noticed at once, so that nothing is shown from what was replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = threading.local()

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Give the rows of one statement. Raises IndexUnavailable."""
        try:
            return self._connection().execute(statement, dict(parameters)).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise IndexUnavailable(f"The index {self._path} cannot be read: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        known = self._path.stat()
        which = (known.st_dev, known.st_ino)
        if getattr(self._held, "which", None) != which:
            self._held.connection = self._opened()
            self._held.which = which
        connection: sqlite3.Connection = self._held.connection
        return connection

    def _opened(self) -> sqlite3.Connection:
        former: sqlite3.Connection | None = getattr(self._held, "connection", None)
        if former is not None:
            former.close()
        address = f"{self._path.resolve().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
