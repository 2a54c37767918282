"""What a store in a folder promises beyond the port: links, rights, order of syncs, faults, leftovers."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.adapters import directory
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.folders import remove_empty
from ingest.adapters.store_faults import store_fault
from ingest.errors import (
    DamageFound,
    EarkivError,
    InvalidKey,
    ObjectExists,
    OutOfSpace,
    StoreReadOnly,
    StoreUnavailable,
)
from tests.unit.adapters.watched_calls import incoming, record_syncs, refuse

HERE = Path(__file__).parent


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


@pytest.fixture
def store(root: Path) -> DirectoryStore:
    return DirectoryStore(root, "archive")


@pytest.fixture
def staging(tmp_path: Path) -> DirectoryStore:
    (tmp_path / "staging").mkdir()
    return DirectoryStore(tmp_path / "staging", "staging")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_stored_files_are_read_only(store: DirectoryStore) -> None:
    store.put("a", [b"x"])
    store.replace("b", b"1")
    store.replace("b", b"2")
    assert (mode(store.root / "a"), mode(store.root / "b")) == (0o444, 0o444)


def test_adopting_on_one_device_moves_no_byte(store: DirectoryStore, staging: DirectoryStore) -> None:
    store.adopt("x/y", staging, "s", staging.put("s", [b"content"]))
    assert (store.root / "x/y").samefile(staging.root / "s")


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP])
def test_where_links_are_refused_adopting_copies(
    store: DirectoryStore, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    expected = staging.put("s", [b"content"])
    monkeypatch.setattr(os, "link", refuse(code))
    store.adopt("x", staging, "s", expected)
    assert (store.root / "x").read_bytes() == b"content"
    assert not (store.root / "x").samefile(staging.root / "s")
    assert incoming(store) == []


def test_where_links_are_refused_nothing_is_overwritten(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    store.put("a/b", [b"first"])
    store.put("a/b", [b"first"])
    with pytest.raises(ObjectExists):
        store.put("a/b", [b"other"])
    assert (store.root / "a/b").read_bytes() == b"first"
    assert incoming(store) == []


def test_bytes_are_durable_before_their_name_and_the_name_before_the_answer(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    record_syncs(monkeypatch, calls)
    store.put("new/folder/a", [b"x"])
    # The hidden folder's name, the bytes, the two new folders' names, the link, its name.
    assert calls == ["fsync folder", "fsync file", "fsync folder", "fsync folder", "link", "fsync folder"]
    calls.clear()
    store.replace("new/folder/b", b"x")
    assert calls == ["fsync file", "replace", "fsync folder"]


def test_deleting_leaves_no_empty_folders(store: DirectoryStore) -> None:
    store.put("a/b/c/d", [b"x"])
    store.put("a/e", [b"x"])
    store.delete(["a/b/c/d"])
    assert sorted(p.name for p in (store.root / "a").iterdir()) == ["e"]


def test_deleting_looks_at_each_folder_once_and_syncs_nothing(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"{folder}/{name}" for folder in ("a", "a/b", "c") for name in ("1", "2", "3")]
    for key in keys:
        store.put(key, [b"x"])
    store.put("c/4", [b"x"])
    looked_at: list[tuple[str, ...]] = []

    def looking(root: Path, segments: tuple[str, ...]) -> None:
        looked_at.append(segments)
        remove_empty(root, segments)

    monkeypatch.setattr(directory, "remove_empty", looking)
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))
    store.delete([*keys, "c/absent", "absent/1"])
    assert looked_at == [("a",), ("a", "b"), ("c",)]
    assert list(store.keys("")) == ["c/4"]
    assert not (store.root / "a").exists()


def test_deleting_again_removes_the_folder_that_a_kill_left_empty(store: DirectoryStore) -> None:
    (store.root / "a" / "b").mkdir(parents=True)
    store.delete(["a/b/c"])
    assert not (store.root / "a").exists()


def test_a_crash_leaves_what_is_never_listed_and_is_swept_when_old(store: DirectoryStore) -> None:
    command = [sys.executable, str(HERE / "crash_while_putting.py"), str(store.root)]
    repository = HERE.parents[2]
    died = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(repository)})
    assert died.returncode < 0
    (leftover,) = incoming(store)
    assert list(store.keys("")) == []
    assert store.stat("a/b") is None
    assert store.sweep_temporary(timedelta(hours=1)) == ()
    assert store.sweep_temporary(timedelta(seconds=-1)) == (leftover,)
    assert incoming(store) == []
    store.put("a/b", [b"whole"])


def test_sweeping_a_store_never_written_to_finds_nothing(store: DirectoryStore) -> None:
    assert store.sweep_temporary(timedelta(0)) == ()


def test_a_full_disk_is_out_of_space_and_changes_nothing(store: DirectoryStore) -> None:
    command = [sys.executable, str(HERE / "fill_the_disk.py"), str(store.root)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    ended = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    assert ended.stdout == "OutOfSpace\n"
    assert list(store.keys("")) == ["small"]
    assert incoming(store) == []


@contextmanager
def mounted(kind: list[str], folder: Path) -> Iterator[None]:
    """A small file system; where none can be mounted the test is skipped visibly, and in CI it fails."""
    mount = subprocess.run(["mount", *kind, str(folder)], check=False, capture_output=True, text=True)
    if mount.returncode:
        missing = f"no file system can be mounted here: {mount.stderr.strip()}"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_file_system_is_out_of_space(root: Path, store: DirectoryStore) -> None:
    with mounted(["-t", "tmpfs", "-o", "size=64k", "tmpfs"], root):
        store.put("a", [b"x" * 4096])
        with pytest.raises(OutOfSpace, match=str(root)):
            store.put("b", [b"x" * 4096] * 100)
        with pytest.raises(OutOfSpace):
            store.replace("a", b"x" * 409600)
        assert list(store.keys("")) == ["a"]
        assert incoming(store) == []


def test_a_file_system_mounted_read_only_is_read_only(root: Path, store: DirectoryStore) -> None:
    with mounted(["-t", "tmpfs", "-o", "size=64k", "tmpfs"], root):
        store.put("a", [b"x"])
        remount = subprocess.run(["mount", "-o", "remount,ro", str(root)], check=False)
        assert remount.returncode == 0
        with pytest.raises(StoreReadOnly) as fault:
            store.put("b", [b"x"])
        assert str(root) in fault.value.sv
        with pytest.raises(StoreReadOnly):
            store.delete(["a"])
        assert list(store.keys("")) == ["a"]
        with store.open("a") as stream:
            assert stream.read() == b"x"


def test_another_device_is_copied_from(root: Path, store: DirectoryStore, staging: DirectoryStore) -> None:
    expected = staging.put("s", [b"content"])
    with mounted(["-t", "tmpfs", "-o", "size=64k", "tmpfs"], root):
        store.adopt("x/y", staging, "s", expected)
        with store.open("x/y") as stream:
            assert stream.read() == b"content"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (errno.ENOSPC, OutOfSpace),
        (errno.EDQUOT, OutOfSpace),
        (errno.EROFS, StoreReadOnly),
        (errno.EACCES, StoreReadOnly),
        (errno.EPERM, StoreReadOnly),
        (errno.EIO, StoreUnavailable),
        (errno.ESTALE, StoreUnavailable),
        (errno.EMFILE, StoreUnavailable),
        (errno.ENAMETOOLONG, InvalidKey),
        (errno.ENOTDIR, ObjectExists),
    ],
)
def test_each_fault_of_the_system_has_its_place_and_names_the_folder(code: int, fault: type[EarkivError]) -> None:
    found = store_fault(OSError(code, os.strerror(code)), Path("/arkiv"))
    assert type(found) is fault
    assert "/arkiv" in found.sv
    assert "/arkiv" in found.en
    assert found.sv != found.en


@pytest.mark.parametrize("call", ["link", "fsync", "mkdir", "fchmod", "open", "write"])
def test_a_fault_at_any_call_leaves_no_object_and_no_leftover(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store.put("before", [b"x"])
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse(errno.EIO))
        with pytest.raises(StoreUnavailable):
            store.put("new/a", [b"x"])
    assert list(store.keys("")) == ["before"]
    assert incoming(store) == []
    store.put("new/a", [b"x"])


def test_a_fault_while_reading_is_the_stores(store: DirectoryStore, tmp_path: Path) -> None:
    store.put("a", [b"x"])
    with store.open("a") as stream:
        # The kernel answers EBADF: what the reader holds can only be written to from here on.
        write_only = os.open(tmp_path / "other", os.O_WRONLY | os.O_CREAT)
        os.dup2(write_only, stream.fileno())
        os.close(write_only)
        with pytest.raises(StoreUnavailable):
            stream.read()
        with pytest.raises(StoreUnavailable):
            stream.read(1)


def test_a_root_that_is_gone_is_an_outage_and_nothing_is_missing(store: DirectoryStore) -> None:
    store.root.rmdir()
    with pytest.raises(StoreUnavailable):
        store.stat("a")
    with pytest.raises(StoreUnavailable):
        store.open("a")
    with pytest.raises(StoreUnavailable):
        list(store.keys(""))
    with pytest.raises(StoreUnavailable):
        store.put("a", [b"x"])


def test_a_link_in_the_store_is_listed_but_never_followed(store: DirectoryStore, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    (store.root / "a").symlink_to(secret)
    (store.root / "folder").symlink_to(tmp_path)
    assert list(store.keys("")) == ["a", "folder"]
    assert store.stat("folder/secret") is None
    with pytest.raises(DamageFound):
        store.open("a")
    with pytest.raises(DamageFound):
        store.stat("a")
    with pytest.raises(ObjectExists):
        store.put("folder/new", [b"x"])
    store.delete(["a"])
    assert secret.exists()


def test_a_pipe_in_the_store_does_not_hang_the_reader(store: DirectoryStore) -> None:
    os.mkfifo(store.root / "pipe")
    with pytest.raises(DamageFound):
        store.open("pipe")


def test_a_name_on_disk_that_can_be_no_key_is_named(store: DirectoryStore) -> None:
    (store.root / "a\nb").write_text("x")
    with pytest.raises(InvalidKey):
        list(store.keys(""))


def test_the_hidden_folder_is_no_place_for_objects(store: DirectoryStore) -> None:
    with pytest.raises(InvalidKey):
        store.put(".incoming/a", [b"x"])
    with pytest.raises(InvalidKey):
        list(store.keys(".incoming/"))
    store.put("a/.incoming/b", [b"x"])


def test_an_object_and_a_folder_cannot_share_a_name(store: DirectoryStore) -> None:
    store.put("a", [b"x"])
    with pytest.raises(ObjectExists):
        store.put("a/b", [b"x"])
    store.put("c/d", [b"x"])
    with pytest.raises(ObjectExists):
        store.put("c", [b"x"])
    with pytest.raises(ObjectExists):
        store.replace("c", b"x")


def test_room_that_is_not_there_is_told_before_anything_is_written(store: DirectoryStore, root: Path) -> None:
    with pytest.raises(OutOfSpace, match=str(root)):
        store.prove_room(1 << 62)
