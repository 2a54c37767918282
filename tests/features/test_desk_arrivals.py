"""Who signs in at the desk and out, and that somebody was not let in, is in the record before anything is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
import pytest

from audit.desk import app, record
from audit.desk.desk import ByLink, ByProvider, print_link
from audit.desk.flows import Flows
from audit.desk.links import OneTimeLinks
from audit.desk.visits import SESSION_COOKIE
from ingest.adapters.system import RandomIds
from ingest.application.desk_record import DeskRecord, uses_on
from ingest.domain.desk_use import DeskUse, Trace
from ingest.domain.people import ALL_ROLES, Person, PersonRole
from ingest.domain.sign_in import ClaimNames, SignInFlow
from ingest.errors import StoreUnavailable
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

KEEPER = Person(name="karin", subject="keyboard", roles=ALL_ROLES)
AUDITOR = somebody(PersonRole.AUDITOR, name="Rolf Revisor")
KNOWN = {"sub": "s-7", "name": "Gun Granskare", "roles": ["reviewer"]}


@dataclass(frozen=True, kw_only=True)
class OneCode:
    """An identity provider that vouches for whoever brings one code."""

    def address(self, flow: SignInFlow, redirect: str) -> str:
        return f"{redirect}?state={flow.state}"

    def claims(self, code: str, *_: object) -> dict[str, object] | None:
        return dict(KNOWN) if code == "right" else None


def arrivals(made: House) -> list[tuple[Trace, str, str, str, int]]:
    """Give who came and went today, the first first."""
    ports = made.archive.ports
    uses = uses_on(ports.clock.now().date(), AUDITOR, ports)
    assert not any(one.of for one in uses if one.trace is Trace.SIGN_IN), "an address that lets in is a secret"
    return [
        (one.trace, one.by, one.subject, one.room, one.outcome)
        for one in reversed(uses)
        if one.trace in {Trace.SIGN_IN, Trace.SIGN_OUT}
    ]


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def by_link(tmp_path: Path, shown: list[str]) -> Iterator[House]:
    way = ByLink(person=KEEPER, show=shown.append, links=OneTimeLinks(RandomIds().secret))
    with house(tmp_path / "home", way) as made:
        print_link(way, made.desk.now())
        yield made


@pytest.fixture
def by_provider(tmp_path: Path) -> Iterator[House]:
    names = ClaimNames(roles="roles", agency="agency")
    back = "https://arkiv.example.se/desk/sign-in/back"
    way = ByProvider(provider=OneCode(), redirect=back, names=names, flows=Flows(RandomIds().secret))
    with house(tmp_path / "home", way) as made:
        yield made


def test_whoever_goes_in_by_a_link_and_out_is_recorded_and_so_is_a_link_that_is_used(
    by_link: House, shown: list[str]
) -> None:
    browser, path = by_link.browser(), shown[-1].removeprefix("/desk")
    browser.get(path)
    assert arrivals(by_link) == [], "a link that is only looked at lets nobody in"
    browser.post(path)
    by_link.browser().get(path)
    by_link.browser().post(path)
    browser.post("/sign-out", data={"proof": proof_in(browser.get("/nowhere"))})
    assert arrivals(by_link) == [
        (Trace.SIGN_IN, "karin", "keyboard", "POST /enter/{token}", 303),
        (Trace.SIGN_IN, "", "", "GET /enter/{token}", 403),
        (Trace.SIGN_IN, "", "", "POST /enter/{token}", 403),
        (Trace.SIGN_OUT, "karin", "keyboard", "POST /sign-out", 303),
    ]


def test_whom_the_provider_vouches_for_is_recorded_and_that_it_did_not(by_provider: House) -> None:
    browser = by_provider.browser()
    for code in ("wrong", "right"):
        there = httpx.URL(browser.get("/sign-in/provider").headers["location"])
        browser.get("/sign-in/back", params={"state": there.params["state"], "code": code})
    by_provider.browser().get("/sign-in/back", params={"state": "made up", "code": "right"})
    room = "GET /sign-in/back"
    assert arrivals(by_provider) == [
        (Trace.SIGN_IN, "", "", room, 403),
        (Trace.SIGN_IN, "Gun Granskare", "s-7", room, 200),
        (Trace.SIGN_IN, "", "", room, 403),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", ("loggat in", "alla roller", "inte insläppt", "okänd", "loggat ut")),
        ("en", ("signed in", "all roles", "not let in", "not known", "signed out")),
    ],
)
def test_an_auditor_is_told_in_words(by_link: House, shown: list[str], language: str, said: tuple[str, ...]) -> None:
    browser, path = by_link.browser(), shown[-1].removeprefix("/desk")
    browser.post(path)
    by_link.browser().post(path)
    browser.post("/sign-out", data={"proof": proof_in(browser.get("/nowhere"))})
    page = by_link.browser(AUDITOR).get(f"/record?lang={language}")
    assert is_whole_page(page, language)
    rows = page.text.partition("<tbody>")[2]
    for word in said:
        assert word in rows
    assert path.rpartition("/")[2] not in rows


def test_nobody_is_signed_in_whose_arrival_cannot_be_recorded(
    by_link: House, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object, *__: DeskUse) -> None:
        raise StoreUnavailable("Lagret svarar inte.", "The store does not answer.")

    monkeypatch.setattr(DeskRecord, "note", fail)
    browser = by_link.browser()
    answer = browser.post(shown[-1].removeprefix("/desk"))
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert "Lagret svarar inte." in answer.text
    assert SESSION_COOKIE not in browser.cookies
    assert browser.get("/").headers["location"] == "/desk/sign-in"


def test_whose_leaving_cannot_be_recorded_has_left(by_link: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, *__: DeskUse) -> None:
        raise StoreUnavailable("Lagret svarar inte.", "The store does not answer.")

    browser = by_link.browser(somebody(PersonRole.ARCHIVIST))
    proof = proof_in(browser.get("/nowhere"))
    monkeypatch.setattr(DeskRecord, "note", fail)
    assert browser.post("/sign-out", data={"proof": proof}).status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert browser.get("/").headers["location"] == "/desk/sign-in"


def test_of_too_many_who_are_turned_away_at_once_the_rest_is_not_recorded(
    by_link: House, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_MOST_TURNED_AWAY", 0)
    page = by_link.browser().post("/enter/made-up")
    assert (page.status_code, is_whole_page(page, "sv")) == (503, True)
    assert by_link.browser().post(shown[-1].removeprefix("/desk")).status_code == httpx.codes.SEE_OTHER
    assert [outcome for *_, outcome in arrivals(by_link)] == [303]


def test_the_record_goes_on_from_page_to_page(by_link: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "_MOST", 2)
    auditor = by_link.browser(AUDITOR)
    for _ in range(3):
        by_link.browser().post("/enter/made-up")
    first = auditor.get("/record")
    assert ("Rad 1 till 2 av 3" in first.text, first.text.count("<code>POST /enter/{token}</code>")) == (True, 2)
    address = unescape(first.text.partition('<a class="button second" href="')[2].partition('"')[0])
    older = auditor.get(f"/record{address}")
    # The page that the auditor read before is a reading itself.
    assert ("Rad 3 till 4 av 4" in older.text, "Visa äldre" in older.text) == (True, False)
    assert auditor.get("/record?behind=" + "9" * 5000).status_code == httpx.codes.OK
