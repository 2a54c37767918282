"""From decisions to the reading room and out of it again, by the commands of an embedded archive."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.small_archive import hand_over
from tests.features.front_door import Door
from tests.features.serving import free_port, serving
from tests.features.test_access_decisions import case_with

WHY = ("--reason", "Ingen sekretess, inga personuppgifter.")
CASE, FIRST, SECOND = "EXN 2026/1", "EXN 2026/1:1", "EXN 2026/1:2"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publishing")
    hand_over(folder / "home", (case_with(folder / "first", "NEW"),))
    return folder / "home"


@pytest.fixture
def door(made: Path, tmp_path: Path) -> Door:
    """An archive with one case of two unmarked records."""
    return Door(home=shutil.copytree(made, tmp_path / "home"))


def published(door: Door) -> dict[str, dict[str, Any]]:
    """Publish, and give the records of the reading room by their units' own ids."""
    answer = door.run("publish", "PUSH-1", "--json")
    assert answer.code == 0, answer.err
    return {record["unit"][-1]: record for record in json.loads(answer.out)["records"]}


def listed(door: Door) -> dict[str, str]:
    """Give each entry of the index with its state."""
    with closing(sqlite3.connect(f"file:{door.home}/public/index.sqlite?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT id, state FROM entries"))


def kept(door: Door, public_id: str) -> list[str]:
    """List what lies in the public store of a record."""
    paths = (door.home / "public" / "store").rglob("*")
    return [str(path) for path in paths if public_id in str(path) and path.is_file()]


def decided(door: Door, level: str, *names: str) -> None:
    answer = door.run("decide", "PUSH-1", level, *names, *WHY)
    assert answer.code == 0, answer.err


def test_nothing_is_in_the_reading_room_before_somebody_decides(door: Door) -> None:
    assert published(door) == {}
    assert listed(door) == {}


def test_what_is_public_crosses_with_its_files_and_what_is_on_request_as_a_stub(door: Door) -> None:
    decided(door, "--public", CASE, FIRST)
    decided(door, "--on-request", SECOND)
    records = published(door)
    assert {name: record["level"] for name, record in records.items()} == {
        CASE: "public",
        FIRST: "public",
        SECOND: "on-request",
    }
    assert records[SECOND]["documents"] == []
    assert set(listed(door).values()) == {"listed"}
    files = door.home / "public" / "store" / "files" / records[FIRST]["id"]
    for document in records[FIRST]["documents"]:
        content = (files / document["sha256"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (document["size"], document["sha256"])
    assert not [one for one in kept(door, records[SECOND]["id"]) if "/files/" in one or "/text/" in one]
    assert published(door) == records


def test_a_decision_that_closes_acts_at_once_and_leaves_nothing(door: Door) -> None:
    decided(door, "--public", CASE, FIRST)
    records = published(door)
    decided(door, "--hide", CASE)
    assert listed(door) == {records[CASE]["id"]: "withdrawn", records[FIRST]["id"]: "withdrawn"}
    assert not kept(door, records[CASE]["id"])
    assert not kept(door, records[FIRST]["id"])
    assert published(door) == {}


def test_a_new_generation_takes_all_out_and_what_did_not_change_can_be_published_again(
    door: Door, tmp_path: Path
) -> None:
    decided(door, "--public", CASE, FIRST)
    records = published(door)
    answer = door.run("ingest", case_with(tmp_path / "new", "REPLACEMENT", "Ett annat svar"))
    assert answer.code == 0, answer.out
    assert set(listed(door).values()) == {"withdrawn"}
    again = published(door)
    assert set(again) == {FIRST}
    assert again[FIRST]["id"] == records[FIRST]["id"]


def test_the_reading_room_is_the_same_after_a_rebuild(door: Door) -> None:
    decided(door, "--public", CASE, FIRST)
    records = published(door)
    assert door.run("rebuild").code == 0
    assert published(door) == records


def test_all_is_published_anew_where_the_index_was_removed(door: Door) -> None:
    decided(door, "--public", CASE, FIRST)
    before = published(door), listed(door)
    (door.home / "public" / "index.sqlite").unlink()
    answer = door.run("publish", "--all", "--json")
    assert answer.code == 0, answer.err
    (told,) = json.loads(answer.out)["packages"]
    assert (told["records"], told["withdrawn"]) == (2, 0)
    assert (published(door), listed(door)) == before
    assert door.run("publish", "PUSH-1", "--all").code == 2
    assert door.run("publish").code == 2


@pytest.fixture
def room(door: Door) -> Iterator[httpx.Client]:
    port = free_port()
    with serving(door.home, public_port=port), httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
        yield http


def test_whoever_comes_reads_what_was_published_and_no_more_when_it_is_withdrawn(
    door: Door, room: httpx.Client
) -> None:
    """The people who decide do not wait until the server is stopped."""
    never = room.get(f"/records/{'0' * 32}")
    decided(door, "--public", FIRST)
    record = published(door)[FIRST]
    page = f"/records/{record['id']}"
    assert record["title"] in room.get(page).text
    assert record["title"] in room.get("/search", params={"q": "samma"}).text
    decided(door, "--hide", FIRST)
    gone = room.get(page)
    assert gone.status_code in {404, 410}
    assert record["title"] not in gone.text
    assert record["title"] not in room.get("/search", params={"q": "samma"}).text
    assert never.status_code == 404
