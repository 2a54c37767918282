"""An upload that another process takes for left behind before its own process has its lease."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.arriving import Arrivals, Sender
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import Delivery
from ingest.domain.quotas import Fit
from ingest.errors import LeaseLost
from ingest.ports import Catalogue
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


def test_an_upload_that_nobody_else_takes_arrives_and_is_let_go_in_the_end(archive: Archive) -> None:
    _arrive(archive, lambda _: None)
    assert archive.ports.catalogue.unfinished() == ()
