"""The archive's folder and the lock against a second writer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.adapters.home import Home, create_home, open_home, writer_lock
from ingest.errors import ConfigurationError, HomeLocked, StoreReadOnly

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return create_home(tmp_path / "arkiv")


@contextmanager
def other_writer(home: Home) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process that holds the lock, and its child that outlives it."""
    command = [sys.executable, str(HERE / "hold_the_lock.py"), str(home.root)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        try:
            yield holder, child
        finally:
            holder.kill()
            os.kill(child, signal.SIGKILL)


def test_a_new_home_has_its_folders_for_its_owner_alone(tmp_path: Path) -> None:
    home = create_home(tmp_path / "nya" / "arkivet")
    assert home == open_home(home.root)
    for folder in (home.archive, home.staging, home.keys, home.agreements):
        assert folder.is_dir()
        assert folder.stat().st_mode & 0o077 == 0
    assert home.root.stat().st_mode & 0o077 == 0


def test_making_a_home_again_leaves_what_is_there_and_adds_what_lacks(home: Home) -> None:
    (home.archive / "kept").write_text("x")
    home.keys.rmdir()
    create_home(home.root)
    assert (home.archive / "kept").exists()
    assert home.keys.is_dir()


def test_a_folder_that_holds_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "semesterbilder").mkdir()
    with pytest.raises(ConfigurationError, match="EARKIV_HOME"):
        create_home(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["semesterbilder"]


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError):
        create_home(tmp_path / "file")
    with pytest.raises(ConfigurationError):
        create_home(tmp_path / "file" / "below")
    with pytest.raises(ConfigurationError):
        open_home(tmp_path / "file")


def test_opening_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        open_home(tmp_path / "arkiv")
    assert list(tmp_path.iterdir()) == []


def test_a_home_on_a_read_only_disk_says_so(tmp_path: Path) -> None:
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(tmp_path)],
        check=False,
        capture_output=True,
    )
    if mount.returncode:
        missing = "no file system can be mounted here"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    try:
        with pytest.raises(StoreReadOnly, match=str(tmp_path)):
            create_home(tmp_path / "arkiv")
        with pytest.raises(StoreReadOnly), writer_lock(Home(root=tmp_path), NOW, 0):
            pytest.fail("locked a home that cannot be written")
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_second_writer_is_told_who_holds_the_lock(home: Home) -> None:
    with other_writer(home) as (holder, _):
        with pytest.raises(HomeLocked) as fault, writer_lock(home, NOW, 0.2):
            pytest.fail("two writers")
        for text in (fault.value.sv, fault.value.en):
            assert f"pid {holder.pid}" in text
            assert "2026-11-02T09:30:00+00:00" in text
            assert str(home.root) in text


def test_the_lock_dies_with_its_owner_though_its_child_lives(home: Home) -> None:
    with other_writer(home) as (holder, child):
        holder.kill()
        holder.wait()
        os.kill(child, 0)
        with writer_lock(home, NOW, 5):
            assert f"pid {os.getpid()}," in home.lock.read_text()


def test_one_process_is_no_two_writers_either(home: Home) -> None:
    mine = f"pid {os.getpid()},"
    with writer_lock(home, NOW, 0), pytest.raises(HomeLocked, match=mine), writer_lock(home, NOW, 0):
        pytest.fail("two writers")
    with writer_lock(home, NOW, 0):
        assert mine in home.lock.read_text()


def test_a_writer_waits_as_long_as_it_is_told(home: Home) -> None:
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(home, NOW, 0):
            taken.set()
            done.wait(0.3)

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait()
    started = time.monotonic()
    with writer_lock(home, NOW, 30):
        assert 0.1 < time.monotonic() - started < 20
    holder.join()
