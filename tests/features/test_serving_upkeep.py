"""An archive that is served for weeks clears away as it goes, not at its next start."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from earkiv.cli.serving import worked_off
from ingest.bootstrap import writing
from tests.contracts.catalogue_quotas import announced
from tests.fakes.small_archive import settings_of
from tests.patience import PATIENCE_SECONDS


def test_an_upload_whose_time_is_over_goes_while_it_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.upkeep.PAUSE_SECONDS", 0.05)
    settings = settings_of(tmp_path / "home")
    with writing(settings) as archive, worked_off(archive, settings) as is_ready:
        ports = archive.ports
        now = ports.clock.now()
        ports.catalogue.begin_within_quota(replace(announced("u1", 9), expires_at=now - timedelta(days=1)))
        ports.staging.put("uploads/u1/first", (b"half",))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while ports.catalogue.expired_uploads(now) or any(ports.staging.keys("")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert is_ready()
