"""Watched ports do what the ports behind them do, and tell how far they are."""

from pathlib import Path

import pytest

from earkiv.cli.watched_ports import WatchedReplica, WatchedStaging, WatchedStore
from ingest.adapters.directory import DirectoryStore
from ingest.ports import ObjectStore
from tests.contracts.object_store import ObjectStoreContract, fixity
from tests.fakes.memory_store import MemoryStore


class Tally:
    """A meter that only adds up."""

    def __init__(self) -> None:
        self.told: dict[str, int] = {"landed": 0, "files": 0, "examined": 0, "preserved": 0}

    def landed(self, size: int) -> None:
        self.told["landed"] += size

    def file_landed(self) -> None:
        self.told["files"] += 1

    def examined(self, files: int) -> None:
        self.told["examined"] += files

    def preserved(self, size: int) -> None:
        self.told["preserved"] += size


class TestWatchedStaging(ObjectStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> ObjectStore:
        return WatchedStaging(DirectoryStore(_made(tmp_path / "archive"), "archive"), Tally())

    @pytest.fixture
    def source(self, tmp_path: Path) -> ObjectStore:
        return WatchedStaging(DirectoryStore(_made(tmp_path / "staging"), "staging"), Tally())


class TestWatchedReplica(ObjectStoreContract):
    @pytest.fixture
    def store(self) -> ObjectStore:
        return WatchedReplica(MemoryStore("archive"), Tally())

    @pytest.fixture
    def source(self) -> ObjectStore:
        return MemoryStore("staging")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_what_lands_and_what_is_read_back_is_told() -> None:
    tally, store = Tally(), MemoryStore("archive")
    WatchedStaging(store, tally).put("a", (b"123", b"4567"))
    with WatchedReplica(store, tally).open("a") as stream:
        assert stream.read() == b"1234567"
    assert tally.told == {"landed": 7, "files": 1, "examined": 0, "preserved": 7}


def test_what_lands_in_a_batch_is_told() -> None:
    tally = Tally()
    WatchedStaging(MemoryStore("staging"), tally).put_all([("a", (b"123", b"4567")), ("b", (b"8",))])
    assert tally.told == {"landed": 8, "files": 2, "examined": 0, "preserved": 0}


def test_two_directories_behind_meters_still_share_one_file(tmp_path: Path) -> None:
    staging = DirectoryStore(_made(tmp_path / "staging"), "staging")
    archive = DirectoryStore(_made(tmp_path / "archive"), "archive")
    staging.put("a", (b"1234567",))
    WatchedStore(archive, Tally()).adopt("b", WatchedStaging(staging, Tally()), "a", fixity(b"1234567"))
    assert (tmp_path / "staging" / "a").stat().st_ino == (tmp_path / "archive" / "b").stat().st_ino
