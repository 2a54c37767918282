"""Entries that are kept packed: in memory, and beyond that in a file that nobody sees."""

import gc
import weakref
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest

from ingest.domain.paths import PackagePath
from ingest.domain.references import ReferenceRun, References
from ingest.domain.submissions import FileReference
from ingest.formats import entry_store
from ingest.formats.entry_store import EntryStore
from ingest.formats.file_runs import FileRun
from ingest.formats.file_shapes import shape_of
from ingest.formats.mets_values import FileGroup

SOURCE = PackagePath("representations/rep1/METS.xml")
STATED = ("ID", "SIZE", "CHECKSUM", "CHECKSUMTYPE", "OWNERID")
GROUP = FileGroup(line=1, attributes={}, parent=None)


def run_of(first: int, count: int) -> FileRun:
    shape = shape_of(STATED, ("{http://www.w3.org/1999/xlink}href",), "file:///")
    assert shape is not None
    numbers = range(first, first + count)
    columns = (
        tuple(f"f{n}" for n in numbers),
        ("5",),
        tuple(f"{n:064x}" for n in numbers),
        ("SHA-256",),
        tuple(f"Brev å {n}.txt" for n in numbers),
        tuple(f"file:///data/{n}.txt" for n in numbers),
    )
    lines = tuple(numbers)
    return FileRun(group=GROUP, shape=shape, lines=lines, place_lines=tuple(n + 1 for n in lines), columns=columns)


def store_of(folder: str | None = "representations/rep1/") -> EntryStore:
    return EntryStore(SOURCE, folder, element="file", original_name="OWNERID")


def test_an_entry_comes_back_as_it_was_written() -> None:
    entry = next(iter(store_of().pack(run_of(7, 3))))
    assert (entry.id, entry.href, entry.path) == ("f7", "file:///data/7.txt", "representations/rep1/data/7.txt")
    assert (entry.size, entry.line, entry.original_name) == (5, 8, "Brev å 7.txt")
    assert (entry.mime_type, entry.created, entry.element, entry.source) == (None, None, "file", SOURCE)
    assert entry.digest is not None
    assert entry.digest.value == f"{7:064x}"


def test_without_a_folder_no_file_answers() -> None:
    assert [entry.path for entry in store_of(None).pack(run_of(1, 2))] == [None, None]


def test_references_are_a_sequence_of_single_entries_and_runs() -> None:
    store = store_of()
    single = FileReference(href="x", path=None, source=SOURCE, line=1)
    runs = [store.pack(run_of(1, 3)), store.pack(run_of(4, 2))]
    references = References((runs[0], single, runs[1]))
    assert [reference.id for reference in references] == ["f1", "f2", "f3", None, "f4", "f5"]
    assert [references[place].id for place in (0, 2, 3, 4, -1)] == ["f1", "f3", None, "f4", "f5"]
    assert [reference.id for reference in references[1:4]] == ["f2", "f3", None]
    assert references == References((*runs[0], single, *runs[1]))
    assert references != References((single,))
    with pytest.raises(IndexError):
        references[6]


def test_what_is_too_much_for_memory_goes_to_a_file_that_is_gone_with_the_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[SpooledTemporaryFile[bytes]] = []

    def spooled(max_size: int) -> SpooledTemporaryFile[bytes]:
        made.append(SpooledTemporaryFile(max_size=max_size, mode="w+b", dir=str(tmp_path)))  # noqa: SIM115 - the store closes it
        return made[0]

    monkeypatch.setattr(entry_store, "IN_MEMORY", 10_000)
    monkeypatch.setattr(entry_store, "SpooledTemporaryFile", spooled)
    store = store_of()
    runs: list[ReferenceRun] = [store.pack(run_of(first, 100)) for first in range(0, 1000, 100)]
    assert made[0].fileno() > 0  # It has become a file.
    assert [entry.id for run in reversed(runs) for entry in run][:101:100] == ["f900", "f800"]
    gone = weakref.ref(store)
    del store, runs
    gc.collect()
    assert gone() is None
    assert made[0].closed
    assert list(tmp_path.iterdir()) == []
