"""A large delivery that makes way for others again and again gets through all the same, and does little twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from ingest.bootstrap import Archive
from ingest.domain.deliveries import DeliveryState
from ingest.domain.fixity import Fixity
from ingest.ports import Catalogue, ObjectStore
from tests.fakes.memory_store import MemoryStore
from tests.unit.pipeline.facts import OTHER_ID
from tests.unit.workers.test_schedule import Wrist
from workers.schedule import Schedule
from workers.turns import SLICE_SECONDS, Turns


class Crowded:
    """A catalogue in which another producer's delivery waits at any time."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def runnable(self) -> Iterator[str]:
        return chain(self._catalogue.runnable(), (OTHER_ID,))

    def has_come(self, _: str) -> bool:
        return True


class Laborious:
    """A store for which each object takes as long as a delivery has, whether it was there or not."""

    def __init__(self, store: ObjectStore, clock: Wrist) -> None:
        self._store = store
        self._clock = clock
        self.adopted: Counter[str] = Counter()
        self.read: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def adopt(self, key: str, source: ObjectStore, source_key: str, expected: Fixity) -> None:
        self.adopted[key] += 1
        self._clock.now += SLICE_SECONDS
        self._store.adopt(key, source, source_key, expected)

    def open(self, key: str) -> BinaryIO:
        self.read[key] += 1
        return self._store.open(key)


def laborious(archive: Archive, *stores: ObjectStore) -> tuple[Turns, list[Laborious]]:
    """Give the turns of a worker with these replicas, and the replicas."""
    clock = Wrist()
    slow = [Laborious(store, clock) for store in stores]
    ports = replace(archive.ports, catalogue=Crowded(archive.ports.catalogue), replicas=tuple(slow))
    return Turns(replace(archive, ports=ports), Schedule(clock)), slow


def taken_to_the_end(turns: Turns, archive: Archive, delivery: str) -> int:
    """Let turns be taken until the delivery is archived, and say how many it took."""
    for taken in range(1, 100):
        turns.take()
        if archive.ports.catalogue.delivery(delivery).state is DeliveryState.ARCHIVED:
            return taken
    message = "it never gets through"
    raise AssertionError(message)


def test_a_large_package_is_stored_though_others_always_wait(archive: Archive, delivery: str) -> None:
    turns, stores = laborious(archive, archive.ports.replicas[0], MemoryStore("second"))
    taken = taken_to_the_end(turns, archive, delivery)
    first, second = (set(store.adopted) for store in stores)
    assert first == second
    assert taken >= len(first) + len(second)
    assert max(stores[1].adopted.values()) == 2
    assert {store.read[key] for store in stores for key in first} == {1}


def test_what_is_missing_among_what_is_there_is_put_again(archive: Archive, delivery: str) -> None:
    turns, (store,) = laborious(archive, MemoryStore("only"))
    for _ in range(4):
        turns.take()
    lost = min(store.adopted)
    before = store.adopted[lost]
    assert lost < max(store.adopted)
    store.delete([lost])
    taken_to_the_end(turns, archive, delivery)
    assert store.adopted[lost] == before + 1
