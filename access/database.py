"""The index as a SQLite file, opened with the right to read and no more."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any, Protocol

_BUSY_SECONDS = 5.0
_CACHE_KIB = 16_384


class IndexUnavailable(Exception):
    """The index cannot be read just now: the reading room says so and shows nothing."""


class Query(Protocol):
    """Asks the index; it has no right to write."""

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Give the rows of one statement whose parameters are written `:so`. Raises IndexUnavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    connection: sqlite3.Connection
    which: tuple[int, int]


class SqliteQuery:
    """Asks a SQLite file from any thread; connections are kept for the next question.

    A file put in the place of the former one is noticed at once, so that nothing is shown from what was replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: LifoQueue[_Opened] = LifoQueue()

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Give the rows of one statement. Raises IndexUnavailable."""
        try:
            with self._borrowed() as connection:
                return connection.execute(statement, dict(parameters)).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise IndexUnavailable(f"The index {self._path} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the connections that are kept."""
        while (held := self._kept()) is not None:
            held.connection.close()

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        held = self._current()
        try:
            yield held.connection
        except BaseException:
            held.connection.close()
            raise
        self._free.put(held)

    def _current(self) -> _Opened:
        """Give a connection to the file that lies there now."""
        known = self._path.stat()
        which = (known.st_dev, known.st_ino)
        while (held := self._kept()) is not None:
            if held.which == which:
                return held
            held.connection.close()
        return _Opened(connection=self._connected(), which=which)

    def _kept(self) -> _Opened | None:
        try:
            return self._free.get_nowait()
        except Empty:
            return None

    def _connected(self) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?mode=ro"
        # Only one thread at a time has a borrowed connection.
        connection = sqlite3.connect(
            address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return connection
