"""What is removed from the public index leaves its file too, words included.

FTS5 removes a record's words by writing them down once more, as removed; both stay in the file until segments are
merged. From SQLite 3.42 on it can take them out where they lie; with an older one all segments are merged into one.
"""

import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, text

from ingest.adapters.sql.engine import Database

_AT_ONCE: Final = (3, 42)
_PAGES: Final = 500
"""Pages that are merged in one transaction: readers get their turn between two."""
_TAKE_OUT: Final = text("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")
_MERGE: Final = text("INSERT INTO words (words, rank) VALUES ('merge', :pages)")
_MARK: Final = text("INSERT INTO layout (name, value) VALUES ('unmerged', '1') ON CONFLICT (name) DO NOTHING")
_UNMARK: Final = text("DELETE FROM layout WHERE name = 'unmerged'")
_IS_MARKED: Final = text("SELECT 1 FROM layout WHERE name = 'unmerged'")


def overwrite_pages(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - a pool's private record
    """Overwrite what is withdrawn: pages of the file that are free still hold it otherwise, where the public reads."""
    connection.execute("PRAGMA secure_delete = ON").close()


def before_words_go(connection: Connection) -> None:
    """Prepare the removal of words, in its own transaction: after a crash, the mark tells what is left to be done."""
    if _takes_out_at_once():
        connection.execute(_TAKE_OUT)
    else:
        connection.execute(_MARK)


def erase_removed_words(database: Database) -> None:
    """Merge what removed words may still lie in, if any were removed since the last time; a little at a time."""
    with database.reading() as connection:
        if connection.execute(_IS_MARKED).one_or_none() is None:
            return
    pages = -_PAGES  # Negative: begin with all segments, in whatever state they are.
    while _changes(database, pages) > 1:
        pages = _PAGES
    with database.writing() as connection:
        connection.execute(_UNMARK)


def _changes(database: Database, pages: int) -> int:
    """Merge so many pages, and say how much that changed; fewer than two changes are none (SQLite, FTS5 §6.8)."""
    with database.writing() as connection:
        driver: Any = connection.connection.dbapi_connection
        before: int = driver.total_changes
        connection.execute(_MERGE, {"pages": pages})
        return int(driver.total_changes) - before


def _takes_out_at_once() -> bool:
    return sqlite3.sqlite_version_info >= _AT_ONCE
