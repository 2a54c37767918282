"""What the readers make of a delivery is remembered per delivery, also when several workers ask at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.domain.deliveries import SourceContainer
from ingest.domain.packages import StagedObject
from ingest.domain.submissions import Reading, Unreadable
from ingest.pipeline.readings import Readings, StagedView
from tests.fakes.memory_store import MemoryStore
from tests.unit.pipeline.facts import ID, OTHER_ID, RECEIVED, staged
from tests.unit.samples.described import BUILDERS, DELIVERIES


class CountingStore(MemoryStore):
    """Counts how often an object is lent."""

    lent = 0

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        self.lent += 1
        with super().local(key) as path:
            yield path


def landed(store: MemoryStore, folder: Path, delivery_id: str, told: str) -> tuple[StagedObject, ...]:
    """Put a pushed case into a store as a delivery is staged."""
    BUILDERS["case-push"](DELIVERIES[told](), folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    objects = staged(*((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files))
    kept = tuple(replace(o, key=f"{delivery_id}/{o.ordinal}") for o in objects)
    for file, path in zip(kept, files, strict=True):
        store.put(file.key, (path.read_bytes(),))
    return kept


@pytest.fixture
def store() -> CountingStore:
    return CountingStore("staging")


def test_a_delivery_is_read_once(store: CountingStore, tmp_path: Path) -> None:
    objects, readings = landed(store, tmp_path / "one", ID, "klagomal"), Readings()
    first = readings.of(RECEIVED, objects, store)
    lent = store.lent
    assert lent > 0
    assert readings.readable(RECEIVED, objects, store) is first
    assert store.lent == lent


def test_another_delivery_is_read_for_itself(store: CountingStore, tmp_path: Path) -> None:
    readings = Readings()
    for delivery_id, told in ((ID, "klagomal"), (OTHER_ID, "skolskjuts"), (ID, "bygglov")):
        objects = landed(store, tmp_path / told, f"{delivery_id}-{told}", told)
        found = readings.of(replace(RECEIVED, id=f"{delivery_id}-{told}"), objects, store)
        assert isinstance(found, Reading)
        assert found.submission.delivery == DELIVERIES[told]().identity


def test_whoever_asks_at_once_gets_no_answer_of_another(
    store: CountingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is remembered is overwritten by another worker at once."""
    rival = (OTHER_ID, Unreadable(violations=()))
    remembered = property(lambda _: rival, lambda _, _value: None)
    monkeypatch.setattr(Readings, "_last", remembered, raising=False)
    found = Readings().of(RECEIVED, landed(store, tmp_path, ID, "klagomal"), store)
    assert isinstance(found, Reading)
    assert found.submission.delivery == DELIVERIES["klagomal"]().identity


def test_what_was_readable_and_is_not_is_a_fault_of_the_program(store: CountingStore) -> None:
    with pytest.raises(AssertionError, match="was readable"):
        Readings().readable(RECEIVED, (), store)


def test_a_delivery_note_is_named_as_the_producer_named_it(store: CountingStore, tmp_path: Path) -> None:
    BUILDERS["bare-erms"](DELIVERIES["klagomal"](), tmp_path)
    erms = next(tmp_path.rglob("erms.xml"))
    objects = staged(("leverans.json", b"{ broken"), (erms.relative_to(tmp_path).as_posix(), erms.read_bytes()))
    for file, content in zip(objects, (b"{ broken", erms.read_bytes()), strict=True):
        store.put(file.key, (content,))
    source = SourceContainer(name="leverans.zip", kind="folder", side_car="leverans.json")
    found = Readings().of(replace(RECEIVED, source=source), objects, store)
    assert isinstance(found, Reading | Unreadable)
    (note,) = (v for v in found.violations if v.rule == "EARKIV-PKG-12")
    assert note.location.file == "leverans.json"


def test_a_view_knows_files_by_the_names_they_were_delivered_under(store: CountingStore) -> None:
    objects = staged(("b", b"2"), ("a", b"1"))
    for file, content in zip(objects, (b"2", b"1"), strict=True):
        store.put(file.key, (content,))
    view = StagedView(objects, store)
    assert list(view.entries) == ["a", "b"]
    with view.local(objects[1].path) as path:
        assert path.read_bytes() == b"1"
    with pytest.raises(KeyError):
        view.local(replace(objects[0], path=objects[0].key).path)  # type: ignore[arg-type]
