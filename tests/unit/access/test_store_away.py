"""A store that cannot be read just now is told as that, by a plain page, before anything is sent."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from access.app import application, every_route
from access.database import SqliteQuery
from access.reuse.service import offering_of
from access.room import Room
from access.sql_index import SqlIndex
from access.sqlite_words import SqliteWords
from access.store import StoreUnavailable
from tests.fakes.public_room import CASE, DECISION, SmallRoom
from tests.fakes.visitor import Visitor


class Away:
    """A store that does not answer."""

    def read(self, key: str) -> bytes:
        raise StoreUnavailable(key)

    def chunks(self, key: str) -> Iterator[bytes]:
        raise StoreUnavailable(key)


@pytest.fixture
def visitor(small: SmallRoom) -> Iterator[Visitor]:
    settings, query = small.settings(), SqliteQuery(small.writer.index)
    room = Room(settings=settings, index=SqlIndex(query, SqliteWords()), store=Away())
    offering = offering_of(settings, query, Away(), lambda: datetime(2026, 11, 29, tzinfo=UTC))
    yield Visitor(app=application(room, every_route(offering)))
    query.close()


def _document(small: SmallRoom) -> str:
    return f"/records/{DECISION}/documents/{small.records[DECISION]['documents'][0]['sha256']}"


def test_what_needs_the_store_says_that_it_is_away(small: SmallRoom, visitor: Visitor) -> None:
    document = _document(small)
    oai = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    for path in (document, f"{document}/file", f"{document}/preview", f"/cases/{CASE}/package.zip", oai):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers.get("retry-after")) == (503, "60"), path
        assert "Läsesalen är stängd en stund" in answer.text
        assert answer.text.count("<h1") == 1
        assert DECISION not in answer.text
        assert "content-disposition" not in answer.headers


def test_what_does_not_need_it_is_shown(visitor: Visitor) -> None:
    for path in ("/", "/search?q=bygglov", f"/cases/{CASE}", f"/records/{DECISION}"):
        assert visitor.get(path).status_code == 200
