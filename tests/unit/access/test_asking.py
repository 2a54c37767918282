"""Requests: what is written in the form is in the book once, and what is not told is not stored."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import anyio
import httpx
import pytest
from lxml import html

from access.app import reading_room
from access.asking.form import MOST_BODY, Lack
from access.asking.limits import OF_ONE
from access.asking_texts import FORM
from schemas.public_requests import MOST_CONTACT, MOST_QUESTION, hashed
from tests.fakes.public_room import NEVER, ON_REQUEST, WITHDRAWN, SmallRoom
from tests.fakes.visitor import Visitor

QUESTION = "Protokoll om bryggan i Hässelby, 1998\r\n<b>och</b> kartan"
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Somebody who writes a request."""

    room: SmallRoom
    visitor: Visitor

    def token(self, path: str = "/requests") -> str:
        found = re.search(r'name="form" value="([0-9a-f]{64})"', self.visitor.get(path).text)
        assert found
        return found[1]

    def send(self, path: str = "/requests", /, **fields: str) -> httpx.Response:
        return self.raw(path, str(httpx.QueryParams(fields)).encode(), FORM_TYPE)

    def send_from(self, site: str, /, **fields: str) -> httpx.Response:
        headers = {**FORM_TYPE, "Sec-Fetch-Site": site}
        return self.raw("/requests", str(httpx.QueryParams(fields)).encode(), headers)

    def raw(self, path: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
        async def posted() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.visitor.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://reader.example") as client:
                return await client.post(path, content=content, headers=headers)

        return anyio.run(posted)

    def stored(self) -> list[tuple[Any, ...]]:
        """Give what was asked in this test: about, question, contact, language."""
        asked = "SELECT about, question, contact, language FROM requests WHERE id NOT LIKE 'id-%'"
        return [tuple(row) for row in self.room.book.run(asked)]


@pytest.fixture
def asker(own: SmallRoom) -> Asker:
    return Asker(room=own, visitor=Visitor(app=reading_room(own.settings())))


def told(answer: httpx.Response, *lacks: Lack) -> bool:
    text = unescape(answer.text)
    return all((FORM[lack].sv in text) == (lack in lacks) for lack in Lack)


@pytest.mark.parametrize(("root", "language"), [("", "sv"), ("/en", "en")])
def test_what_is_asked_is_in_the_book_and_the_link_leads_to_it(asker: Asker, root: str, language: str) -> None:
    token = asker.token(f"{root}/requests")
    answer = asker.send(f"{root}/requests", form=token, question=QUESTION, contact=" a@example.se ")
    assert answer.status_code == 303
    assert asker.stored() == [(None, QUESTION.replace("\r\n", "\n"), "a@example.se", language)]
    link = answer.headers["location"]
    assert re.fullmatch(rf"{root}/requests/[0-9a-f]{{64}}", link)
    page = asker.visitor.get(link)
    assert page.status_code == 200
    assert "&lt;b&gt;och&lt;/b&gt; kartan" in page.text
    assert "a@example.se" not in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_nothing_by_which_the_link_is_found_is_kept(asker: Asker) -> None:
    token = asker.token()
    secret = asker.send(form=token, question="Kartan").headers["location"].rpartition("/")[2]
    kept = asker.room.book.path.read_bytes()
    assert hashed(secret).encode() in kept
    assert secret.encode() not in kept
    assert token.encode() not in kept
    for other in (secret[:-1] + ("a" if secret[-1] != "a" else "b"), token, hashed(secret)):
        assert asker.visitor.get(f"/requests/{other}").status_code == 404


def test_a_record_on_request_is_asked_for_without_a_word(asker: Asker) -> None:
    token = asker.token(f"/records/{ON_REQUEST}")
    answer = asker.send(f"/requests?about={ON_REQUEST}", form=token, question="", contact="")
    assert answer.status_code == 303
    assert asker.stored() == [(ON_REQUEST, "", "", "sv")]
    page = asker.visitor.get(answer.headers["location"]).text
    assert asker.room.records[ON_REQUEST]["title"] in page
    asker.room.writer.withdraw(asker.room.records[ON_REQUEST])
    assert asker.room.records[ON_REQUEST]["title"] not in asker.visitor.get(answer.headers["location"]).text


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"question": " \n\u200b"}, Lack.NOTHING_ASKED),
        ({"question": "å" * (MOST_QUESTION + 1)}, Lack.QUESTION_LONG),
        ({"question": "Kartan", "contact": "x" * (MOST_CONTACT + 1)}, Lack.CONTACT_LONG),
    ],
)
def test_what_is_to_be_mended_is_said_beside_its_field(
    asker: Asker, language: str, fields: dict[str, str], lack: Lack
) -> None:
    root = "/en" if language == "en" else ""
    answer = asker.send(f"{root}/requests", form=asker.token(), **fields)
    page: Any = html.document_fromstring(answer.text)
    assert (answer.status_code, asker.stored()) == (422, [])
    text = FORM[lack].sv if language == "sv" else FORM[lack].en
    (field,) = page.xpath(f"//*[@id='{lack.field}']")
    assert field.get("aria-invalid") == "true"
    assert [page.get_element_by_id(one).text_content().strip() for one in field.get("aria-describedby").split()][
        -1
    ] == text
    (summary,) = page.xpath("//*[@role='alert']")
    assert summary.xpath(".//a/@href") == [f"#{lack.field}"]
    assert page.findtext(".//title").startswith(summary.findtext("h2"))
    assert page.get_element_by_id("contact").get("value") == fields.get("contact", "")
    assert len(page.xpath("//h1")) == 1
    assert not set(page.xpath("//@name[.='form']/../@value")) & {asker.token()}


