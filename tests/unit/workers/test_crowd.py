"""One producer has 5,000 deliveries waiting, another delivers one: archived at the next turn, for the same work."""

import os
from pathlib import Path

import pytest

from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.application.attempts import ATTEMPT
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import writing
from ingest.config import read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.contracts.catalogue_queue import next_taken
from tests.contracts.crowded import CROWD, crowd_waits
from tests.contracts.spent import Spent, spending
from tests.unit.workers.test_schedule import Wrist
from workers.schedule import Schedule
from workers.turns import Turns

_FEW = 100
_SAME = 1.1


@pytest.fixture
def push(tmp_path: Path) -> Path:
    build_case_push(crowd(cases=1, documents=2, size=100), tmp_path / "push")
    return tmp_path / "push"


def _archived_beside(waiting: int, home: Path, push: Path) -> Spent:
    """Take one delivery in and let a worker take one turn, in a new archive where another's wait."""
    settings = read_settings({"EARKIV_HOME": str(home), "EARKIV_WORKERS": "1", "EARKIV_TOOLS": os.devnull}, 1)
    with writing(settings) as archive:
        catalogue = archive.ports.catalogue
        assert isinstance(catalogue, SqlCatalogue)
        first = crowd_waits(catalogue, catalogue._database, "Migrerande nämnden", waiting)  # noqa: SLF001 - to fill it
        assert next_taken(catalogue) == first
        agreement = catalogue.agreement(DEFAULT_AGREEMENT.id)
        assert agreement
        ours = submit(Handover(path=push, agreement=agreement, owner=archive.owner), archive.ports)
        with spending() as spent:
            Turns(archive, Schedule(Wrist())).take()
        assert catalogue.delivery(ours).state is DeliveryState.ARCHIVED
        still = tuple(catalogue.runnable())
        assert len(still) == waiting - 1
        assert not any(catalogue.logged(one, ATTEMPT) for one in still[:10])
    return spent


def test_the_other_one_is_archived_at_the_next_turn_for_the_same_work(tmp_path: Path, push: Path) -> None:
    few = _archived_beside(_FEW, tmp_path / "few", push)
    many = _archived_beside(CROWD, tmp_path / "many", push)
    assert len(many.statements) == len(few.statements) > 10
    assert 0 < many.steps <= _SAME * few.steps
