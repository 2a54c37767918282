"""What ends the process that opens containers costs one container, or is a fault of the machine."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.adapters import nested
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.nested import ENDED, PooledNestedOpener
from ingest.adapters.nested_work import KINDS, OUT_OF_MEMORY, TOO_LARGE
from ingest.domain.nested import NestedBudget, NestedFaultKind, NestedListing, NestedRequest
from ingest.errors import KilledFromOutside, ToolFailed
from ingest.formats.containers import limits, listing, members
from tests.hostile.nested_cases import ordinary_zip
from tests.hostile.zips import zipped
from tests.unit.adapters.deadly import (
    be_killed_of_any_but_the_harmless,
    be_killed_once,
    die_of_any,
    die_of_container,
    open_with_little_room,
    open_without_memory,
)

BUDGET = NestedBudget(depth=1, files=99, unpacked=1 << 20, listed=99, seconds=20.0)
POISON = zipped({b"a.txt": b"poison"})


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[PooledNestedOpener]:
    (tmp_path / "scratch").mkdir()
    made = PooledNestedOpener(
        workspace=tmp_path / "scratch", patience_seconds=30, memory_bytes=512 << 20, make_room=lambda: None
    )
    with closing(made):
        yield made


def asked(folder: Path, content: bytes) -> tuple[DirectoryStore, NestedRequest]:
    (folder / "staging").mkdir()
    staging = DirectoryStore(folder / "staging", "staging")
    staging.put("a", [content])
    return staging, NestedRequest(key="a", size=len(content), budget=BUDGET)


def faults(found: NestedListing | None) -> list[tuple[NestedFaultKind, str]]:
    assert found is not None
    return [(fault.kind, fault.detail) for fault in found.faults]


def test_a_container_that_ends_its_process_is_told(
    tmp_path: Path, opener: PooledNestedOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nested, "open_nested", die_of_container)
    found = opener.listing(*asked(tmp_path, POISON))
    assert faults(found) == [(NestedFaultKind.UNFINISHED, ENDED)]
    assert found is not None
    assert found.seconds >= BUDGET.seconds
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_process_that_dies_of_everything_is_a_fault_of_the_machine(
    tmp_path: Path, opener: PooledNestedOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nested, "open_nested", die_of_any)
    with pytest.raises(ToolFailed):
        opener.listing(*asked(tmp_path, ordinary_zip()))


def test_a_process_that_is_killed_from_outside_is_no_answer(
    tmp_path: Path, opener: PooledNestedOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nested, "open_nested", be_killed_once)
    assert faults(opener.listing(*asked(tmp_path, ordinary_zip()))) == []


def test_a_process_that_is_killed_again_over_a_container_is_a_fault_of_the_machine(
    tmp_path: Path, opener: PooledNestedOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nested, "open_nested", be_killed_of_any_but_the_harmless)
    with pytest.raises(KilledFromOutside):
        opener.listing(*asked(tmp_path, ordinary_zip()))


def test_a_file_that_is_too_large_is_digested_and_told(
    tmp_path: Path, opener: PooledNestedOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nested, "open_nested", open_with_little_room)
    found = opener.listing(*asked(tmp_path, zipped({b"stor.txt": b"1234", b"liten.txt": b"123"})))
    assert faults(found) == [(NestedFaultKind.UNFINISHED, TOO_LARGE)]
    assert found is not None
    assert [(file.path, file.puid) for file in found.files] == [("stor.txt", None), ("liten.txt", "x-fmt/111")]


def test_where_memory_runs_out_the_rest_is_not_read(
    tmp_path: Path, opener: PooledNestedOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nested, "open_nested", open_without_memory)
    found = opener.listing(*asked(tmp_path, ordinary_zip()))
    assert faults(found) == [(NestedFaultKind.UNFINISHED, OUT_OF_MEMORY)]


def test_many_faults_of_a_kind_are_counted_and_the_first_are_told(tmp_path: Path, opener: PooledNestedOpener) -> None:
    found = opener.listing(*asked(tmp_path, zipped({b"../%d" % number: b"x" for number in range(70)})))
    assert found is not None
    assert len(found.faults) == 20
    assert sum(fault.times for fault in found.faults) == 70


def test_every_rule_that_the_readers_tell_of_has_a_kind() -> None:
    modules = (limits, listing, members)
    told = {value for module in modules for value in vars(module).values() if str(value).startswith("EARKIV-")}
    assert told == set(KINDS)
