"""The root of an OCFL object names its newest version, whoever comes late."""

from collections.abc import Callable

import pytest

from ingest.domain.paths import PackagePath
from ingest.formats.ocfl import Inventory, VersionFile, object_root, write_inventory
from ingest.pipeline.holdings import set_root
from tests.fakes.memory_store import MemoryStore
from tests.unit.pipeline.facts import ID, NOON


def _inventory(generation: int, previous: Inventory | None) -> Inventory:
    return write_inventory(
        package=ID,
        generation=generation,
        created=NOON,
        message="",
        agent="test",
        files=[VersionFile(path=PackagePath("METS.xml"), sha256=f"{generation:064x}")],
        previous=previous,
    )


FIRST = _inventory(1, None)
SECOND = _inventory(2, FIRST)
ROOT = object_root(ID)


class Overtaken(MemoryStore):
    """A store in which another worker commits the second version just before the n-th replacement."""

    def __init__(self, before: int) -> None:
        super().__init__("archive")
        self._left = before

    def replace(self, key: str, content: bytes) -> None:
        self._left -= 1
        if self._left == 0:
            commit(self, SECOND)
            set_root(self, SECOND)
        super().replace(key, content)


def commit(store: MemoryStore, inventory: Inventory) -> None:
    version = f"{ROOT}v{inventory.generation}/"
    store.put(version + "inventory.json", (inventory.content,))
    store.put(version + inventory.side_car_name, (inventory.side_car,))


def _root_of(store: MemoryStore) -> tuple[bytes, bytes]:
    return store.contents[ROOT + "inventory.json"], store.contents[ROOT + FIRST.side_car_name]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: MemoryStore("archive"), FIRST),
        (lambda: Overtaken(1), SECOND),
        (lambda: Overtaken(2), SECOND),
    ],
)
def test_the_newest_committed_version_is_the_roots(make: Callable[[], MemoryStore], expected: Inventory) -> None:
    store = make()
    commit(store, FIRST)
    set_root(store, FIRST)
    assert _root_of(store) == (expected.content, expected.side_car)


def test_who_comes_after_a_newer_version_sets_nothing_back() -> None:
    store = MemoryStore("archive")
    for inventory in (FIRST, SECOND):
        commit(store, inventory)
        set_root(store, inventory)
    set_root(store, FIRST)
    assert _root_of(store) == (SECOND.content, SECOND.side_car)


def test_a_version_that_is_not_committed_is_not_the_roots() -> None:
    store = MemoryStore("archive")
    commit(store, FIRST)
    store.put(f"{ROOT}v2/inventory.json", (SECOND.content,))
    set_root(store, FIRST)
    assert _root_of(store) == (FIRST.content, FIRST.side_car)
