"""What a test that waits in vain tells: enough to see why."""

from pathlib import Path

from ingest.application.attempts import ATTEMPT
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import StoreUnavailable
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.fakes.small_archive import settings_of
from tests.features.work_told import work_in
from tests.patience import end_of


def test_it_says_where_a_delivery_stands_and_what_its_attempts_ended_with(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    build_case_push(crowd(cases=1, documents=1, size=10), tmp_path / "push")
    assert "does not answer" in work_in(settings)
    with writing(settings) as archive:
        catalogue = archive.ports.catalogue
        agreement = catalogue.agreement(DEFAULT_AGREEMENT.id)
        assert agreement
        delivery = submit(Handover(path=tmp_path / "push", agreement=agreement, owner=archive.owner), archive.ports)
        lease = catalogue.acquire(delivery, archive.owner)
        assert lease
        step = catalogue.delivery(delivery).step
        catalogue.log_attempt(lease, step, ATTEMPT, "")
        catalogue.log_attempt(lease, step, StoreUnavailable.__name__, "the disk is away")
        catalogue.release(lease)
        told = work_in(settings)
    for said in (delivery, archive.owner, f"step {step}", "runnable: True", "Attempts: 1", "the disk is away"):
        assert said in told, told


def test_of_a_log_the_end_is_told(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    assert "there is none" in end_of(log)
    log.write_text("first\n" + "line\n" * 3000 + "last\n", encoding="utf-8")
    told = end_of(log)
    assert ("worker.log" in told, "last" in told, "first" in told) == (True, True, False)
