"""Processes that die in the middle of a batch, each one call later than the one before. Argument: a folder.

A store lies in it for each of them, named by the number of its last call; the last one did not die.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from ingest.adapters import batches
from ingest.adapters.directory import DirectoryStore

BATCH = {"a/1": b"one", "a/2": b"two", "b/3": b"three", "b/4": b"", "b/5": b"five"}
_CALLS = ("open", "write", "fchmod", "fsync", "mkdir", "link", "unlink", "close")


def _deadly(die_at: int) -> None:
    """Die at the n-th call that touches the disk, before it is made; threads make them one after the other here."""
    calls = count(1)

    def before(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            if next(calls) == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return counted

    for name in _CALLS:
        setattr(os, name, before(getattr(os, name)))


def _batch_dies(store: Path, die_at: int) -> bool:
    store.mkdir()
    child = os.fork()
    if child == 0:
        batches.FILES_A_ROUND = 3  # type: ignore[misc]  # two rounds of a small batch
        _deadly(die_at)
        DirectoryStore(store, "archive").put_all((key, [content]) for key, content in BATCH.items())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    for number in count(1):
        if not _batch_dies(Path(sys.argv[1]) / str(number), number):
            break
