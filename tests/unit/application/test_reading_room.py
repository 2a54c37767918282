"""The reading room as the archive writes it: whoever takes something out while it is being listed takes it out."""

import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.public_index import open_public_index
from ingest.application.reading_room import ReadingRoom, withdraw
from schemas.public_store import record_key
from tests.contracts.public_index import RECORD
from tests.features.archive_with_room import Wrapped

_LONG_ENOUGH_TO_LOOK = 0.2


def now() -> datetime:
    return datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    (tmp_path / "store").mkdir()
    with open_public_index(tmp_path / "index.sqlite") as index:
        yield ReadingRoom(store=DirectoryStore(tmp_path / "store", "public"), index=index)


def test_what_is_withdrawn_while_it_is_being_listed_is_not_listed_in_the_end(room: ReadingRoom) -> None:
    with ThreadPoolExecutor() as others:
        begun: list[Future[frozenset[str]]] = []

        def decided_otherwise_right_after_this() -> bool:
            begun.append(others.submit(withdraw, room, (RECORD["id"],), now))
            time.sleep(_LONG_ENOUGH_TO_LOOK)
            return True

        assert room.index.show(RECORD, "", now, decided_otherwise_right_after_this)
        assert begun[0].result() == {RECORD["id"]}
    assert room.index.shown((RECORD["id"],)) == frozenset()


def test_what_is_listed_anew_before_its_former_objects_are_removed_keeps_them(room: ReadingRoom) -> None:
    """Of two who work on a record at the same time, the slower one removes nothing of what the other shows."""
    room.store.put(record_key(RECORD["id"]), (b"{}",))

    def listed_anew(ids: Collection[str], at: Callable[[], datetime]) -> frozenset[str]:
        gone = room.index.withdraw(ids, at)
        assert room.index.show(RECORD, "", now, lambda: True)
        return gone

    slower = replace(room, index=Wrapped(room.index, "withdraw", listed_anew))
    withdraw(slower, (RECORD["id"],), now)
    assert room.store.stat(record_key(RECORD["id"])) is not None
    withdraw(room, (RECORD["id"],), now)
    assert room.store.stat(record_key(RECORD["id"])) is None
