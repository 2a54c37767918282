"""A batch that is killed at any call leaves whole objects alone, and is ended by the same batch again."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from ingest.adapters.directory import DirectoryStore
from tests.unit.adapters.crash_in_batches import BATCH

HERE = Path(__file__).parent


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
