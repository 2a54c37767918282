"""A reading room whose index was removed shows the same again when everything is published anew."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.public_index import open_public_index
from ingest.application.found_numbers import FoundNumbers
from ingest.application.publish_anew import publish_anew
from ingest.application.publish_records import Published
from ingest.application.tend_reading_room import tend
from ingest.bootstrap import writing
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.access.levels import Level
from ingest.domain.people import NotPermitted, Person, PersonRole
from ingest.errors import StoreUnavailable
from tests.fakes.small_archive import hand_over, settings_of
from tests.features.archive_with_room import House, Wrapped
from tests.features.test_access_decisions import CASE, ONE, TWO, case_with

OPERATOR = Person(name="Ola Drift", subject="keyboard", roles=frozenset({PersonRole.OPERATOR}))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    hand_over(tmp_path / "home", (case_with(tmp_path / "first", "NEW"),))
    settings = settings_of(tmp_path / "home")
    with ExitStack() as held:
        archive = held.enter_context(writing(settings))
        room = held.enter_context(reading_room(settings))
        yield House(archive=archive, room=room, ids={}, finder=FoundNumbers(archive.ports))


def test_a_room_whose_index_was_removed_shows_the_same_when_all_is_published_anew(house: House, tmp_path: Path) -> None:
    """And what the former index listed does not go as a stray until then, nor does one package keep another waiting."""
    ports = house.archive.ports
    house.decide(Level.PUBLIC, CASE, ONE, TWO)
    house.publish(clock=Wrapped(ports.clock, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC)))
    before = house.room.index.records(house.ids)
    assert {record["released"] for record in before.values()} == {"2026-01-01"}
    (package,) = ports.catalogue.decided_packages()
    twice = Wrapped(ports.catalogue, "decided_packages", lambda: (package, package))
    asked = iter(("first",))

    def announced() -> Any:
        if next(asked, None):
            raise StoreUnavailable("nere", "down")
        return ports.catalogue.announced_access()

    shaken = Wrapped(twice, "announced_access", announced)
    with open_public_index(tmp_path / "anew.sqlite") as index:
        room = replace(house.room, index=index)
        found = tend(room, ports, frozenset(house.ids))
        assert (found.removed, found.strays, found.faults) == (frozenset(), frozenset(), ())
        answers = publish_anew(OPERATOR, house.archive.owner, house.finder, room, replace(ports, catalogue=shaken))
        assert [type(answer) for _, answer in answers] == [StoreUnavailable, Published]
        assert index.records(house.ids) == before
        index.withdraw(house.ids, ports.clock.now)
        assert tend(room, ports, frozenset(house.ids)).removed == frozenset(house.ids)


def test_what_was_decided_and_never_published_waits_for_whoever_publishes(house: House) -> None:
    house.decide(Level.PUBLIC, CASE, ONE, TWO)
    ports = house.archive.ports
    assert ports.catalogue.decided_packages()
    assert list(publish_anew(OPERATOR, house.archive.owner, house.finder, house.room, ports)) == []


def test_whoever_reads_publishes_nothing_anew(house: House) -> None:
    reader = Person(name="Eva Ny", subject="eva", roles=frozenset({PersonRole.REVIEWER}))
    with pytest.raises(NotPermitted):
        next(publish_anew(reader, house.archive.owner, house.finder, house.room, house.archive.ports))
