"""SQLite as we open it: durable, checked, and of use when the disk is full, read-only or somebody else's."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.adapters.sql import engine as engine_module
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.adapters.sql.engine import Database, sqlite_engine
from ingest.errors import CatalogueUnavailable, OutOfSpace, StoreReadOnly
from tests.contracts.catalogue_values import number, staged, upload

REPOSITORY = Path(__file__).parents[4]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    open_catalogue(path).close()
    database = Database(sqlite_engine(path, "mode=rw"), str(path))
    yield database
    database.close()


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A small file system; where none can be mounted the test is skipped visibly, and in CI it fails."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mount = subprocess.run(command, check=False, capture_output=True, text=True)
    if mount.returncode:
        missing = f"no file system can be mounted here: {mount.stderr.strip()}"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def made_read_only(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def test_what_is_committed_is_durable_and_what_is_referred_to_exists(database: Database) -> None:
    with database.reading() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    full = 2
    assert settings == {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_writer_waits_for_a_writer_and_a_reader_for_nobody(path: Path, database: Database) -> None:
    with open_catalogue(path) as catalogue:
        waiting = threading.Thread(target=catalogue.open_upload, args=(upload(),))
        with database.writing():
            waiting.start()
            waiting.join(0.2)
            assert waiting.is_alive()
            assert catalogue.packages() == ()
        waiting.join(10)
        assert catalogue.delivery(number("a")) == upload()


def test_a_writer_that_has_waited_in_vain_may_try_again(
    path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
    with open_catalogue(path) as catalogue, database.writing(), pytest.raises(CatalogueUnavailable):
        catalogue.open_upload(upload())


def test_a_reader_reads_while_another_writes(path: Path, database: Database) -> None:
    with open_catalogue(path) as catalogue:
        catalogue.open_upload(upload())
    with database.writing(), open_catalogue(path, read_only=True) as reader:
        assert reader.delivery(number("a")) == upload()
        with pytest.raises(StoreReadOnly):
            reader.open_upload(upload("b"))


def test_batches_do_not_read_past_what_is_examined(database: Database) -> None:
    question = text(
        "EXPLAIN QUERY PLAN SELECT path FROM objects"
        " WHERE delivery = 'a' AND examination IS NULL ORDER BY ordinal LIMIT 2"
    )
    with database.reading() as connection:
        plan = [row.detail for row in connection.execute(question)]
    assert plan == ["SEARCH objects USING INDEX objects_unexamined (delivery=?)"]


def fill(path: Path, batches: list[int]) -> None:
    """Write batches of objects for as long as there is room, and note each that was committed."""
    with open_catalogue(path) as catalogue:
        catalogue.open_upload(upload())
        while True:
            start = sum(batches)
            catalogue.add_staged(number("a"), [staged(n) for n in range(start, start + 50)])
            batches.append(50)


@pytest.mark.parametrize("size", ["16k", "64k", "400k"])
def test_a_full_disk_is_out_of_space_and_loses_nothing(tmp_path: Path, size: str) -> None:
    with mounted(tmp_path, size):
        batches: list[int] = []
        with pytest.raises(OutOfSpace):
            fill(tmp_path / "c.sqlite", batches)
        if batches:
            with open_catalogue(tmp_path / "c.sqlite", read_only=True) as catalogue:
                assert len(catalogue.staged(number("a"))) == sum(batches)


def test_a_catalogue_on_a_read_only_disk_can_be_read(tmp_path: Path) -> None:
    with mounted(tmp_path, "10m"):
        path = tmp_path / "c.sqlite"
        with open_catalogue(path) as catalogue:
            catalogue.open_upload(upload())
        made_read_only(tmp_path)
        with open_catalogue(path, read_only=True) as catalogue:
            assert catalogue.delivery(number("a")) == upload()
        with pytest.raises(StoreReadOnly) as fault:
            open_catalogue(path)
        assert str(path) in fault.value.sv


WRITE_AND_DIE = """
import os, pathlib, signal, sys
from ingest.adapters.sql.catalogue import open_catalogue
from tests.contracts.catalogue_values import upload
open_catalogue(pathlib.Path(sys.argv[1])).open_upload(upload())
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_writer(path: Path) -> None:
    command = [sys.executable, "-c", WRITE_AND_DIE, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    ended = subprocess.run(command, check=False, cwd=REPOSITORY, env=environment)
    assert ended.returncode == -signal.SIGKILL


def test_what_a_killed_writer_committed_is_there(path: Path) -> None:
    killed_writer(path)
    for read_only in (True, False):
        with open_catalogue(path, read_only=read_only) as catalogue:
            assert catalogue.delivery(number("a")) == upload()


def test_a_log_that_cannot_be_read_is_never_passed_over(tmp_path: Path) -> None:
    with mounted(tmp_path, "10m"):
        path = tmp_path / "c.sqlite"
        killed_writer(path)
        (tmp_path / "c.sqlite-shm").unlink()
        made_read_only(tmp_path)
        with pytest.raises(StoreReadOnly):
            open_catalogue(path, read_only=True)