@pytest.mark.parametrize(
    ("question", "contact"), [("å" * MOST_QUESTION, "x" * MOST_CONTACT), ("𐍈" * MOST_QUESTION, "")]
)
def test_the_longest_that_is_allowed_is_taken(asker: Asker, question: str, contact: str) -> None:
    assert asker.send(form=asker.token(), question=question, contact=contact).status_code == 303
    assert asker.stored() == [(None, question, contact, "sv")]


def test_what_is_more_than_any_form_is_not_read_to_its_end(asker: Asker) -> None:
    answer = asker.raw("/requests", b"question=" + b"x" * MOST_BODY, FORM_TYPE)
    assert (answer.status_code, told(answer, Lack.TOO_LARGE), asker.stored()) == (413, True, [])


def test_the_same_form_twice_is_one_request_and_leads_to_the_same_page(asker: Asker) -> None:
    token = asker.token()
    first, again = (asker.send(form=token, question="Kartan") for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    assert len(asker.stored()) == 1
    other = asker.send(form=token, question="Protokollet")
    assert (other.status_code, told(other, Lack.SENT_BEFORE)) == (409, True)
    assert first.headers["location"] in other.text
    assert "Protokollet" in other.text
    assert len(asker.stored()) == 1


@pytest.mark.parametrize("token", ["", "short", "a" * 65, "å" * 64, "A" * 64])
def test_a_form_that_is_none_of_ours_is_shown_again_with_what_was_written(asker: Asker, token: str) -> None:
    answer = asker.send(form=token, question="Kartan")
    assert (answer.status_code, told(answer, Lack.OLD_FORM), asker.stored()) == (422, True, [])
    assert ">Kartan</textarea>" in answer.text


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 303), ("none", 303)]
)
def test_no_other_site_sends_a_form_here(asker: Asker, site: str, status: int) -> None:
    answer = asker.send_from(site, form=asker.token(), question="Kartan")
    assert answer.status_code == status
    assert len(asker.stored()) == (status == 303)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/json", ""])
def test_only_a_form_is_read(asker: Asker, kind: str) -> None:
    answer = asker.raw("/requests", b"question=Kartan", {"content-type": kind})
    assert (answer.status_code, asker.stored()) == (415, [])


def test_too_many_from_one_address_have_to_wait_and_lose_nothing(asker: Asker) -> None:
    for _ in range(OF_ONE):
        assert asker.send(form=asker.token(), question="Kartan").status_code == 303
    answer = asker.send(form=asker.token(), question="En till", contact="08-1")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    assert told(answer, Lack.TOO_MANY)
    assert "En till" in answer.text
    assert 'value="08-1"' in answer.text
    assert len(asker.stored()) == OF_ONE


def test_hidden_withdrawn_and_never_published_are_asked_for_alike(asker: Asker) -> None:
    """By GET and by POST, byte for byte: a token of the form apart, which is random."""
    told = set()
    for one in (NEVER, WITHDRAWN, "h" * 16, "../../etc/passwd"):
        for answer in (
            asker.visitor.get(f"/requests?about={one}"),
            asker.send(f"/requests?about={one}", form="e" * 64, question="Kartan"),
        ):
            body = re.sub(r'name="form" value="[^"]+"', "", answer.text).replace(one, "")
            told.add((answer.request.method, answer.status_code, body, len(answer.content) - len(one.encode())))
    assert {one[:2] for one in told} == {("GET", 200), ("POST", 422)}
    assert len(told) == 2
    assert asker.stored() == []


def test_without_a_book_nothing_is_lost_and_the_archive_is_reached_otherwise(asker: Asker) -> None:
    token = asker.token()
    asker.room.book.path.unlink()
    answer = asker.send(form=token, question="Kartan")
    assert (answer.status_code, told(answer, Lack.NOT_NOW)) == (503, True)
    assert ">Kartan</textarea>" in answer.text
    assert asker.visitor.get("/requests/" + "e" * 64).status_code == 503
    assert not asker.room.book.path.exists()


def test_a_room_that_takes_no_requests_says_how_the_archive_is_reached(own: SmallRoom) -> None:
    asker = Asker(room=own, visitor=Visitor(app=reading_room(own.settings(requests=None))))
    for path in ("/requests", f"/requests?about={ON_REQUEST}", f"/records/{ON_REQUEST}"):
        page = asker.visitor.get(path)
        assert page.status_code == 200
        assert "<textarea" not in page.text
    assert "mailto:arkivet@example.se" in asker.visitor.get("/requests").text
    assert asker.send(form="e" * 64, question="Kartan").status_code == 404
    assert asker.visitor.get("/requests/" + "e" * 64).status_code == 404
