"""Clients that show a token of an identity provider's in place of a key of the archive's (OAuth 2.0, RFC 9068)."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.adapters.identity_provider import OidcProvider
from ingest.application.manage_keys import ProducersKey, Vouched, admit_client
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.keys import ApiKey
from ingest.errors import ConfigurationError, IdentityProviderUnavailable
from tests.features.api_client import Client, case_push, document, served
from tests.features.front_door import Door
from tests.servers.identity_provider import AUDIENCE, Provider, new_key, providing


def now() -> datetime:
    """A token is judged when it is shown: the tests may run long after they were collected."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture
def client(provider: Provider, tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path / "home", identity_provider=OidcProvider(provider.address, AUDIENCE)) as client:
        yield client


def admitted(client: Client, provider: Provider, name: str) -> ApiKey:
    ports = client.archive.ports
    vouched = Vouched(issuer=provider.address, client=name)
    wanted = ProducersKey(producer="Nämnden", agreements=(DEFAULT_AGREEMENT.id,))
    return admit_client(wanted, vouched, "", ports.catalogue, ports.ids, ports.clock.now())


def shown(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_client_that_is_let_in_delivers_with_a_token_until_it_is_shut_out(client: Client, provider: Provider) -> None:
    prover = provider.registered("diariet")
    token = httpx.post(f"{provider.address}/token", data=prover.form()).json()["access_token"]
    assert client.post(json=case_push("a-1", document(b"Hej")), headers=shown(token)).status_code == 401
    key = admitted(client, provider, "diariet")
    with pytest.raises(ConfigurationError):
        admitted(client, provider, "diariet")
    taken = client.post(json=case_push("a-1", document(b"Hej")), headers=shown(token))
    assert taken.status_code == 202
    assert client.http.get(taken.headers["location"], headers=shown(token)).status_code == 200
    catalogue = client.archive.ports.catalogue
    assert [key.last_used is not None for key in catalogue.api_keys()] == [True]
    catalogue.revoke_key(key.id, client.archive.ports.clock.now())
    assert client.http.get(taken.headers["location"], headers=shown(token)).status_code == 401
    admitted(client, provider, "diariet")
    assert client.http.get(taken.headers["location"], headers=shown(token)).status_code == 200


def test_who_does_not_prove_itself_gets_no_token(provider: Provider) -> None:
    prover = provider.registered("diariet")
    provider.clients["diariet"].key = new_key("another")
    answer = httpx.post(f"{provider.address}/token", data=prover.form())
    assert answer.json()["error"] == "invalid_client"


def hand_made(provider: Provider, algorithm: str, secret: bytes) -> str:
    """Sign with nothing, or with what everybody knows."""
    claims = {"iss": provider.address, "aud": AUDIENCE, "exp": int(time.time()) + 60, "client_id": "d"}
    parts = ({"alg": algorithm, "kid": provider.keys[-1].kid}, claims)
    signed = ".".join(_base64(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{_base64(hmac.digest(secret, signed.encode(), 'sha256')) if secret else ''}"


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://annan.example.se"},
        {"aud": "https://annat.example.se"},
        {"aud": None},
        {"exp": None},
        {"exp": int(time.time()) - 3600},
        {"nbf": int(time.time()) + 24 * 3600},
        {"client_id": None},
        {"client_id": 7},
        {"exp": "i morgon"},
    ],
)
def test_a_token_that_says_otherwise_proves_nothing(provider: Provider, wrong: dict[str, Any]) -> None:
    theirs = OidcProvider(provider.address, AUDIENCE)
    assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
    assert theirs.client_of(provider.signed(**{"client_id": "d", **wrong}), now()) is None


def test_a_token_that_is_not_the_providers_proves_nothing(provider: Provider) -> None:
    theirs = OidcProvider(provider.address, AUDIENCE)
    token = provider.signed(client_id="d")
    head, body, signature = token.split(".")
    other = Provider(address=provider.address, keys=[new_key("k1")])
    for forged in (
        hand_made(provider, "none", b""),
        hand_made(provider, "HS256", provider.keys[-1].as_pem(private=False)),
        other.signed(client_id="d"),
        f"{head}.{body[:-2]}AA.{signature}",
        provider.signed({"typ": "logout+jwt"}, client_id="d"),
        "a.b.c",
        "..",
        token + "x" * 20_000,
    ):
        assert theirs.client_of(forged, now()) is None


def test_a_new_key_of_the_providers_is_asked_for_once(provider: Provider) -> None:
    clock = [1000.0]
    theirs = OidcProvider(provider.address, AUDIENCE, lambda: clock[0])
    assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
    provider.keys.append(new_key("k2"))
    before = provider.asked_for_keys
    assert theirs.client_of(provider.signed(client_id="d"), now()) is None, "asked a moment ago"
    clock[0] += 31
    assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
    for _ in range(3):
        assert theirs.client_of("a.b.c", now()) is None
    assert provider.asked_for_keys == before + 1


def test_a_provider_that_is_down_refuses_nobody(provider: Provider, client: Client) -> None:
    provider.is_down = True
    try:
        with pytest.raises(IdentityProviderUnavailable):
            OidcProvider(provider.address, AUDIENCE).client_of(provider.signed(client_id="d"), now())
        answer = client.http.get("/v1/deliveries/x", headers=shown(provider.signed(client_id="d")))
        assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
        assert client.http.get("/v1/deliveries/x").status_code == 404, "keys of the archive's own go on being good"
    finally:
        provider.is_down = False


def test_a_provider_that_gave_no_keys_is_not_asked_again_at_once(provider: Provider) -> None:
    clock = [1.0]
    theirs = OidcProvider(provider.address, AUDIENCE, lambda: clock[0])
    provider.is_down, before = True, provider.asked
    try:
        for _ in range(3):
            with pytest.raises(IdentityProviderUnavailable, match="503"):
                theirs.client_of("a.b.c", now())
        assert provider.asked == before + 1
    finally:
        provider.is_down = False
    clock[0] += 11
    assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"


def test_nobody_waits_for_a_provider_that_gave_no_keys_a_moment_ago(provider: Provider) -> None:
    clock = [1.0]
    theirs = OidcProvider(provider.address, AUDIENCE, lambda: clock[0])
    provider.is_down = True
    try:
        with pytest.raises(IdentityProviderUnavailable):
            theirs.client_of("a.b.c", now())
    finally:
        provider.is_down = False
    clock[0] += 11
    with _asking(theirs, provider) as asked, pytest.raises(IdentityProviderUnavailable):
        theirs.client_of("a.b.c", now())
    assert asked.result(timeout=60) == "d"


def test_whoever_has_keys_does_not_wait_for_newer_ones(provider: Provider) -> None:
    clock = [1.0]
    theirs = OidcProvider(provider.address, AUDIENCE, lambda: clock[0])
    assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
    clock[0] += 7200
    with _asking(theirs, provider) as asked:
        assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
        assert theirs.client_of("a.b.c", now()) is None
        assert not asked.done()
    assert asked.result(timeout=60) == "d"


@contextmanager
def _asking(theirs: OidcProvider, provider: Provider) -> Iterator[Future[str | None]]:
    """Have a thread wait for the provider, which answers afterwards."""
    before = provider.asked
    provider.answers.clear()
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(theirs.client_of, provider.signed(client_id="d"), now())
        try:
            while provider.asked == before:
                time.sleep(0.01)
            yield asked
        finally:
            provider.answers.set()


@pytest.mark.parametrize("address", ["https://id.example.se:port/keys", "https://[::1/keys", "/keys"])
def test_keys_at_no_address_are_as_good_as_none(provider: Provider, address: str) -> None:
    provider.keys_at = address
    try:
        with pytest.raises(IdentityProviderUnavailable):
            OidcProvider(provider.address, AUDIENCE).client_of("a.b.c", now())
    finally:
        provider.keys_at = ""


def test_keys_that_are_known_outlive_an_outage(provider: Provider) -> None:
    clock = [1000.0]
    theirs = OidcProvider(provider.address, AUDIENCE, lambda: clock[0])
    assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
    provider.is_down = True
    try:
        clock[0] += 7200
        assert theirs.client_of(provider.signed(client_id="d"), now()) == "d"
    finally:
        provider.is_down = False


def test_clients_are_let_in_from_the_command_line(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    asked = ("keys", "create", "--producer", "Nämnden", "--agreement", "default", "--client", "diariet", "--json")
    refused = door.run(*asked, "--lang", "en")
    assert (refused.code, "EARKIV_OIDC_ISSUER" in refused.err) == (2, True)
    settings = {"EARKIV_OIDC_ISSUER": "https://id.example.se", "EARKIV_OIDC_AUDIENCE": AUDIENCE}
    assert door.run("establish").code == 0
    made = door.run(*asked, **settings)
    assert made.code == 0, made.err
    assert (made.document["client"], made.document.get("key")) == ("diariet", None)
    assert [key["client"] for key in door.run("keys", "list", "--json").document] == ["diariet"]
    lone = door.run("doctor", EARKIV_OIDC_ISSUER="https://id.example.se")
    assert (lone.code, "EARKIV_OIDC_AUDIENCE" in lone.err) == (2, True)
    far = door.run("doctor", EARKIV_OIDC_ISSUER="http://id.example.se", EARKIV_OIDC_AUDIENCE="a")
    assert (far.code, "EARKIV_OIDC_ISSUER" in far.err) == (2, True)
