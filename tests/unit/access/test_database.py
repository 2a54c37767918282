"""The index is opened with the right to read and no more."""

from pathlib import Path

import pytest

from access.database import IndexUnavailable, SqliteQuery
from tests.fakes.public_room import CASE, SmallRoom


@pytest.mark.parametrize(
    "statement", ["DELETE FROM entries", "INSERT INTO layout VALUES ('a', 'b')", "CREATE TABLE more (x)"]
)
def test_nothing_can_be_written(small: SmallRoom, statement: str) -> None:
    query = SqliteQuery(small.writer.index)
    with pytest.raises(IndexUnavailable, match="readonly"):
        query(statement, {})
    assert query("SELECT count(*) FROM entries WHERE id = :id", {"id": CASE})[0][0] == 1
    query.close()


def test_a_missing_index_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable):
        SqliteQuery(tmp_path / "index.sqlite")("SELECT 1", {})
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(IndexUnavailable):
        SqliteQuery(path)("SELECT count(*) FROM entries", {})
