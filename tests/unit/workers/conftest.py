"""An embedded archive, and a delivery that waits in it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"EARKIV_HOME": str(tmp_path / "home"), "EARKIV_WORKERS": "1", "EARKIV_TOOLS": os.devnull}, 1)


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with writing(settings) as opened:
        yield opened


@pytest.fixture
def delivery(archive: Archive, tmp_path: Path) -> str:
    build_case_push(crowd(cases=1, documents=2, size=100), tmp_path / "push")
    handover = Handover(path=tmp_path / "push", agreement=DEFAULT_AGREEMENT, owner=archive.owner)
    agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement
    return submit(replace(handover, agreement=agreement), archive.ports)
