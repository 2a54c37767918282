"""Every index of the reading room against its contract."""

from collections.abc import Iterator

import pytest

from access.database import SqliteQuery
from access.index import PublicIndex
from access.sql_index import SqliteIndex
from tests.contracts.reading_index import ReadingIndexContract
from tests.fakes.public_room import SmallRoom


class TestSqliteIndex(ReadingIndexContract):
    """The embedded index."""

    @pytest.fixture
    def index(self, room: SmallRoom) -> Iterator[PublicIndex]:
        """The room's index, opened read-only."""
        query = SqliteQuery(room.writer.index)
        yield SqliteIndex(query)
        query.close()
