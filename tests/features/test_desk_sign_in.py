"""The ways in to the desk: a link that is good once, and the organisation's identity provider."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from audit.desk.desk import ByLink, print_link
from audit.desk.links import OneTimeLinks
from audit.desk.pages import STYLE
from audit.desk.visits import SESSION_COOKIE
from ingest.domain.people import ALL_ROLES, Person, PersonRole
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

KEEPER = Person(name="karin", subject="keyboard", roles=ALL_ROLES)


@pytest.fixture(scope="module")
def shown() -> list[str]:
    return []


@pytest.fixture(scope="module")
def by_link(tmp_path_factory: pytest.TempPathFactory, shown: list[str]) -> Iterator[House]:
    secrets = iter(f"{number:064x}" for number in range(1, 100))
    way = ByLink(person=KEEPER, show=shown.append, links=OneTimeLinks(lambda: next(secrets)))
    with house(tmp_path_factory.mktemp("archive") / "home", way) as made:
        print_link(way, made.desk.now())
        yield made


def test_a_link_lets_in_once_and_looking_at_it_does_not_use_it_up(by_link: House, shown: list[str]) -> None:
    browser, path = by_link.browser(), shown[-1].removeprefix("/desk")
    assert browser.get(path).status_code == httpx.codes.OK
    assert is_whole_page(browser.get(path), "sv")
    entered = browser.post(path)
    assert (entered.status_code, entered.headers["location"]) == (httpx.codes.SEE_OTHER, "/desk/")
    cookie = entered.headers["set-cookie"]
    for promised in ("HttpOnly", "SameSite=strict", "Path=/desk"):
        assert promised in cookie
    assert "Secure" not in cookie
    assert browser.get("/").headers["location"] == "/desk/overview"
    assert by_link.browser().post(path).status_code == httpx.codes.FORBIDDEN


def test_a_new_link_is_printed_for_whoever_asks_but_not_again_at_once(tmp_path: Path) -> None:
    printed: list[str] = []
    way = ByLink(person=KEEPER, show=printed.append, links=OneTimeLinks(lambda: "s" * 64))
    with house(tmp_path / "home", way) as made:
        for _ in range(3):
            assert made.browser().post("/sign-in/link").status_code == httpx.codes.OK
    assert printed == [f"/desk/enter/{'s' * 64}"]


def test_a_wrong_link_lets_nobody_in(by_link: House) -> None:
    for path in ("/enter/wrong", "/enter/å%00", f"/enter/{'0' * 64}"):
        assert by_link.browser().post(path).status_code == httpx.codes.FORBIDDEN


def test_whoever_is_not_signed_in_is_shown_the_way_in(by_link: House) -> None:
    browser = by_link.browser()
    assert browser.get("/").headers["location"] == "/desk/sign-in"
    assert is_whole_page(browser.get("/sign-in"), "sv")
    browser.cookies.set(SESSION_COOKIE, "made-up")
    assert browser.get("/").headers["location"] == "/desk/sign-in"


def test_the_address_without_its_last_stroke_leads_there_too(by_link: House) -> None:
    assert httpx.get(f"{by_link.address}/desk").headers["location"].endswith("/desk/")


def test_signing_out_ends_the_session_and_needs_its_proof(by_link: House) -> None:
    browser = by_link.browser(somebody(*PersonRole))
    page = browser.get("/nowhere")
    assert browser.post("/sign-out", data={"proof": "guessed"}).status_code == httpx.codes.FORBIDDEN
    assert browser.get("/").headers["location"] == "/desk/overview"
    token = browser.cookies[SESSION_COOKIE]
    assert browser.post("/sign-out", data={"proof": proof_in(page)}).headers["location"] == "/desk/sign-in"
    browser.cookies.set(SESSION_COOKIE, token, domain="", path="/")
    assert browser.get("/").headers["location"] == "/desk/sign-in"


def test_another_sessions_proof_is_none(by_link: House) -> None:
    theirs = proof_in(by_link.browser(somebody(*PersonRole)).get("/nowhere"))
    mine = by_link.browser(somebody(*PersonRole))
    assert mine.post("/sign-out", data={"proof": theirs}).status_code == httpx.codes.FORBIDDEN


def test_a_form_without_end_is_refused(by_link: House) -> None:
    browser = by_link.browser(somebody(*PersonRole))
    answer = browser.post("/sign-out", content=b"proof=" + b"a" * (1 << 20))
    assert answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_every_page_says_what_it_is_and_runs_nothing(by_link: House) -> None:
    browser = by_link.browser(somebody(*PersonRole))
    for path, status in (("/sign-in", 200), ("/nowhere", 404), ("/sign-out", 405)):
        answer = browser.get(path)
        assert answer.status_code == status
        assert is_whole_page(answer, "sv")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_language_is_chosen_and_kept(by_link: House) -> None:
    browser = by_link.browser()
    assert is_whole_page(browser.get("/sign-in?lang=en"), "en")
    assert is_whole_page(browser.get("/sign-in"), "en")
    assert is_whole_page(browser.get("/sign-in?lang=sv"), "sv")
    assert is_whole_page(browser.get("/sign-in?lang=xx"), "sv")


def test_whoever_has_no_role_is_told_so(by_link: House) -> None:
    assert by_link.browser(somebody()).get("/").status_code == httpx.codes.FORBIDDEN
    reader = by_link.browser(somebody(PersonRole.AGENCY_READER))
    assert reader.get("/").headers["location"] == "/desk/packages"


def test_the_style_is_served_and_fetches_nothing(by_link: House) -> None:
    style = by_link.browser().get("/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert style.headers["cache-control"] == "public, max-age=3600"
    assert f"/desk/style.css?v={STYLE.version}" in by_link.browser().get("/sign-in").text
    assert not re.search(r"url\(|@import|https?:", style.text)


def test_a_desk_without_a_way_in_says_so(tmp_path: Path) -> None:
    with house(tmp_path / "home") as made:
        browser = made.browser()
        assert "EARKIV_DESK_OIDC_ISSUER" in browser.get("/sign-in").text
        for method, path in (("POST", "/sign-in/link"), ("GET", "/sign-in/provider"), ("GET", "/sign-in/back")):
            assert browser.request(method, path).status_code == httpx.codes.NOT_FOUND
        assert browser.post("/enter/anything").status_code == httpx.codes.FORBIDDEN
