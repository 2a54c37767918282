"""A decision on access is known once, in whatever moment its entry in the journal is written."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.known_decisions import known_decisions, waiting_decisions
from ingest.bootstrap import writing
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.pipeline.step import Ports
from tests.fakes.decided import decision
from tests.fakes.small_archive import settings_of
from tests.features.archive_with_room import Wrapped

FIRST = decision(Level.PUBLIC, ("C-1",))
HIDING = replace(decision(Level.HIDDEN, ("C-1",)), id="hiding")
ELSEWHERE = replace(HIDING, id="elsewhere", package="q")


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[Ports]:
    with writing(settings_of(tmp_path / "home")) as archive:
        yield archive.ports


def test_what_is_in_the_journal_and_what_waits_are_told_apart(ports: Ports) -> None:
    for one in (FIRST, HIDING, ELSEWHERE):
        ports.catalogue.announce_access(one)
    ports.catalogue.settle_access(FIRST, 1)
    known = known_decisions("p", ports)
    assert (known.settled, known.waiting) == ((FIRST,), (HIDING,))
    assert waiting_decisions("q", ports) == (ELSEWHERE,)


def test_one_whose_entry_is_written_meanwhile_is_known_once(ports: Ports) -> None:
    ports.catalogue.announce_access(HIDING)
    catalogue = ports.catalogue

    def announced() -> tuple[AccessDecision, ...]:
        found = catalogue.announced_access()
        catalogue.settle_access(HIDING, 1)
        return found

    known = known_decisions("p", replace(ports, catalogue=Wrapped(catalogue, "announced_access", announced)))
    assert (known.settled, known.waiting) == ((HIDING,), ())
