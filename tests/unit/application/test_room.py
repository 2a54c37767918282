"""Room in staging that is promised: of many who begin at once, none counts on another's."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ingest.application.resumable_uploads import Announced, begin
from ingest.application.room import Room
from ingest.bootstrap import Archive, writing
from ingest.domain.quotas import Fit
from ingest.domain.uploads import Upload
from ingest.errors import OutOfSpace, StagingTooSmall
from ingest.ports import Catalogue
from tests.fakes.small_archive import settings_of


class Small:
    """A store of a hundred bytes, nothing else of which is asked here."""

    def __init__(self) -> None:
        self.used = 0

    def prove_room(self, needed: int) -> None:
        if self.used + needed > 100:
            raise OutOfSpace("fullt", "full")

    def capacity(self) -> int:
        return 100


class Watched:
    """A catalogue in which something happens before it says what is to come, or after it has recorded an upload."""

    def __init__(self, catalogue: Catalogue, before: Callable[[], object], after: Callable[[], object]) -> None:
        self._catalogue = catalogue
        self._before = before
        self._after = after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def bytes_to_come(self, now: datetime) -> int:
        found = self._catalogue.bytes_to_come(now)
        self._before()
        return found

    def begin_within_quota(self, upload: Upload) -> Fit:
        self._after()
        return self._catalogue.begin_within_quota(upload)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(settings_of(tmp_path / "home")) as opened:
        yield opened


def _room(archive: Archive, store: Any, **ports: Any) -> Room:
    return Room(replace(archive.ports, staging=store, **ports))


def _prove(room: Room, size: int) -> None:
    with room.promised(size):
        pass


def test_what_fits_later_is_told_apart_from_what_never_does(archive: Archive) -> None:
    room = _room(archive, Small())
    with room.promised(60):
        with pytest.raises(OutOfSpace):
            _prove(room, 100)
        with pytest.raises(StagingTooSmall):
            _prove(room, 101)
    _prove(room, 100)


def test_what_is_promised_to_one_is_not_there_for_another(archive: Archive) -> None:
    room = _room(archive, Small())
    with room.promised(60):
        _prove(room, 40)
        with pytest.raises(OutOfSpace), room.promised(41):
            pass
        with room.promised(40), pytest.raises(OutOfSpace):
            _prove(room, 1)
    _prove(room, 100)


def test_what_has_come_is_not_counted_twice(archive: Archive) -> None:
    store = Small()
    room = _room(archive, store)
    with room.promised(60) as promise:
        store.used = 50
        promise.came(50)
        _prove(room, 40)
        store.used = 70
        promise.came(20)
        _prove(room, 30)
        with pytest.raises(OutOfSpace):
            _prove(room, 31)
    _prove(room, 30)


def test_a_promise_that_is_not_kept_is_given_back(archive: Archive) -> None:
    room = _room(archive, Small())
    for _ in range(3):
        with pytest.raises(StagingTooSmall), room.promised(101):
            pass
    with pytest.raises(ZeroDivisionError), room.promised(100):
        raise ZeroDivisionError
    _prove(room, 100)


def test_what_never_fits_keeps_nobody_waiting_while_it_is_looked_into(archive: Archive) -> None:
    asked, answered = Event(), Event()

    def slow() -> None:
        if not asked.is_set():
            asked.set()
            assert answered.wait(60)

    room = _room(archive, Small(), catalogue=Watched(archive.ports.catalogue, slow, lambda: None))
    with ThreadPoolExecutor(1) as other:
        refused = other.submit(_prove, room, 10**18)
        assert asked.wait(60)
        _prove(room, 100)
        answered.set()
        with pytest.raises(StagingTooSmall):
            refused.result()


def _announced(length: int) -> Announced:
    return Announced(sender=None, length=length, name="", metadata="")


def test_an_upload_has_its_room_before_the_catalogue_knows_of_it(archive: Archive) -> None:
    met: list[OutOfSpace] = []

    def another() -> None:
        with pytest.raises(OutOfSpace) as caught:
            _prove(room, 41)
        met.append(caught.value)

    ports = replace(archive.ports, catalogue=Watched(archive.ports.catalogue, lambda: None, another))
    room = _room(archive, Small())
    begin(_announced(60), room, ports)
    assert len(met) == 1
    _prove(room, 40)


def test_an_upload_that_is_recorded_while_another_looks_is_counted(archive: Archive) -> None:
    to_begin = [60]

    def meanwhile() -> None:
        if to_begin:
            begin(_announced(to_begin.pop()), room, archive.ports)

    room = _room(archive, Small(), catalogue=Watched(archive.ports.catalogue, meanwhile, lambda: None))
    with pytest.raises(OutOfSpace):
        _prove(room, 41)
