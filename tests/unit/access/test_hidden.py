"""What was never published and what is hidden are one and the same: not found, in every byte."""

import sqlite3
from pathlib import Path

import pytest

from access.app import reading_room
from tests.fakes.public_room import APPLICATION, CASE, DECISION, NEVER, WITHDRAWN, SmallRoom
from tests.fakes.visitor import Visitor

OTHER = "0" * 64
NOWHERE = (
    "/nothing/here",
    f"/cases/{NEVER}",
    f"/records/{NEVER}",
    f"/records/{NEVER}/package.zip",
    f"/records/{NEVER}/documents/{OTHER}",
    f"/records/{NEVER}/documents/{OTHER}/file",
    f"/records/{APPLICATION}/documents/{OTHER}",
    f"/records/{APPLICATION}/documents/{OTHER}/preview",
    f"/records/{CASE}/package.zip",
    f"/cases/{APPLICATION}/documents/{OTHER}",
    f"/ark:/99999/{NEVER}",
    f"/ark:/11111/{CASE}",
    "/records/..%2F..%2Fetc%2Fpasswd",
    "/records/EXN%202021%2F17",
    "/.env",
)


@pytest.mark.parametrize("root", ["", "/en"])
def test_all_that_is_not_found_is_alike(visitor: Visitor, root: str) -> None:
    answers = [visitor.get(f"{root}{address}") for address in NOWHERE]
    told = {(each.status_code, each.content, tuple(sorted(each.headers.items()))) for each in answers}
    assert len(told) == 1
    assert answers[0].status_code == 404


def test_what_the_store_holds_without_being_listed_is_not_there(own: SmallRoom) -> None:
    """Objects of a record whose listing has not come yet, or never will, are not served."""
    with sqlite3.connect(own.writer.index) as database:
        database.execute("DELETE FROM entries WHERE id = ?", (DECISION,))
    visitor = Visitor(app=reading_room(own.settings()))
    sha256 = own.records[DECISION]["documents"][0]["sha256"]
    missing = visitor.get("/nothing/here")
    for address in (f"/records/{DECISION}", f"/records/{DECISION}/documents/{sha256}/file"):
        answer = visitor.get(address)
        assert (answer.content, dict(answer.headers)) == (missing.content, dict(missing.headers))


def test_what_was_withdrawn_says_its_id_and_the_day_and_no_more(visitor: Visitor, small: SmallRoom) -> None:
    sha256 = small.records[WITHDRAWN]["documents"][0]["sha256"]
    for address in (
        "",
        "/package.zip",
        f"/documents/{sha256}",
        f"/documents/{sha256}/file",
        f"/documents/{OTHER}/file",
    ):
        answer = visitor.get(f"/records/{WITHDRAWN}{address}")
        assert answer.status_code == 410
        assert WITHDRAWN in answer.text
        assert "29 november 2026" in answer.text
        assert not {"kanarie", "stadsbyggnads", sha256} & set(_canaries(answer.text, sha256))


def test_withdrawal_is_seen_at_once(own: SmallRoom) -> None:
    """No restart, no cache: search, counts, case and downloads know it at the next question."""
    visitor = Visitor(app=reading_room(own.settings()))
    sha256 = own.records[DECISION]["documents"][0]["sha256"]
    assert "Beslut om" in visitor.get(f"/cases/{CASE}").text
    assert "3 träffar" in visitor.get("/search?q=bygglov").text
    own.writer.withdraw(own.records[DECISION])
    assert "Beslut om" not in visitor.get(f"/cases/{CASE}").text
    assert "2 träffar" in visitor.get("/search?q=bygglov").text
    assert visitor.get(f"/records/{DECISION}/documents/{sha256}/file").status_code == 410
    assert b"Beslut" not in visitor.get(f"/cases/{CASE}/package.zip").content


def test_an_index_that_cannot_be_read_shows_nothing(own: SmallRoom) -> None:
    visitor = Visitor(app=reading_room(own.settings()))
    assert visitor.get("/").status_code == 200
    own.writer.index.unlink()
    answer = visitor.get(f"/cases/{CASE}")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "<h1>Läsesalen är stängd en stund</h1>" in answer.text


def test_an_index_put_in_the_place_of_another_is_the_one_that_is_read(own: SmallRoom, tmp_path: Path) -> None:
    """After a rebuild nothing is shown from the file that was replaced, though connections to it are open."""
    visitor = Visitor(app=reading_room(own.settings()))
    assert visitor.get(f"/cases/{CASE}").status_code == 200
    fresh = type(own.writer)(tmp_path / "fresh")
    fresh.index.replace(own.writer.index)
    assert visitor.get(f"/cases/{CASE}").status_code == 404


def test_a_record_that_the_contract_does_not_allow_is_not_shown(own: SmallRoom) -> None:
    """A field that nobody knows is a fault of the machine, told without a word of the record."""
    with sqlite3.connect(own.writer.index) as database:
        database.execute(
            "UPDATE entries SET record = json_set(record, '$.secret', 'kanariefågel') WHERE id = ?", (CASE,)
        )
    answer = Visitor(app=reading_room(own.settings())).get(f"/cases/{CASE}")
    assert answer.status_code == 500
    assert "kanariefågel" not in answer.text
    assert "<h1>Något gick fel hos oss</h1>" in answer.text


def _canaries(text: str, sha256: str) -> tuple[str, ...]:
    return tuple(each for each in ("kanarie", "stadsbyggnads", sha256) if each in text.casefold())
