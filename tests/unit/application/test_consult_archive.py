"""A receipt is handed out only as it was signed; one that is damaged in one replica is taken from the next."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.directory import DirectoryStore
from ingest.application.consult_archive import receipt_of
from ingest.errors import DamageFound, StoreUnavailable
from tests.fakes.small_archive import Stored, hand_over, opened, pushed_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("consulted") / "home"
    (receipt,) = hand_over(home, (pushed_case(home.parent / "leverans", "NEW", "ett"),))
    return home, receipt


@pytest.fixture
def stored(made: tuple[Path, dict[str, Any]]) -> Stored:
    return Stored(root=made[0] / "archive")


def entry_of(stored: Stored) -> str:
    (key,) = stored.files("journal/delivery/")
    return key


def spoilt(stored: Stored) -> Iterator[bytes | None]:
    """Other outcomes, names, signatures, salts, heads and lengths of the one entry; the last one is gone."""
    content = stored.read(entry_of(stored))
    for old, new in (
        (b'"outcome":"accepted"', b'"outcome":"rejected"'),
        (b"bilaga.txt", b"bilagb.txt"),
        (b'"salt":"', b'"salt":"0'),
        (b'"sequence":1', b'"sequence":2'),
    ):
        assert old in content
        yield content.replace(old, new, 1)
    before, name, signature = content.rpartition(b'"signature":"')
    yield before + name + (b"B" if signature.startswith(b"A") else b"A") + signature[1:]
    yield content[:-1]
    yield None


def test_a_receipt_is_handed_out_as_it_was_given(made: tuple[Path, dict[str, Any]]) -> None:
    home, receipt = made
    with opened(home) as ports:
        assert receipt_of(receipt["deliveryId"], ports) == receipt


def test_an_altered_receipt_is_not_handed_out(made: tuple[Path, dict[str, Any]], stored: Stored) -> None:
    home, receipt = made
    for content in spoilt(stored):
        with (
            stored.damaged(entry_of(stored), content),
            opened(home) as ports,
            pytest.raises(DamageFound) as fault,
        ):
            receipt_of(receipt["deliveryId"], ports)
        assert entry_of(stored) in fault.value.sv
        assert entry_of(stored) in fault.value.en


def test_a_receipt_that_is_damaged_in_one_replica_is_taken_from_the_next(
    made: tuple[Path, dict[str, Any]], stored: Stored, tmp_path: Path
) -> None:
    home, receipt = made
    shutil.copytree(home / "archive", tmp_path / "second")
    replicas = (DirectoryStore(home / "archive", "first"), DirectoryStore(tmp_path / "second", "second"))
    for content in spoilt(stored):
        with stored.damaged(entry_of(stored), content), opened(home, replicas=replicas) as ports:
            assert receipt_of(receipt["deliveryId"], ports) == receipt


def test_a_store_that_does_not_answer_is_no_damage(made: tuple[Path, dict[str, Any]]) -> None:
    class Silent(DirectoryStore):
        def open(self, key: str) -> Any:
            raise StoreUnavailable(f"{key} svarar inte", f"{key} does not answer")

    home, receipt = made
    silent = Silent(home / "archive", "silent")
    with opened(home, replicas=(silent, DirectoryStore(home / "archive", "first"))) as ports:
        assert receipt_of(receipt["deliveryId"], ports) == receipt
    with opened(home, replicas=(silent,)) as ports, pytest.raises(StoreUnavailable):
        receipt_of(receipt["deliveryId"], ports)
