"""What nobody uses again in staging is removed and told; what a living delivery has there is not touched."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ingest.adapters.sql.processes import worker_here
from ingest.application.collect_leftovers import (
    UPLOAD_PATIENCE,
    Leftover,
    Unowned,
    collect_leftovers,
    discard_unowned,
    unowned,
)
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.errors import OutOfSpace, UnknownSubject
from ingest.pipeline.staging_keys import object_key
from tests.fakes.small_archive import pushed_case, settings_of
from tests.unit.application.test_submit_delivery import FullAfter

STRANGER = str(UUID(int=7))
PAST = UPLOAD_PATIENCE + timedelta(minutes=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(settings_of(tmp_path / "home")) as opened:
        yield replace(opened, ports=replace(opened.ports, batch=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = pushed_case(tmp_path / "leverans", "NEW", "ett")
    for path in made.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return made


def collected(archive: Archive, later: timedelta = timedelta(0)) -> tuple[Leftover, ...]:
    return collect_leftovers(archive.owner, archive.ports, archive.ports.clock.now() + later)


def handed(folder: Path, archive: Archive) -> str:
    return submit(Handover(path=folder, agreement=DEFAULT_AGREEMENT, owner=archive.owner), archive.ports)


def cut_off(folder: Path, archive: Archive) -> str:
    full = replace(archive.ports, staging=FullAfter(archive.ports.staging, 2))  # type: ignore[arg-type]
    with pytest.raises(OutOfSpace):
        handed(folder, replace(archive, ports=full))
    (upload,) = archive.ports.catalogue.uploads_from(str(folder.resolve()))
    return upload.id


def keys(archive: Archive) -> tuple[str, ...]:
    return tuple(archive.ports.staging.keys(""))


def test_nothing_is_left_over_in_a_tidy_archive(folder: Path, archive: Archive) -> None:
    finish(handed(folder, archive), archive.owner, archive.ports)
    assert collected(archive, PAST) == ()


def test_what_a_finished_delivery_left_behind_is_removed(folder: Path, archive: Archive) -> None:
    done = finish(handed(folder, archive), archive.owner, archive.ports)
    key = object_key(done.id, 3)
    archive.ports.staging.put(key, (b"late",))
    (leftover,) = collected(archive, timedelta(hours=1))
    assert (leftover.delivery, leftover.keys) == (done, (key,))
    assert timedelta(hours=1) <= leftover.age < timedelta(hours=2)
    assert keys(archive) == ()
    assert archive.ports.catalogue.delivery(done.id) == done


def test_what_belongs_to_no_known_delivery_is_named_and_stays_until_a_person_discards_it(
    folder: Path, archive: Archive
) -> None:
    mine = handed(folder, archive)
    held = keys(archive)
    found = (object_key(STRANGER, 0), object_key(STRANGER, 1))
    for key in found:
        archive.ports.staging.put(key, (b"whose?",))
    assert unowned(archive.ports) == (Unowned(id=STRANGER, keys=found),)
    assert collected(archive, timedelta(days=10_000)) == ()
    for owned in (mine, "notes"):
        with pytest.raises(UnknownSubject):
            discard_unowned(owned, archive.ports)
    assert discard_unowned(STRANGER, archive.ports) == Unowned(id=STRANGER, keys=found)
    assert (keys(archive), unowned(archive.ports)) == (held, ())


def test_what_the_archive_did_not_put_there_is_left_alone(archive: Archive) -> None:
    archive.ports.staging.put("notes/readme.txt", (b"ours",))
    assert collected(archive, PAST) == ()
    assert keys(archive) == ("notes/readme.txt",)


@pytest.mark.parametrize(
    "state", [DeliveryState.RECEIVED, DeliveryState.CHECKING, DeliveryState.HELD, DeliveryState.PRESERVING]
)
def test_nothing_of_a_living_delivery_is_touched(folder: Path, archive: Archive, state: DeliveryState) -> None:
    delivery_id = handed(folder, archive)
    _put_in(archive, delivery_id, state)
    held = keys(archive)
    assert collected(archive, timedelta(days=10_000)) == ()
    assert keys(archive) == held != ()


def test_what_is_in_quarantine_stays(archive: Archive) -> None:
    archive.ports.quarantine.put("0" * 8, [b"smitta"])
    assert collected(archive, timedelta(days=10_000)) == ()
    assert tuple(archive.ports.quarantine.keys("")) == ("0" * 8,)


def _put_in(archive: Archive, delivery_id: str, state: DeliveryState) -> None:
    catalogue = archive.ports.catalogue
    delivery = replace(catalogue.delivery(delivery_id), state=state)
    catalogue.restore(delivery, (), (), catalogue.staged(delivery_id))


def test_an_upload_is_kept_for_a_week_and_then_removed(folder: Path, archive: Archive) -> None:
    begun = cut_off(folder, archive)
    held = keys(archive)
    assert collected(archive, UPLOAD_PATIENCE - timedelta(hours=1)) == ()
    assert keys(archive) == held
    (leftover,) = collected(archive, PAST)
    assert (leftover.delivery.id, leftover.keys) == (begun, held)
    assert leftover.age >= PAST
    assert keys(archive) == ()
    with pytest.raises(UnknownSubject):
        archive.ports.catalogue.delivery(begun)


def test_an_old_upload_that_another_living_worker_is_landing_stays(folder: Path, archive: Archive) -> None:
    begun = cut_off(folder, archive)
    held = keys(archive)
    archive.ports.catalogue.enrol(worker_here("another"))
    assert archive.ports.catalogue.acquire(begun, "another") is not None
    assert collected(archive, PAST) == ()
    assert keys(archive) == held
