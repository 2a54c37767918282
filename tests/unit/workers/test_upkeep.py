"""Upkeep in a real embedded archive: what is over leaves nothing behind, what is under way stays."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.incoming import INCOMING
from ingest.adapters.system import SystemClock
from ingest.application.collect_leftovers import UPLOAD_PATIENCE
from ingest.application.resumable_uploads import LIFETIME
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, writing
from ingest.config import read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import StoreUnavailable
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.contracts.catalogue_quotas import announced
from tests.contracts.catalogue_values import upload
from tests.contracts.catalogue_webhooks import told
from workers.upkeep import KEPT_NOTICES, TEMPORARY, Upkeep, UpkeepBesideLandings

UNKNOWN = "6b0d6d3e-6f0b-4f8c-9b63-0c3a2b1f7a11"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings = {"EARKIV_HOME": str(tmp_path / "home"), "EARKIV_WORKERS": "1", "EARKIV_TOOLS": os.devnull}
    with writing(read_settings(settings, 1)) as opened:
        yield opened


def test_what_is_over_goes_and_what_is_under_way_or_unknown_stays(
    archive: Archive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build_case_push(crowd(cases=1, documents=2, size=100), tmp_path / "push")
    agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement
    delivery = submit(Handover(path=tmp_path / "push", agreement=agreement, owner=archive.owner), archive.ports)
    kept = set(archive.ports.staging.keys(f"{delivery}/"))
    assert kept
    build_case_push(crowd(cases=1, documents=1, size=100), tmp_path / "over")
    over = submit(Handover(path=tmp_path / "over", agreement=agreement, owner=archive.owner), archive.ports)
    assert finish(over, archive.owner, archive.ports).is_final
    archive.ports.staging.put(f"{over}/container", (b"rest",))
    archive.ports.staging.put(f"{UNKNOWN}/container", (b"rest",))
    Upkeep(archive).clear_away()
    assert set(archive.ports.staging.keys("")) == kept | {f"{UNKNOWN}/container"}
    assert UNKNOWN in [getattr(record, "origin", "") for record in caplog.records]


@pytest.mark.parametrize("upkeep", [Upkeep, UpkeepBesideLandings])
def test_what_producers_were_told_long_ago_is_forgotten(archive: Archive, upkeep: type[UpkeepBesideLandings]) -> None:
    told(archive.ports.catalogue, "a")
    upkeep(archive).clear_away()
    (notice,) = archive.ports.catalogue.all_notices()

    class Later(SystemClock):
        def now(self) -> datetime:
            return notice.at + KEPT_NOTICES + timedelta(seconds=1)

    upkeep(replace(archive, ports=replace(archive.ports, clock=Later()))).clear_away()
    assert archive.ports.catalogue.all_notices() == ()
    assert archive.ports.catalogue.newest_notice("Exempelstaden") == 1


def test_beside_landings_what_this_process_is_landing_stays_however_old(archive: Archive) -> None:
    ports = archive.ports
    landing = replace(upload("a"), received_at=ports.clock.now() - 2 * UPLOAD_PATIENCE)
    ports.catalogue.open_upload(landing)
    assert ports.catalogue.acquire(landing.id, archive.owner)
    ports.staging.put(f"{landing.id}/container", (b"half",))
    expired = replace(announced("u1", 9), expires_at=ports.clock.now() - timedelta(seconds=1))
    ports.catalogue.begin_within_quota(expired)
    ports.staging.put("uploads/u1/first", (b"half",))
    UpkeepBesideLandings(archive).clear_away()
    assert list(ports.staging.keys("")) == [f"{landing.id}/container"]
    assert ports.catalogue.expired_uploads(ports.clock.now()) == ()
    Upkeep(archive).clear_away()
    assert list(ports.staging.keys("")) == []


def test_what_crashes_left_goes_when_it_is_old(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "staging" / INCOMING
    folder.mkdir(exist_ok=True)
    for name, age in (("old", 2 * TEMPORARY.total_seconds()), ("new", 0)):
        (folder / name).write_bytes(b"half")
        at = time.time() - age
        os.utime(folder / name, (at, at))
    Upkeep(archive).clear_away()
    assert [path.name for path in folder.iterdir()] == ["new"]


class _Swept:
    """A store that notes what is swept from it, and parts that nobody has begun."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.older_than: list[timedelta] = []

    def sweep_temporary(self, older_than: timedelta) -> tuple[str, ...]:
        self.older_than.append(older_than)
        return ()

    def under_way(self, folder: str) -> tuple[str, ...]:
        assert folder == "uploads/"
        return ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_what_producers_are_putting_into_staging_is_nobodys_only_when_its_time_is_over(archive: Archive) -> None:
    staging: Any = _Swept(archive.ports.staging)
    Upkeep(replace(archive, ports=replace(archive.ports, staging=staging))).clear_away()
    Upkeep(replace(archive, ports=replace(archive.ports, staging=staging, direct=staging))).clear_away()
    assert staging.older_than == [TEMPORARY, TEMPORARY + LIFETIME]


class _Broken:
    """A store that does not answer at first."""

    def __init__(self, store: Any, answered: threading.Event) -> None:
        self._store = store
        self._answered = answered
        self._asked = 0

    def keys(self, prefix: str) -> Any:
        self._asked += 1
        if self._asked == 1:
            raise StoreUnavailable("lagret", "the store")
        self._answered.set()
        return self._store.keys(prefix)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_fault_does_not_end_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.upkeep.PAUSE_SECONDS", 0.01)
    answered, stop = threading.Event(), threading.Event()
    broken: Any = _Broken(archive.ports.staging, answered)
    upkeep = Upkeep(replace(archive, ports=replace(archive.ports, staging=broken)))
    thread = threading.Thread(target=upkeep.keep_on, args=(stop,))
    thread.start()
    assert answered.wait(30)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
