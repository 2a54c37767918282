"""What ends the process that reads documents costs the answer about one document, or is a fault of the machine."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.adapters import texts
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.texts import PooledTextExtractor
from ingest.domain.texts import ExtractedText, UnreadReason
from ingest.errors import KilledFromOutside, ToolFailed
from tests.unit.adapters.deadly import (
    be_full_from_the_second_on,
    be_killed_over_any_but_the_harmless,
    be_killed_reading_once,
    die_of_any_document,
    die_of_document,
    read_without_memory,
    tell_seconds,
)


@pytest.fixture
def extractor(tmp_path: Path) -> Iterator[PooledTextExtractor]:
    (tmp_path / "scratch").mkdir()
    made = PooledTextExtractor(workspace=tmp_path / "scratch", patience_seconds=100, memory_bytes=512 << 20)
    with closing(made):
        yield made


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    (tmp_path / "store").mkdir()
    made = DirectoryStore(tmp_path / "store", "archive")
    made.put_all([("sound", [b"Hej"]), ("poison", [b"poison"])])
    return made


def reasons(found: ExtractedText) -> list[UnreadReason]:
    return [one.reason for one in found.unread]


def test_a_document_that_ends_its_process_is_told_and_harms_no_other(
    extractor: PooledTextExtractor, store: DirectoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", die_of_document)
    assert reasons(extractor.texts(store, "poison")) == [UnreadReason.ENDED]
    assert [part.text for part in extractor.texts(store, "sound").parts] == ["Hej"]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_process_that_dies_of_everything_is_a_fault_of_the_machine(
    extractor: PooledTextExtractor, store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", die_of_any_document)
    with pytest.raises(ToolFailed):
        extractor.texts(store, "sound")


def test_a_process_that_is_killed_from_outside_is_no_answer(
    extractor: PooledTextExtractor, store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", be_killed_reading_once)
    assert reasons(extractor.texts(store, "sound")) == []


def test_a_process_that_is_killed_again_over_a_document_is_a_fault_of_the_machine(
    extractor: PooledTextExtractor, store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", be_killed_over_any_but_the_harmless)
    with pytest.raises(KilledFromOutside):
        extractor.texts(store, "sound")


def test_a_document_for_which_there_is_no_memory_is_told(
    extractor: PooledTextExtractor, store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", read_without_memory)
    assert reasons(extractor.texts(store, "sound")) == [UnreadReason.TOO_MUCH_MEMORY]


def test_what_documents_before_have_left_in_a_process_costs_no_other_its_answer(
    extractor: PooledTextExtractor, store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", be_full_from_the_second_on)
    assert [reasons(extractor.texts(store, "sound")) for _ in range(3)] == [[], [], []]


def test_no_document_gets_more_than_a_quarter_of_the_patience(
    extractor: PooledTextExtractor, store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "read_texts", tell_seconds)
    assert [part.text for part in extractor.texts(store, "sound").parts] == ["25.0"]


def test_after_a_rest_documents_are_read_again(extractor: PooledTextExtractor, store: DirectoryStore) -> None:
    assert reasons(extractor.texts(store, "sound")) == []
    extractor.rest()
    assert reasons(extractor.texts(store, "sound")) == []
