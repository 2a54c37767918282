"""A process killed over a file is a fault of the machine, until it has happened so often that the file is told."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.allowances import Effort
from ingest.domain.conversions import Conversion, ConversionFault, ConversionRequest, NotConverted
from ingest.domain.nested import NestedListing, NestedRequest
from ingest.domain.packages import Examination, ExaminationRequest, NotScanned
from ingest.errors import KilledFromOutside
from ingest.pipeline.kills import KILLS_OF_EXAMINERS, KILLS_OF_OPENERS, KILLS_OF_TOOLS, MOST_KILLS, TOO_OFTEN
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from ingest.tool_ports import Examiner
from tests.fakes.steady_converter import SteadyConverter
from tests.features import archives
from tests.features.test_kinds_and_attempts import built
from tests.hostile.case import package
from tests.hostile.nested_cases import CASES

_AGREED = "exsa-2026-9"
_OFTEN = 10**6


class KilledTool(SteadyConverter):
    """A converter whose tool is killed the first so many times over each file."""

    def __init__(self, kills: int) -> None:
        super().__init__()
        self._kills = kills
        self.asked: Counter[int] = Counter()

    def convert(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        self.asked.update(request.ordinal for request in requests)
        return tuple(map(self._told, super().convert(staging, requests, effort)))

    def _told(self, made: Conversion) -> Conversion:
        killed = NotConverted(reason=ConversionFault.KILLED, detail="signal 9")
        return replace(made, outcome=killed) if self.asked[made.ordinal] <= self._kills else made


class KilledExaminer:
    """The real examiner, whose process is killed over the first object so many times, unless that is to be told."""

    def __init__(self, examiner: Examiner, kills: int) -> None:
        self._examiner = examiner
        self._kills = kills

    def __getattr__(self, name: str) -> Any:
        return getattr(self._examiner, name)

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        first = [request for request in requests if request.ordinal == 0]
        if first and self._kills:
            self._kills -= 1
            if not first[0].deadly:
                raise KilledFromOutside("dödad", "killed", 0)
            found = self._examiner.examine(staging, requests)
            told = NotScanned(reason="its process died")
            return tuple(replace(one, scan=told) if one.ordinal == 0 else one for one in found)
        return self._examiner.examine(staging, requests)


class KilledOpener:
    """An opener whose process is always killed."""

    def listing(self, staging: ObjectStore, request: NestedRequest) -> NestedListing | None:
        _ = staging, request
        raise KilledFromOutside("dödad", "killed")


def _handed_over(tmp_path: Path, fit: Callable[[Ports], Ports], counted_as: str) -> tuple[dict[str, Any], int]:
    """Take a delivery in; give its receipt, and how many kills the operations log has."""
    folder = built(tmp_path / "leverans", "case-push")
    with archives.opened(tmp_path / "home", fit) as archive:
        receipt = ingest_path(folder, DEFAULT_AGREEMENT, archive.owner, archive.ports)
        return receipt, len(archive.ports.catalogue.logged(receipt["deliveryId"], counted_as))


@pytest.mark.parametrize(("kills", "told"), [(MOST_KILLS - 1, False), (_OFTEN, True)])
def test_a_tool_that_is_killed_is_asked_again_and_only_then_told_of_the_file(
    tmp_path: Path, kills: int, *, told: bool
) -> None:
    converter = KilledTool(kills)
    receipt, logged = _handed_over(tmp_path, lambda ports: replace(ports, converter=converter), KILLS_OF_TOOLS)
    assert receipt["outcome"] == "accepted"
    with archives.opened(tmp_path / "home") as archive:
        outcomes = [one.outcome for one in archive.ports.catalogue.conversions(receipt["deliveryId"])]
    died = [one for one in outcomes if isinstance(one, NotConverted) and one.reason is ConversionFault.KILLED]
    assert len(died) == (len(outcomes) if told else 0)
    assert converter.asked
    assert set(converter.asked.values()) == {MOST_KILLS}
    assert logged == len(converter.asked) * min(kills, MOST_KILLS)
    assert "EARKIV-NRM-1" in archives.rules_of(receipt) or not told


@pytest.mark.parametrize(("kills", "told"), [(MOST_KILLS - 1, False), (_OFTEN, True)])
def test_an_examiner_that_is_killed_is_asked_again_and_only_then_told_of_the_file(
    tmp_path: Path, kills: int, *, told: bool
) -> None:
    def fit(ports: Ports) -> Ports:
        return replace(ports, examiner=KilledExaminer(ports.examiner, kills))

    receipt, logged = _handed_over(tmp_path, fit, KILLS_OF_EXAMINERS)
    assert (receipt["outcome"], logged) == ("accepted", MOST_KILLS - 1)
    died = [f for f in receipt["findings"] if "its process died" in json.dumps(f)]
    assert bool(died) is told


def test_a_container_over_which_the_opener_is_killed_again_and_again_is_told(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "leverans"
    folder.mkdir()
    for name, body in package({b"1.zip": CASES["ordinary.zip"].make()}).items():
        (folder / name.decode()).write_bytes(body)
    with archives.opened(home):
        pass
    terms = {"nested_depth": 1, "severities": [["EARKIV-SA-5", "info"]]}
    (home / "agreements" / f"{_AGREED}.json").write_text(json.dumps(terms), encoding="utf-8")
    with archives.opened(home, lambda ports: replace(ports, nested_opener=KilledOpener())) as archive:
        receipt = ingest_path(folder, archives.terms_of(archive, _AGREED), archive.owner, archive.ports)
        logged = archive.ports.catalogue.logged(receipt["deliveryId"], KILLS_OF_OPENERS)
    assert (receipt["outcome"], len(logged)) == ("accepted", MOST_KILLS)
    assert TOO_OFTEN in json.dumps(receipt["findings"])
