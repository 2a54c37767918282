"""`earkiv resume`: a delivery that is tried no more by itself is let be tried anew."""

from pathlib import Path

from ingest.application.attempts import RESUMED
from ingest.application.submit_delivery import Handover, submit
from ingest.domain.agreements import DEFAULT_AGREEMENT
from samples.cases.crowd import crowd
from samples.simulator.case_push import build_case_push
from tests.features import archives
from tests.features.front_door import Door


def test_it_is_let_be_tried_anew_and_one_that_is_over_is_not(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    build_case_push(crowd(cases=1, documents=1, size=10), tmp_path / "push")
    with archives.opened(door.home) as archive:
        terms = archives.terms_of(archive, DEFAULT_AGREEMENT.id)
        delivery = submit(Handover(path=tmp_path / "push", agreement=terms, owner=archive.owner), archive.ports)
    answer = door.run("resume", delivery, "--lang", "en")
    assert (answer.code, delivery in answer.out) == (0, True)
    with archives.opened(door.home) as archive:
        assert archive.ports.catalogue.logged(delivery, RESUMED) == ("0",)
    archives.hand_over(door.home)
    over = door.run("resume", delivery, "--lang", "en")
    assert (over.code, "is over" in over.out) == (1, True)
    assert door.run("resume", "finns-inte").code == 2
