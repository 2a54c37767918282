"""What is done and read at the desk stands in the journal before it is shown: one entry for many, a chain a day."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from audit.desk.app import ROOMS
from audit.verification import verify_packages
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.desk_days import chain_of
from ingest.application.desk_record import DeskRecord, uses_on
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import Archive
from ingest.domain.damages import Damage
from ingest.domain.desk_use import MOST_CHARACTERS, DeskUse, Trace, cut
from ingest.domain.people import NotPermitted, PersonRole
from ingest.errors import StoreUnavailable
from ingest.pipeline.step import Ports
from tests.features import archives
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

AUDITOR = somebody(PersonRole.AUDITOR, name="Rolf Revisor")
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def use(number: int) -> DeskUse:
    return DeskUse(
        at=AT,
        by="Karin",
        subject="s-1",
        roles=(PersonRole.ARCHIVIST,),
        trace=Trace.READ,
        room="GET /packages/{package}",
        of=(("package", str(number)),),
        outcome=200,
    )


class SetClock:
    """A clock that a test sets; it counts how often somebody asked how long it has been."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.asked = threading.Semaphore(0)

    def now(self) -> datetime:
        return AT

    def seconds(self) -> float:
        self.asked.release()
        return self.passed


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archives.opened(tmp_path / "home") as opened:
        yield opened


def recorded(ports: Ports) -> list[str]:
    """Give what the record of the day names, the first first."""
    return [dict(one.of)["package"] for one in reversed(uses_on(AT.date(), AUDITOR, ports))]


def entries(ports: Ports) -> int:
    return ports.catalogue.chain_head(chain_of(AT.date())).sequence


def noting(record: DeskRecord, numbers: range) -> list[threading.Thread]:
    threads = [threading.Thread(target=record.note, args=(use(number),)) for number in numbers]
    for thread in threads:
        thread.start()
    return threads


