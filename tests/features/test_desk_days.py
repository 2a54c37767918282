"""The days of the desk's record follow on one another, whoever writes or is killed, and none can be taken away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from audit.verification import verify_packages
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.desk_record import DeskRecord, uses_on
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import Archive
from ingest.domain.damages import DamageKind
from ingest.domain.desk_use import DeskUse, Trace
from ingest.domain.people import PersonRole
from ingest.errors import CatalogueUnavailable
from ingest.pipeline.step import Ports
from tests.features import archives
from tests.features.desk_house import somebody

AUDITOR = somebody(PersonRole.AUDITOR)


class DayClock:
    """A clock that stands at noon of a day of November 2026."""

    def __init__(self, day: int) -> None:
        self._at = datetime(2026, 11, day, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self._at

    def seconds(self) -> float:
        return 0.0


class Forgetful:
    """A catalogue that records so many entries more, and then dies at each."""

    def __init__(self, catalogue: Any, left: int) -> None:
        self._catalogue = catalogue
        self._left = left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def add_journal_record(self, record: object) -> None:
        if self._left == 0:
            raise CatalogueUnavailable("sv", "en")
        self._left -= 1
        self._catalogue.add_journal_record(record)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archives.opened(tmp_path / "home") as opened:
        yield opened


def note(day: int, archive: Archive, forgets_after: int | None = None) -> None:
    """Record a visit on a day, by a process that starts then."""
    ports = replace(archive.ports, clock=DayClock(day))
    if forgets_after is not None:
        forgetful: Any = Forgetful(ports.catalogue, forgets_after)
        ports = replace(ports, catalogue=forgetful)
    use = DeskUse(
        at=ports.clock.now(),
        by="Karin",
        subject="s-1",
        roles=(PersonRole.ARCHIVIST,),
        trace=Trace.READ,
        room="GET /packages",
        of=(("day", str(day)),),
        outcome=200,
    )
    DeskRecord(ports, pause=0).note(use)


def keys(ports: Ports) -> list[str]:
    """Give the entries of the record, by day and number."""
    return [key.removeprefix("journal/desk/20/2026-11-")[:-5] for key in ports.replicas[0].keys("journal/desk/")]


def read(ports: Ports, day: int) -> list[str]:
    return [dict(one.of)["day"] for one in uses_on(datetime(2026, 11, day, tzinfo=UTC).date(), AUDITOR, ports)]


def damages(archive: Archive) -> list[tuple[DamageKind, str]]:
    found = verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages
    return [(one.kind, one.key) for one in found]


def rebuilt(archive: Archive, folder: Path) -> list[tuple[DamageKind, str]]:
    """Rebuild from storage alone, and give what both that and a verification after it find."""
    with open_catalogue(folder / "new.db") as catalogue:
        anew = replace(archive, ports=replace(archive.ports, catalogue=catalogue))
        told = [(one.kind, one.key) for one in rebuild(anew.ports).damages]
        assert damages(anew) == told
        return told


def test_each_day_begins_with_the_end_of_the_last_one_that_has_a_chain(archive: Archive, tmp_path: Path) -> None:
    for day in (20, 20, 23, 24):
        note(day, archive)
    assert keys(archive.ports) == [
        f"{day}/0000000{number}" for day, most in ((20, 3), (23, 2), (24, 1)) for number in range(1, most + 1)
    ]
    assert [read(archive.ports, day) for day in (20, 21, 23, 24)] == [["20", "20"], [], ["23"], ["24"]]
    assert damages(archive) == []
    assert rebuilt(archive, tmp_path) == []


@pytest.mark.parametrize("gone", ["journal/desk/20/2026-11-23/", "journal/desk/20/2026-11-23/00000002.json"])
def test_a_day_that_is_removed_or_its_end_is_found_also_where_no_catalogue_remembers_it(
    archive: Archive, tmp_path: Path, gone: str
) -> None:
    for day in (20, 23, 24):
        note(day, archive)
    store = archive.ports.replicas[0]
    store.delete([key for key in store.keys("journal/desk/") if key.startswith(gone)])
    broken = (DamageKind.BROKEN_CHAIN, "journal/desk/20/2026-11-24/00000001.json")
    assert broken in damages(archive)
    assert rebuilt(archive, tmp_path) == [broken]


def test_whose_clock_is_behind_writes_into_the_day_that_has_begun(archive: Archive) -> None:
    for day in (20, 21, 20):
        note(day, archive)
    assert keys(archive.ports) == ["20/00000001", "20/00000002", "21/00000001", "21/00000002"]
    assert read(archive.ports, 21) == ["20", "21"]
    assert damages(archive) == []


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        # Killed when the day was closed: the next process begins the day that was named, and closes it if it is over.
        (0, ["20/00000001", "20/00000002", "21/00000001", "23/00000001"]),
        # Killed when the first entry of the new day was written.
        (1, ["20/00000001", "20/00000002", "21/00000001", "21/00000002", "23/00000001"]),
    ],
)
def test_killed_between_writing_and_recording_the_next_goes_on_from_what_is_stored(
    archive: Archive, tmp_path: Path, recorded: int, expected: list[str]
) -> None:
    note(20, archive)
    with pytest.raises(CatalogueUnavailable):
        note(21, archive, forgets_after=recorded)
    note(23, archive)
    assert keys(archive.ports) == expected
    assert damages(archive) == []
    assert rebuilt(archive, tmp_path) == []


def test_the_very_first_entry_is_found_where_it_was_never_recorded(archive: Archive) -> None:
    with pytest.raises(CatalogueUnavailable):
        note(20, archive, forgets_after=0)
    note(21, archive)
    assert keys(archive.ports) == ["20/00000001", "20/00000002", "21/00000001"]
    assert damages(archive) == []


def test_of_two_that_begin_a_day_at_once_both_are_in_its_chain(archive: Archive) -> None:
    class Raced:
        """A catalogue that another process overtakes as soon as this one has looked where the record ends."""

        def __init__(self) -> None:
            self.is_over = False

        def __getattr__(self, name: str) -> Any:
            return getattr(archive.ports.catalogue, name)

        def add_journal_record(self, record: Any) -> None:
            archive.ports.catalogue.add_journal_record(record)
            if not self.is_over:
                self.is_over = True
                note(21, archive)

    note(20, archive)
    raced: Any = Raced()
    note(21, replace(archive, ports=replace(archive.ports, catalogue=raced)))
    assert keys(archive.ports) == ["20/00000001", "20/00000002", "21/00000001", "21/00000002"]
    assert damages(archive) == []
