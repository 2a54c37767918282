"""A catalogue rebuilt from storage answers as the lost one did; damage is told, nothing unacknowledged is listed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.verification import verify_packages
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.consult_archive import list_packages, receipt_of, timeline_of
from ingest.application.rebuild_catalogue import Rebuilt, rebuild
from ingest.domain.damages import DamageKind
from ingest.domain.deliveries import DeliveryState
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.fakes.small_archive import Stored, hand_over, opened, pushed_case, small_archive


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[dict[str, Any], ...]]:
    folder = tmp_path_factory.mktemp("small")
    return folder / "home", small_archive(folder / "home", folder / "sources")


@pytest.fixture
def home(made: tuple[Path, object], tmp_path: Path) -> Path:
    return shutil.copytree(made[0], tmp_path / "home")


@pytest.fixture
def stored(home: Path) -> Stored:
    return Stored(root=home / "archive")


@contextmanager
def rebuilt(home: Path, *replicas: ObjectStore) -> Iterator[tuple[Rebuilt, Ports, Ports]]:
    """Rebuild into a new catalogue, and give it beside the old one."""
    with open_catalogue(home / "new.db") as catalogue, opened(home) as before:
        after = replace(before, catalogue=catalogue, replicas=replicas or before.replicas)
        yield rebuild(after), before, after


def test_lists_receipts_and_timelines_are_the_same_as_before(
    home: Path, made: tuple[Path, tuple[dict[str, Any], ...]]
) -> None:
    with rebuilt(home) as (result, before, after):
        assert result == Rebuilt(agreements=1, deliveries=4, packages=1, damages=())
        assert list_packages(after) == list_packages(before)
        for receipt in made[1]:
            reference = receipt["deliveryId"]
            assert receipt_of(reference, after) == receipt_of(reference, before) == receipt
            assert timeline_of(reference, after) == timeline_of(reference, before) != ()
        assert receipt_of("PUSH-1", after) == made[1][2]


def test_every_row_that_lasts_is_the_same_as_before(home: Path, made: tuple[Path, tuple[dict[str, Any], ...]]) -> None:
    with rebuilt(home) as (_, before, after):
        assert after.catalogue.journal_records() == before.catalogue.journal_records()
        assert after.catalogue.agreement("default") == before.catalogue.agreement("default")
        for receipt in made[1]:
            reference = receipt["deliveryId"]
            assert after.catalogue.delivery(reference) == before.catalogue.delivery(reference)
            assert after.catalogue.events(reference) == before.catalogue.events(reference)
            assert after.catalogue.findings(reference) == before.catalogue.findings(reference)
            assert after.catalogue.staged(reference) == before.catalogue.staged(reference)


def test_the_rebuilt_archive_verifies_and_takes_in_more(home: Path, tmp_path: Path) -> None:
    with rebuilt(home) as (_, _, after):
        assert verify_packages(after, None, lambda _objects, _bytes: None).damages == ()
    for lost in home.glob("catalogue.sqlite*"):
        lost.unlink()
    (home / "new.db").rename(home / "catalogue.sqlite")
    repeat = pushed_case(tmp_path / "again", "REPLACEMENT", "tre")
    newer = pushed_case(tmp_path / "newer", "REPLACEMENT", "fyra")
    receipts = hand_over(home, (repeat, newer))
    assert [receipt["generation"] for receipt in receipts] == [3, 4]
    with opened(home) as ports:
        assert verify_packages(ports, None, lambda _objects, _bytes: None).damages == ()


def test_rebuilding_twice_changes_nothing(home: Path) -> None:
    with rebuilt(home) as (first, _, after):
        assert rebuild(after) == first


def test_an_empty_archive_gives_an_empty_catalogue(tmp_path: Path) -> None:
    hand_over(tmp_path / "home", ())
    shutil.rmtree(tmp_path / "home" / "archive" / "journal" / "agreement")
    with rebuilt(tmp_path / "home") as (result, _, after):
        assert result == Rebuilt(agreements=0, deliveries=0, packages=0, damages=())
        assert list_packages(after) == ()


def test_a_damaged_entry_is_reported_and_the_rest_put_back(home: Path, stored: Stored) -> None:
    for key in stored.files("journal/"):
        content = stored.read(key)
        for spoilt in (b"", content.replace(b'"salt":"', b'"salt":"0', 1), content.replace(b"e", b"3", 1)):
            with stored.damaged(key, spoilt), rebuilt(home) as (result, _, after):
                assert key in {damage.key for damage in result.damages}
                assert len(after.catalogue.journal_records()) <= len(stored.files("journal/"))
            (home / "new.db").unlink()


def test_a_package_whose_receipt_is_gone_is_reported_and_not_listed(home: Path, stored: Stored) -> None:
    for key in stored.files("journal/delivery/"):
        stored.remove(key)
    with rebuilt(home) as (result, _, after):
        assert list_packages(after) == ()
        assert [damage.kind for damage in result.damages] == [DamageKind.UNACKNOWLEDGED] * 3
        assert "(v3)" in result.damages[2].text.sv


def test_a_package_is_listed_by_its_receipt_alone(home: Path, stored: Stored) -> None:
    for key in stored.files("journal/package/"):
        stored.remove(key)
    with rebuilt(home) as (result, before, after):
        (old,), (new,) = list_packages(before), list_packages(after)
        assert replace(new, stored_at=old.stored_at) == old
        assert {damage.kind for damage in result.damages} == {DamageKind.MISSING}


def test_an_acknowledged_package_that_is_not_stored_is_listed_and_reported(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    shutil.rmtree(home / "archive" / root)
    with rebuilt(home) as (result, before, after):
        assert list_packages(after) == list_packages(before)
        assert [damage.kind for damage in result.damages] == [DamageKind.MISSING] * 3


def test_what_one_replica_lost_is_taken_from_another(home: Path, stored: Stored) -> None:
    shutil.copytree(home / "archive", home / "second")
    replicas = (DirectoryStore(home / "archive", "first"), DirectoryStore(home / "second", "second"))
    spoilt = stored.files("journal/delivery/")[0]
    stored.write(spoilt, b"{}")
    with rebuilt(home, *replicas) as (result, before, after):
        assert list_packages(after) == list_packages(before)
        assert [(damage.store, damage.key) for damage in result.damages] == [("first", spoilt)]


def test_no_private_key_is_needed(home: Path) -> None:
    shutil.rmtree(home / "keys")
    (home / "keys").mkdir()
    with rebuilt(home) as (result, _, _):
        assert result.damages == ()


def test_refused_deliveries_are_remembered_too(home: Path, made: tuple[Path, tuple[dict[str, Any], ...]]) -> None:
    with rebuilt(home) as (_, _, after):
        refused = after.catalogue.delivery(made[1][3]["deliveryId"])
        assert refused.state is DeliveryState.REJECTED
        assert after.catalogue.findings(refused.id) != ()