def joined(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_many_within_a_second_are_one_entry_and_all_are_durable(archive: Archive) -> None:
    clock = SetClock()
    ports = replace(archive.ports, clock=clock)
    record = DeskRecord(ports)
    record.note(use(0))
    assert (entries(ports), recorded(ports)) == (1, ["0"])
    while clock.asked.acquire(blocking=False):
        pass
    threads = noting(record, range(1, 11))
    for _ in threads:
        assert clock.asked.acquire(timeout=60)  # each of them has seen that it has to wait
    clock.passed = 1.0
    joined(threads)
    assert entries(ports) == 2
    assert sorted(map(int, recorded(ports))) == list(range(11))


def test_where_it_cannot_be_written_whoever_waits_is_told_and_the_next_is_written(archive: Archive) -> None:
    class Silent:
        """A store that takes nothing in."""

        def __init__(self, store: Any) -> None:
            self._store = store

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

        def put(self, *_: object) -> None:
            raise StoreUnavailable("sv", "en")

    ports = replace(archive.ports, clock=SetClock())
    store: Any = Silent(ports.replicas[0])
    broken = DeskRecord(replace(ports, replicas=(store,)), pause=0)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            broken.note(use(1))
    DeskRecord(ports, pause=0).note(use(2))
    assert recorded(ports) == ["2"]


def test_two_processes_write_one_chain_that_stays_whole_and_a_rebuild_knows_it(
    archive: Archive, tmp_path: Path
) -> None:
    ports = replace(archive.ports, clock=SetClock())
    first, second = DeskRecord(ports, pause=0), DeskRecord(ports, pause=0)
    threads = [*noting(first, range(8)), *noting(second, range(8, 16))]
    joined(threads)
    assert sorted(map(int, recorded(ports))) == list(range(16))
    assert damages(ports) == ()
    with open_catalogue(tmp_path / "new.db") as catalogue:
        anew = replace(ports, catalogue=catalogue)
        assert rebuild(anew).damages == ()
        assert recorded(anew) == recorded(ports)


def test_an_entry_that_is_gone_is_damage(archive: Archive) -> None:
    ports = replace(archive.ports, clock=SetClock())
    DeskRecord(ports, pause=0).note(use(1))
    (key,) = (key for key in ports.replicas[0].keys("journal/desk/"))
    ports.replicas[0].delete([key])
    assert [one.key for one in damages(ports)] == [key]


def damages(ports: Ports) -> tuple[Damage, ...]:
    return tuple(verify_packages(ports, None, lambda _objects, _bytes: None).damages)


def test_only_an_auditor_reads_the_record(archive: Archive) -> None:
    for role in set(PersonRole) - {PersonRole.AUDITOR}:
        with pytest.raises(NotPermitted):
            uses_on(AT.date(), somebody(role), archive.ports)
    assert uses_on(AT.date(), AUDITOR, archive.ports) == ()


def test_a_long_word_is_cut() -> None:
    assert cut("a" * MOST_CHARACTERS) == "a" * MOST_CHARACTERS
    assert cut("a" * (MOST_CHARACTERS + 1)) == "a" * (MOST_CHARACTERS - 1) + "…"


UNRECORDED = {
    "GET /",
    "GET /overview",
    "GET /overview/formats",
    "GET /agreements",
    "GET /agreements/{agreement}",
    "GET /agreements/{agreement}/changes",
    "GET /agreements/{agreement}/edit",
    "GET /new-agreement",
}
"""Rooms with nothing that was delivered in them, and nothing that is changed."""


def test_every_other_room_leaves_what_its_method_says() -> None:
    told = {f"{room.method} {room.path}": room.leaves for room in ROOMS if room.who == "signed in"}
    assert told.pop("POST /sign-out") is Trace.SIGN_OUT
    assert {name for name, leaves in told.items() if leaves is Trace.NONE} == UNRECORDED
    for name, leaves in told.items():
        if name not in UNRECORDED:
            assert leaves is (Trace.READ if name.startswith("GET") else Trace.WRITE)


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    package: str

    def record(self) -> list[Mapping[str, object]]:
        """Give what was recorded today, the first first."""
        ports = self.house.archive.ports
        uses = uses_on(ports.clock.now().date(), AUDITOR, ports)
        return [{"by": one.by, "room": one.room, "of": dict(one.of), "outcome": one.outcome} for one in reversed(uses)]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with house(tmp_path / "home") as made:
        answer = made.producer.post(json=case_push("d-1", document(b"Hej!")))
        yield Scene(house=made, package=made.producer.receipt(answer.headers["location"])["package"])


def test_who_read_and_changed_what_is_recorded_and_nothing_that_was_typed(scene: Scene) -> None:
    browser = scene.house.browser(somebody(PersonRole.ARCHIVIST))
    browser.get("/overview")
    browser.get("/packages?q=Anna")
    page = browser.get(f"/packages/{scene.package}")
    browser.get(f"/packages/{scene.package}/files/METS.xml")
    browser.get("/packages/nothing")
    browser.post(f"/packages/{scene.package}/verification", data={"proof": proof_in(page)})
    of = {"package": scene.package}
    expected = [
        ("GET /packages", {}, 200),
        ("GET /packages/{package}", of, 200),
        ("GET /packages/{package}/files/{path:path}", {**of, "path": "METS.xml"}, 200),
        ("GET /packages/{package}", {"package": "nothing"}, 404),
        ("POST /packages/{package}/verification", of, 200),
    ]
    assert scene.record() == [
        {"by": "Karin Arkivsson", "room": room, "of": named, "outcome": outcome} for room, named, outcome in expected
    ]
    reading = scene.house.browser(AUDITOR).get("/record?lang=sv")
    assert is_whole_page(reading, "sv")
    assert scene.package in reading.text
    assert "Anna" not in reading.text
    assert "Inget är gjort" in scene.house.browser(AUDITOR).get("/record?day=2000-01-01").text


def test_of_the_ways_in_those_that_let_somebody_in_or_turn_somebody_away_are_recorded() -> None:
    told = {f"{room.method} {room.path}" for room in ROOMS if room.who == "anybody" and room.leaves is Trace.SIGN_IN}
    assert told == {"GET /sign-in/back", "GET /enter/{token}", "POST /enter/{token}"}


def test_nothing_is_shown_that_is_not_recorded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, __: DeskUse) -> None:
        raise StoreUnavailable("Lagret svarar inte.", "The store does not answer.")

    monkeypatch.setattr(DeskRecord, "note", fail)
    browser = scene.house.browser(somebody(PersonRole.ARCHIVIST))
    for path in (f"/packages/{scene.package}", f"/packages/{scene.package}/export/csip"):
        answer = browser.get(path)
        assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert "Lagret svarar inte." in answer.text
        assert "EXN 2021/17" not in answer.text
    assert browser.get("/overview").status_code == httpx.codes.OK
