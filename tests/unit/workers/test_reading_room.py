"""The reading room is kept by a process that runs: soon what a person closed, once an hour all of it."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import pytest

from access.database import IndexUnavailable, SqliteQuery
from ingest.adapters.incoming import INCOMING
from ingest.application.reading_room import ReadingRoom
from ingest.bootstrap import Archive
from ingest.bootstrap.reading_room import reading_room, room_if_any
from ingest.config import Settings, read_settings
from ingest.domain.access.levels import Level
from ingest.errors import ConfigurationError, StoreUnavailable
from schemas.public_store import text_key
from tests.contracts.public_index import RECORD
from tests.fakes.decided import decision
from workers import reading_room as module
from workers.reading_room import ROUNDS_PER_TENDING, RoomKeeper


@pytest.fixture
def room(archive: Archive, settings: Settings) -> Iterator[ReadingRoom]:
    assert archive.owner  # Opened first: the room lies in its folder.
    with reading_room(settings) as opened:
        yield opened


def keeper(archive: Archive, room: ReadingRoom | None) -> RoomKeeper:
    return RoomKeeper(archive, lambda: nullcontext(room))


@pytest.mark.usefixtures("archive")
def test_it_finds_the_room_where_there_is_one(settings: Settings) -> None:
    with room_if_any(settings) as none:
        assert none is None
    with reading_room(settings), room_if_any(settings) as room:
        assert room is not None


@pytest.mark.parametrize("half", [{"EARKIV_STORE_PUBLIC": "/srv/public"}, {"EARKIV_PUBLIC_DATABASE": "postgresql://x"}])
def test_a_server_that_is_told_of_half_a_room_takes_nothing_out_in_silence(half: dict[str, str]) -> None:
    server = {"EARKIV_DATABASE": "postgresql://x", "EARKIV_HOME": "/nowhere", **half}
    with pytest.raises(ConfigurationError, match="EARKIV_PUBLIC_DATABASE"), room_if_any(read_settings(server, 1)):
        pass


def test_what_nobody_lists_goes_the_second_time(
    archive: Archive, room: ReadingRoom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    room.store.put(text_key(RECORD["id"]), (b"Hej!",))
    kept = keeper(archive, room)
    assert kept.tended()
    assert list(room.store.keys("text/"))
    assert kept.tended()
    assert not list(room.store.keys("text/"))
    assert "removed from the public store what nobody lists" in caplog.messages


def test_what_was_broken_off_half_way_through_a_file_goes(
    archive: Archive, settings: Settings, room: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TEMPORARY", timedelta(0))
    folder = settings.home / "public" / "store" / INCOMING
    folder.mkdir(exist_ok=True)
    (folder / "half").write_bytes(b"half of it")
    assert keeper(archive, room).tended()
    assert not list(folder.iterdir())


def test_what_no_decision_allows_is_taken_out_and_told(
    archive: Archive, room: ReadingRoom, caplog: pytest.LogCaptureFixture
) -> None:
    room.index.show(RECORD, "", archive.ports.clock.now, lambda: True)
    assert keeper(archive, room).tended()
    assert not room.index.shown((RECORD["id"],))
    assert "took records out of the reading room that no decision allows" in caplog.messages


_WRITE_AND_DIE = """
import os, signal, sqlite3, sys
writer = sqlite3.connect(sys.argv[1], isolation_level=None)
writer.execute("PRAGMA cache_size = 1")
writer.execute("BEGIN IMMEDIATE")
for number in range(200):
    writer.execute("INSERT INTO layout VALUES (?, ?)", (str(number), "x" * 4000))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_that_was_killed_shuts_the_room_for_no_longer_than_a_round(
    archive: Archive, settings: Settings
) -> None:
    with reading_room(settings):
        pass
    index = settings.home / "public" / "index.sqlite"
    subprocess.run([sys.executable, "-c", _WRITE_AND_DIE, str(index)], check=False)
    query = SqliteQuery(index)
    with pytest.raises(IndexUnavailable):
        query("SELECT count(*) FROM entries", {})
    RoomKeeper(archive, lambda: room_if_any(settings)).keep_on(Rounds(1))  # type: ignore[arg-type] # only counts
    assert [tuple(row) for row in query("SELECT count(*) FROM entries", {})] == [(0,)]
    query.close()


def test_without_a_room_there_is_nothing_to_tend(archive: Archive) -> None:
    assert keeper(archive, None).tended()


def test_a_decision_that_cannot_be_finished_is_told_and_waits(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody knows its package: it has no place to get."""
    archive.ports.catalogue.announce_access(decision(Level.HIDDEN, ("C",)))
    keeper(archive, None).finish()
    assert len(archive.ports.catalogue.announced_access()) == 1
    assert "finished decisions" not in caplog.text


@dataclass
class Rounds:
    """Stops a keeper after some rounds."""

    left: int

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left <= 0


@pytest.mark.parametrize(
    ("answers", "rounds", "times"),
    [((True,) * 9, ROUNDS_PER_TENDING, 1), ((True,) * 9, ROUNDS_PER_TENDING + 1, 2), ((False, True), 3, 2)],
)
def test_it_tends_at_once_then_hourly_and_again_soon_after_a_fault(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, answers: tuple[bool, ...], rounds: int, times: int
) -> None:
    said, asked = iter(answers), list[bool]()

    def tended(_: RoomKeeper) -> bool:
        asked.append(next(said))
        return asked[-1]

    monkeypatch.setattr(RoomKeeper, "tended", tended)
    keeper(archive, None).keep_on(Rounds(rounds))  # type: ignore[arg-type] # an Event that only counts
    assert len(asked) == times


def test_a_fault_is_told_and_ends_nothing(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    def away() -> AbstractContextManager[None]:
        raise StoreUnavailable("nere", "down")

    RoomKeeper(archive, away).keep_on(Rounds(2))  # type: ignore[arg-type] # an Event that only counts
    assert caplog.messages == ["the reading room cannot be kept right now"] * 2
