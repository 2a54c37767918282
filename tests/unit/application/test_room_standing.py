"""An index put back from an old copy shows nothing, and is mended from the store when the archive opens the room."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from access.app import reading_room
from access.settings import PublicSettings
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.public_index import open_public_index
from ingest.application.reading_room import ReadingRoom, tell_standing, told_standing, withdraw
from ingest.application.room_standing import keep_in_step
from ingest.errors import DamageFound
from schemas.public_standing import STANDING_KEY
from schemas.public_store import record_key
from tests.contracts.public_index import CASE, RECORD, yes
from tests.fakes.visitor import Visitor

OTHER = {**CASE, "id": "o" * 16, "title": "Rivningslov"}


def now() -> datetime:
    return datetime(2026, 11, 29, tzinfo=UTC)


@contextmanager
def opened(folder: Path) -> Iterator[ReadingRoom]:
    """Open the room as the archive has it."""
    (folder / "store").mkdir(exist_ok=True)
    with open_public_index(folder / "index.sqlite") as index:
        yield ReadingRoom(store=DirectoryStore(folder / "store", "public"), index=index)


def carried_over(room: ReadingRoom, *records: Mapping[str, Any]) -> None:
    for record in records:
        room.store.replace(record_key(record["id"]), json.dumps(record).encode())
        room.index.show(record, "", now, yes)
    tell_standing(room)


@pytest.fixture
def put_back(tmp_path: Path) -> Path:
    """A room whose index was put back from a copy of before one record was withdrawn and another changed."""
    with opened(tmp_path) as room:
        carried_over(room, CASE, RECORD, OTHER)
    copy = (tmp_path / "index.sqlite").read_bytes()
    with opened(tmp_path) as room:
        withdraw(room, (RECORD["id"],), now)
        carried_over(room, {**CASE, "title": "Maskerat"})
    (tmp_path / "index.sqlite").write_bytes(copy)
    return tmp_path


def visitor(folder: Path) -> Visitor:
    return Visitor(app=reading_room(PublicSettings(store=folder / "store", index=folder / "index.sqlite")))


def test_an_index_put_back_shows_nothing_until_it_is_mended(put_back: Path) -> None:
    for path in ("/search?q=ritning", f"/records/{RECORD['id']}", f"/cases/{OTHER['id']}", "/oai?verb=Identify"):
        assert visitor(put_back).get(path).status_code == 503, path
    with opened(put_back) as room:
        assert keep_in_step(room, now) == {RECORD["id"], CASE["id"]}
        assert keep_in_step(room, now) == frozenset()
    reader = visitor(put_back)
    answers = {each["id"]: reader.get(f"/cases/{each['id']}").status_code for each in (OTHER, CASE)}
    assert answers == {OTHER["id"]: 200, CASE["id"]: 410}
    assert reader.get(f"/records/{RECORD['id']}").status_code == 410


def test_positions_of_a_mended_index_are_not_taken_for_those_before(put_back: Path) -> None:
    with opened(put_back) as room:
        before = room.index.standing()
        keep_in_step(room, now)
        assert room.index.standing().index != before.index
        assert told_standing(room) == room.index.standing()


def test_a_room_in_step_loses_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        carried_over(room, CASE, OTHER)
        name = room.index.standing().index
        room.index.show(RECORD, "", now, yes)  # told by no store yet: its writer was killed
        assert keep_in_step(room, now) == frozenset()
        assert room.index.standing().index == name
        assert room.index.shown((CASE["id"], OTHER["id"], RECORD["id"])) == {CASE["id"], OTHER["id"], RECORD["id"]}


def test_a_withdrawal_is_told_to_the_store(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        carried_over(room, CASE)
        withdraw(room, (CASE["id"],), now)
        assert told_standing(room) == room.index.standing()
        assert room.index.standing().position == 2


def test_a_damaged_standing_is_damage(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        room.store.replace(STANDING_KEY, b"{}")
        with pytest.raises(DamageFound, match=STANDING_KEY):
            keep_in_step(room, now)
