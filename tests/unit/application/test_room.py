"""Room in staging that is promised: of many who begin at once, none counts on another's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.room import Room
from ingest.bootstrap import Archive, writing
from ingest.errors import OutOfSpace
from tests.fakes.small_archive import settings_of


class Small:
    """A store of a hundred bytes, nothing else of which is asked here."""

    def __init__(self) -> None:
        self.used = 0

    def prove_room(self, needed: int) -> None:
        if self.used + needed > 100:
            raise OutOfSpace("fullt", "full")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(settings_of(tmp_path / "home")) as opened:
        yield opened


def _room(archive: Archive, store: Any) -> Room:
    return Room(replace(archive.ports, staging=store))


def test_what_is_promised_to_one_is_not_there_for_another(archive: Archive) -> None:
    room = _room(archive, Small())
    with room.promised(60):
        room.prove(40)
        with pytest.raises(OutOfSpace), room.promised(41):
            pass
        with room.promised(40), pytest.raises(OutOfSpace):
            room.prove(1)
    room.prove(100)


def test_what_has_come_is_not_counted_twice(archive: Archive) -> None:
    store = Small()
    room = _room(archive, store)
    with room.promised(60) as promise:
        store.used = 50
        promise.came(50)
        room.prove(40)
        store.used = 70
        promise.came(20)
        room.prove(30)
        with pytest.raises(OutOfSpace):
            room.prove(31)
    room.prove(30)


def test_a_promise_that_is_not_kept_is_given_back(archive: Archive) -> None:
    room = _room(archive, Small())
    for _ in range(3):
        with pytest.raises(OutOfSpace), room.promised(101):
            pass
    with pytest.raises(ZeroDivisionError), room.promised(100):
        raise ZeroDivisionError
    room.prove(100)
