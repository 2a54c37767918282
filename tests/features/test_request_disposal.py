"""Disposal of requests in a real archive: in the journal first, then erased; broken off, it is done again, once."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from audit.verification import verify_packages
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.answer_requests import answer_file
from ingest.application.dispose_requests import DisposedRequest, chain_of_request, dispose_requests
from ingest.application.genuine_entries import entries_backwards
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import Archive
from ingest.bootstrap.information_requests import keeping_times, request_ledger, requests_if_any
from ingest.domain.information_requests import AnsweredWithMaskedCopy, Claimed, Closed, Doing, Part, Step
from ingest.domain.request_disposal import KeepingTimes
from ingest.errors import CatalogueUnavailable
from ingest.pipeline.step import Ports
from ingest.public_ports import RequestLedger
from schemas.public_requests import ADD_REQUEST
from tests.contracts.request_ledger import request_row
from tests.features import archives
from tests.features.front_door import Door
from workers.requests import RequestKeeper

ANSWERED_AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
TIMES = KeepingTimes(contact_days=90, file_days=90)
CONTENT = b"a map"
MASKED = AnsweredWithMaskedCopy(
    text="Delvis.", files=(answer_file("karta.pdf", "", CONTENT),), ground="OSL 21:1", appeal="Kammarrätten"
)
CONTACT = "Anna Ek, Storgatan 1"


class LaterClock:
    """A clock that stands at a time after the answer."""

    def __init__(self, days: float) -> None:
        self._at = ANSWERED_AT + timedelta(days=days)

    def now(self) -> datetime:
        return self._at

    def seconds(self) -> float:
        return 0.0


@dataclass(frozen=True, kw_only=True)
class Scene:
    home: Path
    archive: Archive

    def ports(self, days: float) -> Ports:
        return replace(self.archive.ports, clock=LaterClock(days))

    @contextmanager
    def ledger(self) -> Iterator[RequestLedger]:
        with request_ledger(archives.settings_of(self.home)) as ledger:
            yield ledger

    def ask(self, number: int, *doings: Doing) -> None:
        """Write a request and what was done about it."""
        with self.ledger() as ledger:
            path = self.home / "public" / "requests" / "requests.sqlite"
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(ADD_REQUEST, request_row(number, contact=CONTACT))
            for doing in doings:
                step = Step(by="Rut Ek", at=ANSWERED_AT, doing=doing)
                contents = {MASKED.files[0].sha256: CONTENT} if doing == MASKED else {}
                assert ledger.add_step(ledger.request(f"r{number}"), step, contents)

    def dispose(self, days: float) -> tuple[DisposedRequest, ...]:
        with self.ledger() as ledger:
            return dispose_requests(TIMES, ledger, self.ports(days))

    def journal(self, number: int) -> list[dict[str, Any]]:
        """Give the bodies of a request's entries, the first first."""
        entries = entries_backwards(chain_of_request(f"r{number}"), self.archive.ports)
        return [entry.body for entry in entries if isinstance(entry.body, dict)][::-1]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with archives.opened(tmp_path / "home") as archive:
        made = Scene(home=tmp_path / "home", archive=archive)
        made.ask(1, Claimed(), MASKED)
        made.ask(2, Claimed(), Closed(text="Skräp."))
        made.ask(3)
        yield made


def test_contact_and_copies_go_and_the_decision_is_the_archives_own_record(scene: Scene, tmp_path: Path) -> None:
    assert scene.dispose(89.9) == ()
    disposed = [(one.request, one.part) for one in scene.dispose(90)]
    assert disposed == [("r1", Part.CONTACT), ("r1", Part.FILES), ("r2", Part.REQUEST)]
    assert scene.dispose(91) == ()
    with scene.ledger() as ledger:
        answered, waiting = ledger.requests()
    assert (answered.id, answered.contact, answered.question) == ("r1", "", "Vad beslutades om Ön?")
    assert answered.steps[-1].doing == MASKED
    assert (waiting.id, waiting.contact) == ("r3", CONTACT)
    contact, files = scene.journal(1)
    assert (contact["part"], files["part"]) == ("contact", "files")
    assert (files["question"], files["about"]) == ("Vad beslutades om Ön?", None)
    decided = files["steps"][-1]
    assert (decided["by"], decided["kind"], decided["ground"]) == ("Rut Ek", "answered with masked copy", "OSL 21:1")
    assert decided["files"][0]["sha256"] == MASKED.files[0].sha256
    (closed,) = scene.journal(2)
    assert closed["steps"][-1]["text"] == "Skräp."
    assert "question" not in closed
    assert CONTACT not in json.dumps([contact, files, closed], ensure_ascii=False)
    ports = scene.ports(91)
    assert tuple(verify_packages(ports, None, lambda _objects, _bytes: None).damages) == ()
    with open_catalogue(tmp_path / "new.db") as catalogue:
        assert rebuild(replace(ports, catalogue=catalogue)).damages == ()


