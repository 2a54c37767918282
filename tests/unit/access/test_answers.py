"""The page behind a status link: what the archive answered, and files that nothing interprets."""

import pytest

from access.app import reading_room
from access.asking_texts import ANSWERED
from schemas.public_requests import LAYOUT, StepKind
from tests.fakes.public_book import ANSWER, LINKS, Sent
from tests.fakes.public_room import SmallRoom
from tests.fakes.visitor import Visitor

OTHER = "0" * 64
STATES = {
    "new": "state_received",
    "claimed": "state_claimed",
    "copy": "state_copy",
    "masked": "state_masked_copy",
    "refused": "state_refused",
    "closed": "state_closed",
    "disposed": "state_copy",
}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("name", "state"), STATES.items())
def test_it_says_how_the_request_stands(visitor: Visitor, language: str, name: str, state: str) -> None:
    root = "/en" if language == "en" else ""
    text = visitor.get(f"{root}/requests/{LINKS[name]}").text
    for told in (ANSWERED[state], ANSWERED[f"{state}_means"]):
        assert (told.en if root else told.sv) in text
    assert "Karin" not in text


def test_a_refusal_says_its_ground_and_how_to_appeal(visitor: Visitor) -> None:
    for name in ("refused", "masked"):
        text = visitor.get(f"/requests/{LINKS[name]}").text
        assert "21 kap. 1 § offentlighets- och sekretesslagen" in text
        assert '<p lang="sv">Skriv till kammarrätten inom tre veckor.</p>' in text
    assert "kammarrätten inom" not in visitor.get(f"/requests/{LINKS['copy']}").text


def test_a_file_is_kept_never_shown(visitor: Visitor) -> None:
    answer = visitor.get(f"/requests/{LINKS['copy']}/files/{ANSWER.sha256}")
    assert answer.content == ANSWER.content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert '"' not in answer.headers["content-disposition"].partition("filename*=")[2]
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["cache-control"] == "no-store"


def test_a_file_of_another_request_is_not_there(visitor: Visitor) -> None:
    missing = visitor.get("/nothing/here")
    nobodys = "e" * 64
    for path in (
        f"{LINKS['new']}/files/{ANSWER.sha256}",
        f"{LINKS['copy']}/files/{OTHER}",
        f"{nobodys}/files/{ANSWER.sha256}",
        nobodys,
        f"{LINKS['copy']}x",
        LINKS["copy"].upper(),
    ):
        answer = visitor.get(f"/requests/{path}")
        assert (answer.status_code, answer.content) == (404, missing.content)
        assert answer.headers == missing.headers


def test_an_answer_is_seen_at_once(own: SmallRoom) -> None:
    visitor = Visitor(app=reading_room(own.settings()))
    request = f"id-{LINKS['claimed']}"
    file = Sent(name="karta.png", content=b"\x89PNG")
    own.book.step(request, StepKind.COPY, file, text="Kartan.")
    page = visitor.get(f"/requests/{LINKS['claimed']}").text
    assert ANSWERED["state_copy"].sv in page
    assert visitor.get(f"/requests/{LINKS['claimed']}/files/{file.sha256}").content == file.content


def test_a_book_of_another_layout_is_not_read(own: SmallRoom) -> None:
    own.book.run("UPDATE layout SET value = :value WHERE name = 'requests'", {"value": str(LAYOUT + 1)})
    answer = Visitor(app=reading_room(own.settings())).get(f"/requests/{LINKS['copy']}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


@pytest.mark.parametrize(("root", "kept"), [("", "raderas 90 dagar efter"), ("/en", "erased 90 days after")])
def test_it_says_how_long_things_are_kept(visitor: Visitor, root: str, kept: str) -> None:
    for path in ("/requests", f"/requests/{LINKS['copy']}"):
        assert kept in visitor.get(f"{root}{path}").text


def test_what_was_disposed_of_is_told_and_cannot_be_fetched(visitor: Visitor) -> None:
    missing, path = visitor.get("/nothing/here"), f"/requests/{LINKS['disposed']}"
    text = visitor.get(path).text
    assert "Dina kontaktuppgifter raderades 26 februari 2027." in text
    assert "Filerna i svaret togs bort härifrån 26 februari 2027." in text
    assert "/files/" not in text
    assert ANSWER.sha256 not in text
    assert visitor.get(f"{path}/files/{ANSWER.sha256}").content == missing.content


def test_what_becomes_of_a_request_without_an_answer_is_told_until_there_is_one(visitor: Visitor) -> None:
    told = ANSWERED["kept_unanswered"].sv.format(days=90)
    for name in STATES:
        is_told = told in visitor.get(f"/requests/{LINKS[name]}").text
        assert is_told == (name in {"new", "claimed", "closed"})
