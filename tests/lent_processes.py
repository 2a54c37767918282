"""Processes that look into files, handed from one archive of the tests to the next: each costs half a second to start.

A pool that rests or is closed leaves its processes here when it has harmed none; the next of its kind takes them over.
What is restarted, or broken, ends as ever.
"""

# ruff: noqa: SLF001 - what is lent is what a pool holds within

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

import pytest

from ingest.adapters.pool import SpawnPool

_STATE: Final = ("_starter", "_executor", "_children")


@contextmanager
def lent_processes() -> Iterator[None]:
    """Let pools take over one another's processes until the `with` block ends, and end all of them then."""
    idle: dict[tuple[int, int], list[SpawnPool]] = defaultdict(list)
    lock, submit, rest, close = Lock(), SpawnPool.submit, SpawnPool.rest, SpawnPool.close

    def submit_to_lent(self: SpawnPool, work: Callable[[Any], Any], argument: Any) -> "Future[Any]":
        with lock:
            if self._executor is None and self._starter is None and idle[_kind(self)]:
                _move(idle[_kind(self)].pop(), self)
        return submit(self, work, argument)

    def leave(self: SpawnPool) -> bool:
        if is_sound := _is_sound(self):
            kept = SpawnPool(*_kind(self))
            _move(self, kept)
            with lock:
                idle[_kind(self)].append(kept)
        return is_sound

    def rest_by_leaving(self: SpawnPool) -> None:
        _ = leave(self) or rest(self)

    def close_by_leaving(self: SpawnPool) -> None:
        _ = leave(self) or close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SpawnPool, "submit", submit_to_lent)
        patch.setattr(SpawnPool, "rest", rest_by_leaving)
        patch.setattr(SpawnPool, "close", close_by_leaving)
        yield
    for pool in (pool for pools in idle.values() for pool in pools):
        pool.close()


def _kind(pool: SpawnPool) -> tuple[int, int]:
    return pool._workers, pool._memory_bytes


def _is_sound(pool: SpawnPool) -> bool:
    executor = pool._executor
    return executor is not None and not executor._broken and not executor._pending_work_items


def _move(giver: SpawnPool, taker: SpawnPool) -> None:
    """Give one pool what another has, which then is as new."""
    new = SpawnPool(*_kind(giver))
    for name in _STATE:
        setattr(taker, name, getattr(giver, name))
        setattr(giver, name, getattr(new, name))
