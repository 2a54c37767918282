"""A replacement that a worker takes up while the archive corrects the same package comes after, and is not refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.arriving import Arrivals
from ingest.application.consult_archive import receipt_of
from ingest.application.correct_metadata import Begun, Wanted, correct_metadata
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.domain.keys import Caller, Role
from ingest.errors import CorrectionUnderWay, HandedBack
from ingest.formats.corrections import Correction, read_correction
from ingest.pipeline.runner import advance
from tests.fakes.small_archive import pushed_case
from tests.features import archives


def begun_correction(archive: Archive, package: str) -> str:
    """Begin to correct a package of one generation, and give the correction's id."""
    correction = read_correction(json.dumps({"cases": [{"id": "EXN 2026/1", "title": "En rättad titel"}]}).encode())
    assert isinstance(correction, Correction)
    wanted = Wanted(package=package, seen=(1,), reason="Titeln var fel.", correction=correction)
    anna = Caller(role=Role.ARCHIVIST, name="Anna Arkivarie")
    begun = correct_metadata(wanted, anna, Arrivals(archive.owner, archive.ports), archive.ports)
    assert isinstance(begun, Begun)
    return begun.id


def handed_over(archive: Archive, path: Path) -> str:
    terms = archives.terms_of(archive, DEFAULT_AGREEMENT.id)
    return submit(Handover(path=path, agreement=terms, owner=archive.owner), archive.ports)


def test_it_waits_for_the_correction_and_is_the_next_generation(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = archives.hand_over_one(home, pushed_case(tmp_path / "first", "NEW", "ett"))
    with archives.opened(home) as archive:
        correction = begun_correction(archive, first["package"])
        replacement = handed_over(archive, pushed_case(tmp_path / "second", "REPLACEMENT", "två"))
        other = handed_over(archive, pushed_case(tmp_path / "third", "NEW", "tre"))
        with pytest.raises(CorrectionUnderWay):
            advance(replacement, archive.owner, archive.ports)
        assert archive.ports.catalogue.delivery(replacement).state is DeliveryState.RECEIVED
        refused = advance(other, archive.owner, archive.ports)
        assert refused is not None
        assert refused.state is DeliveryState.REJECTED
        for delivery, generation in ((correction, 2), (replacement, 3)):
            ended = advance(delivery, archive.owner, archive.ports)
            assert ended is not None
            assert (ended.state, ended.generation) == (DeliveryState.ARCHIVED, generation)


def _is_checked(archive: Archive, delivery: str) -> bool:
    return archive.ports.catalogue.delivery(delivery).state is DeliveryState.CHECKING


def test_what_was_refused_for_another_is_taken_when_that_was_refused_itself(tmp_path: Path) -> None:
    with archives.opened(tmp_path / "home") as archive:
        broken = pushed_case(tmp_path / "broken", "NEW", "ett")
        (broken / "bilaga.txt").write_bytes(b"andra byte")
        whole = pushed_case(tmp_path / "whole", "NEW", "ett")
        in_the_way, refused = handed_over(archive, broken), handed_over(archive, whole)
        ports = replace(archive.ports, is_stopping=lambda: _is_checked(archive, in_the_way))
        with pytest.raises(HandedBack):
            advance(in_the_way, archive.owner, ports)
        advance(refused, archive.owner, archive.ports)
        assert archives.errors_of(receipt_of(refused, archive.ports)) == ["EARKIV-DLV-1"]
        advance(in_the_way, archive.owner, archive.ports)
        assert receipt_of(in_the_way, archive.ports)["outcome"] == "rejected"
        again = handed_over(archive, whole)
        advance(again, archive.owner, archive.ports)
        assert receipt_of(again, archive.ports)["outcome"] == "accepted"
