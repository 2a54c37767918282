"""The canary: a test delivery of the archive's own goes the whole way, and says so."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from earkiv.serving.runner import running
from ingest.application.send_canary import canary_files
from ingest.domain.deliveries import DeliveryState
from ingest.errors import ConfigurationError
from tests.features import archives
from tests.features.front_door import Door
from workers.canary import CanaryKeeper

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(home=tmp_path / "home")


def test_it_comes_through_again_and_again_and_leaves_nothing_in_the_archive(door: Door) -> None:
    first = door.run("canary", "--json")
    time.sleep(1.1)  # when a delivery moved is kept in whole seconds
    second = door.run("canary", "--json")
    assert (first.code, second.code) == (0, 0), first
    assert first.document["state"] == "tested"
    assert first.document["delivery"] != second.document["delivery"]
    assert door.run("list", "--json").document == []
    with archives.opened(door.home) as archive:
        last = archive.ports.catalogue.last_canary()
    assert last is not None
    assert last.delivery == second.document["delivery"]


def test_one_that_the_agreement_refuses_has_not_come_through(door: Door) -> None:
    (door.home / "agreements").mkdir(parents=True)
    (door.home / "archive").mkdir()
    terms = {"title": "Sträng", "severities": [["EARKIV-SA-5", "error"]]}
    (door.home / "agreements" / "strict.json").write_text(json.dumps(terms), encoding="utf-8")
    answer = door.run("canary", "--json", EARKIV_CANARY_AGREEMENT="strict")
    assert answer.code == 1
    assert (answer.document["state"], answer.document["rules"]) == ("rejected", ["EARKIV-SA-5"])
    unknown = door.run("canary", "--lang", "en", EARKIV_CANARY_AGREEMENT="nowhere")
    assert unknown.code == 2
    assert "EARKIV_CANARY_AGREEMENT" in unknown.err


def test_on_a_schedule_one_process_of_all_sends_it_once_in_each_span(tmp_path: Path) -> None:
    with archives.opened(tmp_path / "home") as archive:
        first = CanaryKeeper(archive, "default", 1)
        second = CanaryKeeper(replace(archive, owner="another process"), "default", 1)
        sent = first.send_in_time()
        assert sent is not None
        assert first.send_in_time() is None
        assert second.send_in_time() is None
        with running(archive) as runner:
            while archive.ports.catalogue.delivery(sent).state is not DeliveryState.TESTED:
                assert runner.is_working
                time.sleep(0.05)
        with pytest.raises(ConfigurationError):
            CanaryKeeper(archive, "nowhere", 2).send_in_time()


def test_no_two_canaries_are_the_same() -> None:
    assert canary_files(NOON, "a") != canary_files(NOON, "b")
