"""Whoever works gives signs of life, whatever happens to the catalogue meanwhile."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ingest.adapters import heartbeat
from ingest.adapters.heartbeat import alive
from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.adapters.sql.processes import worker_here
from ingest.errors import CatalogueUnavailable, EarkivError, OutOfSpace

PATIENCE = 20


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_SECONDS", 0.01)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def catalogue(path: Path) -> Iterator[SqlCatalogue]:
    with open_catalogue(path) as opened:
        yield opened


class Watched:
    """A catalogue whose first beat meets what a test prepared; `beaten` is set by the first that is recorded."""

    def __init__(self, catalogue: SqlCatalogue, fault: EarkivError | None = None) -> None:
        self._catalogue = catalogue
        self._faults = [fault] if fault else []
        self.beaten = Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def beat(self, owner: str) -> None:
        if self._faults:
            raise self._faults.pop()
        self._catalogue.beat(owner)
        self.beaten.set()


def _watched(catalogue: SqlCatalogue, fault: EarkivError | None = None) -> Any:
    return Watched(catalogue, fault)


@pytest.mark.parametrize("fault", [OutOfSpace("full", "full"), CatalogueUnavailable("borta", "away")])
def test_a_catalogue_that_fails_is_told_again_later(
    catalogue: SqlCatalogue, fault: EarkivError, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = _watched(catalogue, fault)
    with caplog.at_level(logging.WARNING), alive(ledger, worker_here("w")):
        assert ledger.beaten.wait(PATIENCE)
    assert "no sign of life given" in caplog.text


def test_a_worker_struck_off_while_alive_enrols_again(
    catalogue: SqlCatalogue, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = _watched(catalogue)
    with caplog.at_level(logging.WARNING), alive(ledger, worker_here("w")):
        assert ledger.beaten.wait(PATIENCE)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("delete from workers")
        ledger.beaten.clear()
        assert ledger.beaten.wait(PATIENCE)
    assert "struck off" in caplog.text


def test_nobody_beats_any_more_when_the_work_is_over(catalogue: SqlCatalogue) -> None:
    ledger = _watched(catalogue)
    with alive(ledger, worker_here("w")):
        assert ledger.beaten.wait(PATIENCE)
    ledger.beaten.clear()
    assert not ledger.beaten.wait(0.1)
