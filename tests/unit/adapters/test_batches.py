"""Batches of objects into a folder: order of syncs, rounds, faults, a kill at any call."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters import batches
from ingest.adapters.directory import DirectoryStore
from ingest.errors import ObjectExists, StoreUnavailable
from tests.unit.adapters.crash_in_batches import BATCH
from tests.unit.adapters.watched_calls import incoming, record_syncs, refuse

HERE = Path(__file__).parent


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path, "archive")


def test_all_bytes_of_a_batch_are_durable_before_their_names_and_those_before_the_answer(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a/0", [b"x"])
    calls: list[str] = []
    record_syncs(monkeypatch, calls)
    store.put_all((key, [b"x"]) for key in ("a/1", "a/2", "a/3", "b/1", "b/2"))
    of_b = ["fsync folder", "link", "link", "fsync folder"]
    assert calls == ["fsync file"] * 5 + ["link"] * 3 + ["fsync folder"] + of_b


def test_a_batch_is_ended_in_rounds_of_few_files_and_bytes(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "FILES_A_ROUND", 3)
    monkeypatch.setattr(batches, "BYTES_A_ROUND", 10)
    waiting: list[int] = []

    def chunks(content: bytes) -> Iterator[bytes]:
        waiting.append(len(incoming(store)) - 1)
        yield content

    sizes = (1, 1, 1, 1, 9, 99, 1)
    store.put_all((f"a/{n}", chunks(b"x" * size)) for n, size in enumerate(sizes))
    assert waiting == [0, 1, 2, 0, 1, 0, 0]
    assert incoming(store) == []


@pytest.mark.parametrize("call", ["link", "fsync", "mkdir", "fchmod", "open", "write"])
def test_a_fault_at_any_call_of_a_batch_leaves_no_leftover(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store.put("before", [b"x"])
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse(errno.EIO))
        with pytest.raises(StoreUnavailable):
            store.put_all((f"new/{n}", [b"x"]) for n in range(20))
    assert list(store.keys("")) == ["before"]
    assert incoming(store) == []
    store.put_all((f"new/{n}", [b"x"]) for n in range(20))


def test_a_folder_that_is_removed_under_a_batch_is_made_again(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first link finds that the folder has gone; two files of the batch had got their names by then."""
    link, left = os.link, [3]

    def removing(*arguments: Any, **named: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        link(*arguments, **named)

    monkeypatch.setattr(os, "link", removing)
    store.put_all((f"a/{n}", [b"%d" % n]) for n in range(5))
    assert [(store.root / f"a/{n}").read_bytes() for n in range(5)] == [b"%d" % n for n in range(5)]
    assert incoming(store) == []


def test_where_links_are_refused_a_batch_overwrites_nothing(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    store.put_all([("a/b", [b"first"]), ("a/c", [b"2"]), ("a/b", [b"first"])])
    with pytest.raises(ObjectExists):
        store.put_all([("a/d", [b"3"]), ("a/b", [b"other"])])
    assert (store.root / "a/b").read_bytes() == b"first"
    assert incoming(store) == []


def contents(store: DirectoryStore) -> dict[str, bytes]:
    return {key: (store.root / key).read_bytes() for key in store.keys("")}


def test_a_batch_killed_at_any_call_is_ended_by_the_same_batch_again(tmp_path: Path) -> None:
    command = [sys.executable, str(HERE / "crash_in_batches.py"), str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(HERE.parents[2])})
    stores = [DirectoryStore(folder, "archive") for folder in sorted(tmp_path.iterdir(), key=lambda p: int(p.name))]
    left = [contents(store) for store in stores]
    # Nothing, a round with and without its last names, all: each was there to be found.
    assert {len(found) for found in left} == {0, 1, 2, 3, 4, 5}
    for store, found in zip(stores, left, strict=True):
        assert found.items() <= BATCH.items()
        stored = store.put_all((key, [content]) for key, content in BATCH.items())
        assert [fixity.size for fixity in stored] == [len(content) for content in BATCH.values()]
        assert contents(store) == BATCH
        store.sweep_temporary(timedelta(seconds=-1))
        assert list((store.root / ".incoming").iterdir()) == []
    assert len(stores) > 40