class Dying:
    """A store of requests in which nothing more is erased after so many times."""

    def __init__(self, ledger: RequestLedger, left: int) -> None:
        self._ledger = ledger
        self._left = left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    def dispose(self, *what: Any) -> None:
        if self._left == 0:
            raise CatalogueUnavailable("sv", "en")
        self._left -= 1
        self._ledger.dispose(*what)


@pytest.mark.parametrize("erased", [0, 1, 2])
def test_broken_off_between_journal_and_erasing_it_goes_on_with_the_same_entry(scene: Scene, erased: int) -> None:
    with scene.ledger() as ledger:
        dying: Any = Dying(ledger, erased)
        with pytest.raises(CatalogueUnavailable):
            dispose_requests(TIMES, dying, scene.ports(90))
    assert len(scene.dispose(93)) == 3 - erased
    assert [len(scene.journal(number)) for number in (1, 2)] == [2, 1]
    with scene.ledger() as ledger:
        assert [one.id for one in ledger.requests()] == ["r1", "r3"]
        assert ledger.request("r1").disposals[0].at == ANSWERED_AT + timedelta(days=90)


def test_broken_off_while_the_entry_was_written_there_is_one(scene: Scene) -> None:
    class Forgetful:
        """A catalogue that forgets to record entries."""

        def __init__(self, catalogue: Any) -> None:
            self._catalogue = catalogue

        def __getattr__(self, name: str) -> Any:
            return getattr(self._catalogue, name)

        def add_journal_record(self, _: object) -> None:
            raise CatalogueUnavailable("sv", "en")

    ports = scene.ports(90)
    forgetful: Any = Forgetful(ports.catalogue)
    with scene.ledger() as ledger, pytest.raises(CatalogueUnavailable):
        dispose_requests(TIMES, ledger, replace(ports, catalogue=forgetful))
    assert len(scene.dispose(90)) == 3
    assert len(scene.journal(1)) == 2


def test_a_running_process_disposes_by_its_settings(scene: Scene) -> None:
    settings = replace(archives.settings_of(scene.home), request_contact_days=5, request_file_days=7)
    archive = replace(scene.archive, ports=scene.ports(6))
    keeper = RequestKeeper(archive, lambda: requests_if_any(settings), keeping_times(settings))
    stop = Event()
    stop.set()
    keeper.keep_on(stop)
    with scene.ledger() as ledger:
        assert (ledger.request("r1").contact, ledger.content("r1", MASKED.files[0])) == ("", CONTENT)


def test_the_command_disposes_and_says_what_it_was(scene: Scene) -> None:
    door = Door(home=scene.home)
    with scene.ledger() as ledger:
        long_ago = Step(by="Rut Ek", at=datetime(2020, 1, 1, tzinfo=UTC), doing=Claimed())
        ledger.add_step(ledger.request("r3"), long_ago, {})
        ledger.add_step(ledger.request("r3"), replace(long_ago, doing=Closed(text="Skräp.")), {})
    answer = door.run("dispose-requests", "--json")
    assert (answer.code, [(one["request"], one["part"]) for one in answer.document]) == (0, [("r3", "request")])
    assert "Inget behöver gallras nu." in door.run("dispose-requests", "--lang", "sv").out


def test_where_nobody_has_asked_anything_nothing_is_made(tmp_path: Path) -> None:
    with archives.opened(tmp_path / "home") as archive:
        settings = archives.settings_of(tmp_path / "home")
        RequestKeeper(archive, lambda: requests_if_any(settings), keeping_times(settings)).dispose()
    assert not (tmp_path / "home" / "public" / "requests").exists()
