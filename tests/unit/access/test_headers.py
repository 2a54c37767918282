"""Every answer, whatever it is, has the headers that keep readers safe and nothing kept."""

import pytest

from access.app import reading_room
from access.room import STYLE
from tests.fakes.public_pages import contents, pages
from tests.fakes.public_room import NEVER, WITHDRAWN, SmallRoom
from tests.fakes.visitor import Visitor

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'self'"


def test_every_answer_is_kept_by_nobody_and_taken_as_what_it_is(small: SmallRoom, visitor: Visitor) -> None:
    every = [each for told in (pages(small) | contents(small)).values() for each in told]
    for address in (*every, "/nothing/here", f"/records/{NEVER}", f"/records/{WITHDRAWN}", "/health/live"):
        headers = visitor.get(address).headers
        assert headers["cache-control"] == "no-store", address
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["referrer-policy"] == "no-referrer", address
        assert "set-cookie" not in headers, address
        assert not {"etag", "last-modified", "server"} & set(headers), address


def test_pages_may_load_from_the_room_alone_and_run_nothing(small: SmallRoom, visitor: Visitor) -> None:
    for address in (*(each for told in pages(small).values() for each in told), "/nothing/here"):
        policy = visitor.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy, address
        assert "script-src" not in policy, address
        assert "unsafe" not in policy, address
        assert "frame-ancestors 'none'" in policy, address


def test_what_came_from_outside_is_sent_in_a_sandbox(small: SmallRoom, visitor: Visitor) -> None:
    every = contents(small)
    for route in every:
        for address in every[route]:
            answer = visitor.get(address)
            if answer.status_code == 200:
                assert answer.headers["content-security-policy"] == SANDBOX, address


@pytest.mark.parametrize(("url", "told"), [("https://arkiv.example.se", True), ("http://arkiv.example.se", False)])
def test_browsers_keep_to_https_where_there_is_https(small: SmallRoom, *, url: str, told: bool) -> None:
    answer = Visitor(app=reading_room(small.settings(url=url))).get("/")
    assert ("strict-transport-security" in answer.headers) is told


def test_the_stylesheet_alone_may_be_kept(visitor: Visitor) -> None:
    answer = visitor.get("/style.css")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    of_this_version = visitor.get(f"/style.css?v={STYLE.version}")
    assert of_this_version.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
