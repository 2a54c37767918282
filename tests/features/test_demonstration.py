"""`make demo` goes as expected, and again over the same archive; what it shows is what the reading room has."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from access.app import reading_room
from access.settings import PublicSettings
from ingest.bootstrap import joining
from ingest.domain.publication import public_ids
from schemas.public_store import INDEX_FILE, STORE_FOLDER
from tests.architecture.source_tree import REPOSITORY
from tests.fakes.visitor import Visitor
from tests.features.archives import settings_of
from tests.features.front_door import Door

NEVER = "0" * 32
PUBLIC, CLOSED_TITLE, HIDDEN = "KFN 2025/0011", "bygglov för garage", "UN 2025/0482"


def demonstrate(door: Door, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "earkiv.demo"],
        cwd=folder,
        env=door.environment(**settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An archive after its first demonstration, and what that printed."""

    door: Door
    printed: str

    def address(self, level: str) -> str:
        """Give the path in the reading room that was printed of the case at that level."""
        found = re.search(
            rf"^{level}  [^\n]+\n[^\n]+ http://127\.0\.0\.1:8081(/cases/\w+)$", self.printed, re.MULTILINE
        )
        assert found, self.printed
        return found[1]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    door = Door(home=tmp_path_factory.mktemp("demonstration") / "home")
    first = demonstrate(door, REPOSITORY)
    assert first.returncode == 0, first.stderr
    return Shown(door=door, printed=first.stdout)


@pytest.fixture
def room(shown: Shown) -> Visitor:
    public = shown.door.home / "public"
    return Visitor(app=reading_room(PublicSettings(store=public / STORE_FOLDER, index=public / INDEX_FILE)))


def test_the_demonstration_shows_every_receipt_and_says_what_to_try_next(shown: Shown) -> None:
    assert shown.printed.count("MOTTAGEN") == 4
    assert shown.printed.count("AVVISAD") == 1
    assert "OSKADAT" in shown.printed
    assert "earkiv serve" in shown.printed
    package = shown.door.run("list", "--json").document[0]["package"]
    assert package in shown.printed


def test_again_over_the_same_archive_and_in_english_nothing_becomes_another(shown: Shown) -> None:
    before = listed(shown.door.home)
    again = demonstrate(shown.door, REPOSITORY, EARKIV_LANG="en")
    assert again.returncode == 0, again.stderr
    assert "Try next" in again.stdout
    assert receipts(again.stdout)[:4] == receipts(shown.printed)[:4]
    assert listed(shown.door.home) == before
    assert [level for level in ("PUBLIC  ", "ON REQUEST  ", "HIDDEN  ") if f"\n{level}" in again.stdout] == [
        "PUBLIC  ",
        "ON REQUEST  ",
        "HIDDEN  ",
    ]


def receipts(printed: str) -> list[str]:
    return re.findall(r"(?:Mottagningskvitto|Receipt) +([0-9a-f-]{36})", printed)


def listed(home: Path) -> dict[str, tuple[str, str, str]]:
    """Give of each entry of the public index its state, level and title."""
    with closing(sqlite3.connect(f"file:{home}/public/{INDEX_FILE}?mode=ro", uri=True)) as connection:
        query = "SELECT id, state, record ->> 'level', record ->> 'title' FROM entries"
        return {one: (state, level, title) for one, state, level, title in connection.execute(query)}


def test_the_public_case_is_found_with_its_records_and_the_one_on_request_is_a_stub(
    shown: Shown, room: Visitor
) -> None:
    public, stub = shown.address("OFFENTLIG"), shown.address("PÅ BEGÄRAN")
    entries = listed(shown.door.home)
    title = entries[public.rsplit("/", 1)[1]][2]
    assert entries[stub.rsplit("/", 1)[1]][:2] == ("listed", "on-request")
    assert sorted(level for _, level, _ in entries.values()) == ["on-request", "public", "public", "public"]
    assert "schackklubb" in title
    page = room.get(public).text
    assert title in page
    assert PUBLIC in page
    assert "Protokollsutdrag.pdf" in page
    assert public in room.get("/search?q=schackklubb").text
    told = room.get(stub).text
    assert "Avslutat ärende om bygglov" in told
    assert CLOSED_TITLE not in told
    assert stub not in room.get("/search?q=garage").text


def test_the_hidden_case_answers_like_what_never_existed(shown: Shown, room: Visitor) -> None:
    hidden = hidden_id(shown.door.home)
    answers = [room.get(f"/cases/{one}") for one in (hidden, NEVER)]
    told = [(answer.status_code, sorted(answer.headers.multi_items()), answer.content) for answer in answers]
    assert told[0] == told[1]
    assert answers[0].status_code == 404
    assert hidden not in listed(shown.door.home)
    assert "DOLD  Ansökan om skolskjuts till Provskolan (UN 2025/0482)\n" in shown.printed


def hidden_id(home: Path) -> str:
    """Give the public id that the hidden case would have."""
    with joining(settings_of(home)) as archive:
        catalogue = archive.ports.catalogue
        for package in catalogue.packages():
            ids = public_ids(one.decision for one in catalogue.access_decisions(package.package))
            if (HIDDEN,) in ids:
                return ids[HIDDEN,]
    pytest.fail("nobody decided on the hidden case")


def test_away_from_the_samples_it_says_where_to_run(tmp_path: Path) -> None:
    done = demonstrate(Door(home=tmp_path / "home"), tmp_path)
    assert done.returncode == 2
    assert "samples/deliveries" in done.stderr
