"""People who sign in at the desk by an identity provider: what proves who they are, and what does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from audit.desk.desk import ByProvider
from audit.desk.flows import Flows
from audit.desk.visits import FLOW_COOKIE
from ingest.adapters.people_provider import OidcSignIn
from ingest.adapters.secrets import Secret
from ingest.adapters.system import RandomIds
from ingest.domain.sign_in import ClaimNames
from tests.features.desk_house import House, house
from tests.servers.identity_provider import Provider, new_key, providing
from tests.servers.people_signing_in import Reception, Website, receive_people

BACK = "https://arkiv.example.se/desk/sign-in/back"
ODD = "å+b %2B:c/d"
"""A secret of letters that mean something else where they are not encoded."""
KARIN = {"sub": "s-1", "name": "Karin Arkivsson", "roles": ["archivist"], "agency": "Byggnadsnämnden"}


@pytest.fixture(scope="module")
def reception() -> Iterator[Reception]:
    held: list[Reception] = []

    def also(app: Any, server: Any, provider: Provider) -> None:
        held.append(Reception(provider=provider))
        receive_people(app, server, held[0])

    with providing(also) as provider:
        for name, secret in (("desk", ""), ("confidential", ODD)):
            provider.clients[name] = Website(client_id=name, redirect=BACK, secret=secret)
        yield held[0]


@pytest.fixture(autouse=True)
def karin(reception: Reception) -> None:
    reception.person, reception.lies, reception.forged = dict(KARIN), {}, ""
    reception.provider.is_down = False


def _by(provider: Provider, client: str = "desk", secret: str = "") -> ByProvider:
    sign_in = OidcSignIn(issuer=provider.address, client_id=client, secret=Secret(secret) if secret else None)
    names = ClaimNames(roles="roles", agency="agency")
    return ByProvider(provider=sign_in, redirect=BACK, names=names, flows=Flows(RandomIds().secret))


@pytest.fixture(scope="module")
def desk(reception: Reception, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("archive") / "home", _by(reception.provider)) as made:
        yield made


def begun(browser: httpx.Client) -> dict[str, list[str]]:
    """Go to the provider and come back from it, up to the last step; give what the browser was sent back with."""
    there = browser.get("/sign-in/provider").headers["location"]
    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [BACK]
    back = httpx.get(there).headers["location"]
    assert back.startswith(BACK), back
    return parse_qs(urlsplit(back).query)


def test_a_person_signs_in_with_the_roles_that_the_provider_tells(desk: House) -> None:
    browser = desk.browser()
    arrived = browser.get("/sign-in/back", params=begun(browser))
    # A page, not a redirect: another site led here, and a strict cookie is not shown on the way from there.
    assert arrived.status_code == httpx.codes.OK
    assert 'http-equiv="refresh"' in arrived.text
    assert "SameSite=strict" in arrived.headers["set-cookie"]
    assert "Karin Arkivsson" in browser.get("/nowhere").text


def test_a_client_with_a_secret_shows_it(reception: Reception, tmp_path: Path) -> None:
    for secret, status in ((ODD, httpx.codes.OK), ("fel", httpx.codes.FORBIDDEN)):
        with house(tmp_path / str(status), _by(reception.provider, "confidential", secret)) as made:
            browser = made.browser()
            assert browser.get("/sign-in/back", params=begun(browser)).status_code == status


def test_an_answer_is_good_once(desk: House) -> None:
    browser = desk.browser()
    answer = begun(browser)
    assert browser.get("/sign-in/back", params=answer).status_code == httpx.codes.OK
    assert browser.get("/sign-in/back", params=answer).status_code == httpx.codes.FORBIDDEN


def test_another_browsers_answer_is_none(desk: House) -> None:
    answer = begun(desk.browser())
    stranger = desk.browser()
    assert stranger.get("/sign-in/back", params=answer).status_code == httpx.codes.FORBIDDEN
    begun(stranger)
    assert stranger.get("/sign-in/back", params=answer).status_code == httpx.codes.FORBIDDEN


def test_a_stolen_code_is_not_redeemed_without_the_verifier(desk: House) -> None:
    stolen, browser = begun(desk.browser())["code"], desk.browser()
    own = begun(browser)
    assert browser.get("/sign-in/back", params={**own, "code": stolen}).status_code == httpx.codes.FORBIDDEN


@pytest.mark.parametrize("change", [{"state": "other"}, {"code": ""}, {"code": "made-up"}])
def test_a_changed_answer_is_none(desk: House, change: dict[str, str]) -> None:
    browser = desk.browser()
    assert browser.get("/sign-in/back", params={**begun(browser), **change}).status_code == httpx.codes.FORBIDDEN


def test_an_answer_to_no_question_is_none(desk: House) -> None:
    browser = desk.browser()
    browser.cookies.set(FLOW_COOKIE, "made-up")
    assert browser.get("/sign-in/back", params={"state": "", "code": "x"}).status_code == httpx.codes.FORBIDDEN


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"azp": "another"},
    ],
)
def test_a_token_that_says_otherwise_proves_nothing(desk: House, reception: Reception, lies: dict[str, Any]) -> None:
    reception.lies = lies
    browser = desk.browser()
    assert browser.get("/sign-in/back", params=begun(browser)).status_code == httpx.codes.FORBIDDEN


def test_a_token_by_another_key_proves_nothing(desk: House, reception: Reception) -> None:
    provider, real = reception.provider, list(reception.provider.keys)
    browser = desk.browser()
    answer = begun(browser)
    forged = new_key("k1")
    signed = provider.signed
    provider.keys = [forged]
    token = signed({"typ": "JWT"}, aud="desk", **KARIN)
    provider.keys = real
    reception.forged = token
    assert browser.get("/sign-in/back", params=answer).status_code == httpx.codes.FORBIDDEN


def test_a_person_without_a_role_gets_in_nowhere(desk: House, reception: Reception) -> None:
    reception.person = {**KARIN, "roles": ["janitor"]}
    browser = desk.browser()
    assert browser.get("/sign-in/back", params=begun(browser)).status_code == httpx.codes.OK
    assert browser.get("/").status_code == httpx.codes.FORBIDDEN


def test_a_provider_that_is_down_refuses_nobody(desk: House, reception: Reception) -> None:
    browser = desk.browser()
    answer = begun(browser)
    reception.provider.is_down = True
    assert browser.get("/sign-in/provider").status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert browser.get("/sign-in/back", params=answer).status_code == httpx.codes.SERVICE_UNAVAILABLE
