"""An upload that another process takes for left behind, before its own process has its lease and after."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.sql.processes import worker_here
from ingest.application.arriving import Arrival, Arrivals, Sender
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import Delivery
from ingest.domain.quotas import Fit
from ingest.errors import LeaseLost, UnknownSubject
from ingest.pipeline.staging_keys import container_key, object_key
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import staged
from tests.fakes.small_archive import settings_of

SENDER = Sender(producer=None, agreement=DEFAULT_AGREEMENT)


class Overtaken:
    """A catalogue in which something happens as soon as an upload is open."""

    def __init__(self, catalogue: Catalogue, happens: Callable[[str], object]) -> None:
        self._catalogue = catalogue
        self._happens = happens

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def open_within_quota(self, upload: Delivery, stated: int | None, uploaded: int = 0) -> Fit:
        fit = self._catalogue.open_within_quota(upload, stated, uploaded)
        self._happens(upload.id)
        return fit


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(settings_of(tmp_path / "home")) as opened:
        yield opened


def _arrive(archive: Archive, happens: Callable[[str], object]) -> None:
    ports = replace(archive.ports, catalogue=Overtaken(archive.ports.catalogue, happens))
    with Arrivals(archive.owner, ports).arriving(SENDER, 0):
        pass


def test_an_upload_that_another_has_cleared_away_is_to_be_sent_anew(archive: Archive) -> None:
    others = Arrivals("another", archive.ports)
    with pytest.raises(LeaseLost):
        _arrive(archive, lambda _: others.tidy())
    assert archive.ports.catalogue.unfinished() == ()


def test_an_upload_that_another_is_clearing_away_is_to_be_sent_anew(archive: Archive) -> None:
    with pytest.raises(LeaseLost):
        _arrive(archive, lambda upload: archive.ports.catalogue.acquire(upload, "another"))


def _record(arrival: Arrival, ports: Ports) -> None:
    ports.catalogue.add_staged(arrival.upload.id, [staged(0)])


def _read(arrival: Arrival, ports: Ports) -> None:
    ports.staging.open(container_key(arrival.upload.id)).close()


@pytest.mark.parametrize("next_thing", [_record, _read])
def test_an_upload_that_another_clears_away_while_it_lands_is_to_be_sent_anew(
    archive: Archive, next_thing: Callable[[Arrival, Ports], None]
) -> None:
    ports = archive.ports
    # To others, a process that gives no sign of life is as one that is gone.
    ports.catalogue.enrol(replace(worker_here("silent"), started="at another time"))
    with pytest.raises(LeaseLost):
        _overtaken_while_landing(archive, next_thing)
    assert ports.catalogue.unfinished() == ()
    assert list(ports.staging.keys("")) == []


def _overtaken_while_landing(archive: Archive, next_thing: Callable[[Arrival, Ports], None]) -> None:
    ports = archive.ports
    with Arrivals("silent", ports).arriving(SENDER, 0) as arrival:
        ports.staging.put(container_key(arrival.upload.id), (b"first",))
        Arrivals(archive.owner, ports).tidy()
        ports.staging.put(object_key(arrival.upload.id, 0), (b"later",))
        next_thing(arrival, ports)


def test_what_is_unknown_to_an_upload_that_is_still_ones_own_stays_unknown(archive: Archive) -> None:
    ports = archive.ports
    with pytest.raises(UnknownSubject), Arrivals(archive.owner, ports).arriving(SENDER, 0):
        ports.catalogue.agreement_version("no such agreement", 1)
    assert ports.catalogue.unfinished() == ()


def test_an_upload_that_nobody_else_takes_arrives_and_is_let_go_in_the_end(archive: Archive) -> None:
    _arrive(archive, lambda _: None)
    assert archive.ports.catalogue.unfinished() == ()
