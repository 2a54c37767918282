"""Processes that look into files, handed from one archive of the tests to the next: each costs half a second to start.

A pool that rests or is closed leaves its processes here when none is broken and nothing is under way; the next that
begins with the same kind of work takes them over. What is restarted ends as ever. So nothing lets go of memory when it
rests: that it does, and that closing ends all, is tested in `tests/unit/adapters`.
"""

# ruff: noqa: SLF001 - what is lent is what a pool holds within

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

import pytest

from ingest.adapters.pool import SpawnPool

Kind = tuple[int, int, str]
_STATE: Final = ("_starter", "_executor", "_children")


class IdleProcesses:
    """The processes that nobody uses at the moment."""

    def __init__(self) -> None:
        self._idle: dict[Kind, list[SpawnPool]] = defaultdict(list)
        self._kinds: WeakKeyDictionary[SpawnPool, Kind] = WeakKeyDictionary()
        self._lock = Lock()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let pools take over these processes, and leave theirs here, until the `with` block ends."""
        submit, rest, close = SpawnPool.submit, SpawnPool.rest, SpawnPool.close

        def submit_to_lent(pool: SpawnPool, work: Callable[[Any], Any], argument: Any) -> "Future[Any]":
            self._borrow(pool, work.__qualname__)
            return submit(pool, work, argument)

        def rest_by_leaving(pool: SpawnPool) -> None:
            if not self._leave(pool):
                rest(pool)

        def close_by_leaving(pool: SpawnPool) -> None:
            if not self._leave(pool):
                close(pool)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SpawnPool, "submit", submit_to_lent)
            patch.setattr(SpawnPool, "rest", rest_by_leaving)
            patch.setattr(SpawnPool, "close", close_by_leaving)
            yield

    def end(self) -> None:
        """End all that are idle."""
        for pool in (pool for pools in self._idle.values() for pool in pools):
            pool.close()

    def _borrow(self, pool: SpawnPool, work: str) -> None:
        with self._lock:
            if pool._executor is None and pool._starter is None:
                kind = self._kinds[pool] = (pool._workers, pool._memory_bytes, work)
                if self._idle[kind]:
                    _move(self._idle[kind].pop(), pool)

    def _leave(self, pool: SpawnPool) -> bool:
        if is_sound := pool in self._kinds and _is_sound(pool):
            kept = _new(pool)
            _move(pool, kept)
            with self._lock:
                self._idle[self._kinds[pool]].append(kept)
        return is_sound


def _new(pool: SpawnPool) -> SpawnPool:
    return SpawnPool(pool._workers, pool._memory_bytes)


def _is_sound(pool: SpawnPool) -> bool:
    executor = pool._executor
    return executor is not None and not executor._broken and not executor._pending_work_items


def _move(giver: SpawnPool, taker: SpawnPool) -> None:
    """Give one pool what another has, which then is as new."""
    new = _new(giver)
    for name in _STATE:
        setattr(taker, name, getattr(giver, name))
        setattr(giver, name, getattr(new, name))
