"""Corrections that meet others, at the moments between two looks at the catalogue."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.arriving import Arrivals
from ingest.application.correct_metadata import (
    Begun,
    CorrectionAnswer,
    OutdatedGeneration,
    Wanted,
    correct_metadata,
)
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive, writing
from ingest.domain.deliveries import Delivery
from ingest.domain.keys import Caller, Role
from ingest.formats.corrections import Correction, read_correction
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue
from tests.fakes.small_archive import hand_over, pushed_case, settings_of


class Overtaken:
    """A catalogue in which something happens once, right before the attempts at an identity are looked up."""

    def __init__(self, catalogue: Catalogue, happens: Callable[[], object]) -> None:
        self._catalogue = catalogue
        self._happens = [happens]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def attempts(self, producer: str, delivery: str) -> tuple[Delivery, ...]:
        if self._happens:
            self._happens.pop()()
        return self._catalogue.attempts(producer, delivery)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An archive with one package, which is to be corrected."""

    archive: Archive
    package: str

    def asked(self, name: str, ports: Ports) -> CorrectionAnswer:
        """Ask for a correction as that archivist, who has seen the first generation."""
        cases = [{"id": "EXN 2026/1", "title": f"Rättad av {name}"}]
        correction = read_correction(json.dumps({"cases": cases}).encode())
        assert isinstance(correction, Correction)
        wanted = Wanted(package=self.package, seen=(1,), reason="Fel titel.", correction=correction)
        arrivals = Arrivals(self.archive.owner, ports)
        return correct_metadata(wanted, Caller(role=Role.ARCHIVIST, name=name), arrivals, ports)

    def carried_out(self, name: str) -> None:
        """Correct as that archivist, to the end."""
        ports = self.archive.ports
        assert isinstance(self.asked(name, ports), Begun)
        assert run_pending(self.archive.owner, ports) == ()


@pytest.fixture
def corrected(tmp_path: Path) -> Iterator[Corrected]:
    (receipt,) = hand_over(tmp_path / "home", (pushed_case(tmp_path / "case", "NEW", "ett"),))
    with writing(settings_of(tmp_path / "home")) as archive:
        yield Corrected(archive=archive, package=receipt["package"])


def test_a_correction_that_another_overtakes_between_two_looks_is_told_of_its_generation(corrected: Corrected) -> None:
    ports = corrected.archive.ports
    overtaken = Overtaken(ports.catalogue, lambda: corrected.carried_out("Bo"))
    answer = corrected.asked("Anna", replace(ports, catalogue=overtaken))
    assert answer == OutdatedGeneration(newest=2)
    assert ports.catalogue.unfinished() == ()
