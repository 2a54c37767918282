"""The server shape, as plain processes: what is handed over at one machine is archived by workers on others."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.features.api_client import case_push, document
from tests.features.front_door import Door
from tests.features.server_shape import AGREEMENT, Server, server
from tests.features.serving import Serving
from tests.features.webhook_flow import told
from tests.servers.broker import redis_server
from tests.servers.postgres import Postgres
from tests.servers.webhook_receiver import receiving

pytestmark = pytest.mark.timeout(900)  # most wait for several things, each with all patience


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Server]:
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        yield shared


def _pushed(number: int) -> dict[str, object]:
    return case_push(f"d-{number}", *(document(f"{number}-{n}".encode(), f"{n}.txt") for n in range(3)))


def test_cases_pushed_at_one_machine_are_archived_by_two_others(shared: Server) -> None:
    shared.establish()
    key = shared.key("Stadsbyggnadsnämnden")
    other = shared.key("Socialnämnden")["key"]
    with (
        receiving() as receiver,
        shared.worker("one"),
        shared.worker("two"),
        shared.api("two", key["key"]) as api,
    ):
        wanted = {"url": receiver.url, "events": ["delivery.accepted"]}
        secret = api.http.post("/v1/webhooks", json=wanted).json()["secret"]
        answers = [api.http.post("/v1/deliveries", json=_pushed(n)) for n in range(8)]
        assert {answer.status_code for answer in answers} == {202}
        places = [answer.headers["location"] for answer in answers]
        for place in places:
            api.wait_for(place, "archived")
        receipt = api.http.get(f"{places[0]}/receipt").json()
        assert (receipt["outcome"], receipt["producer"]) == ("accepted", "Stadsbyggnadsnämnden")
        assert receipt["agreement"]["id"] == AGREEMENT

        heard = [told(got, secret)["data"] for got in receiver.wait_for(8)]
        assert {one["id"] for one in heard} == {place.rpartition("/")[2] for place in places}
        assert [one["cursor"] for one in heard] == sorted(one["cursor"] for one in heard)

        others = {"Authorization": f"Bearer {other}"}
        for path in (places[0], f"{places[0]}/events", f"{places[0]}/receipt"):
            assert api.http.get(path, headers=others).status_code == 404
        assert api.http.post("/v1/deliveries", json=_pushed(0), headers=others).status_code == 202

        assert api.http.post("/v1/deliveries", json=_pushed(0)).status_code == 200
        canary = Door(home=shared.root / "one", settings=shared.environment("one", EARKIV_CANARY_AGREEMENT=AGREEMENT))
        assert canary.run("canary", "--json").document["state"] == "tested"
        assert shared.run("one", "keys", "revoke", key["id"]).code == 0
        assert api.http.get(places[0]).status_code == 401
    listed = shared.run("two", "list", "--json")
    assert (listed.code, len(listed.document)) == (0, 9)
    assert shared.run("one", "verify", "--all").code == 0
    assert "Deliveries under way: 0, and nothing hinders them" in shared.run("two", "doctor").out


@pytest.mark.ci
def test_a_broker_that_is_gone_and_comes_back_empty_loses_nothing(shared: Server, tmp_path: Path) -> None:
    shared.establish()
    with shared.worker("one"), shared.api("one", shared.key("Nämnden")["key"]) as api:
        place = api.http.post("/v1/deliveries", json=_pushed(1)).headers["location"]
        api.wait_for(place, "archived")
    shared.broker.unlink(missing_ok=True)
    with shared.api("one", shared.key("Nämnden")["key"]) as api:
        place = api.http.post("/v1/deliveries", json=_pushed(2)).headers["location"]
        assert api.http.get("/health/ready").status_code == httpx.codes.OK
        assert api.http.get(place).json()["status"] != "archived"
        again = tmp_path / "again"
        again.mkdir()
        with redis_server(again) as broker:
            shared.broker.symlink_to(broker)
            with shared.worker("one"):
                api.wait_for(place, "archived")


@pytest.mark.ci
def test_workers_and_api_of_all_machines_follow_to_a_new_key_without_a_restart(shared: Server) -> None:
    shared.establish()
    with shared.worker("one"), shared.worker("two"), shared.api("two", shared.key("Nämnden")["key"]) as api:
        first = _receipts(api, 1)[0]["key"]
        unnamed = shared.run("one", "signing-key", "rotate")
        assert (unnamed.code, "signing-key create" in unnamed.err) == (2, True), unnamed
        made = shared.run("one", "signing-key", "create", "--json").document
        elsewhere = shared.run("two", "signing-key", "rotate", made["key"])
        assert (elsewhere.code, made["key"] in elsewhere.err) == (2, True), elsewhere
        shutil.copy(made["path"], shared.root / "two" / "keys")
        assert shared.run("two", "signing-key", "rotate", made["key"]).code == 0
        receipts = _receipts(api, 6, start=2)
        assert {receipt["key"] for receipt in receipts} == {made["key"]}
        published = api.http.get("/.well-known/earkiv-keys.json").json()["keys"]
        assert [(key["kid"], key["status"]) for key in published] == [(first, "retired"), (made["key"], "active")]
    assert shared.run("two", "verify", "--all").code == 0
    (shared.root / "two" / "keys" / f"{made['key']}.pem").unlink()
    left_behind = shared.run("two", "keys", "create", "--producer", "x", "--agreement", AGREEMENT)
    assert (left_behind.code, made["key"] in left_behind.err) == (2, True), left_behind


def _receipts(api: Serving, count: int, start: int = 1) -> list[dict[str, str]]:
    pushed = [api.http.post("/v1/deliveries", json=_pushed(n)) for n in range(start, start + count)]
    places = [answer.headers["location"] for answer in pushed]
    for place in places:
        api.wait_for(place, "archived")
    return [api.http.get(f"{place}/receipt").json() for place in places]


@pytest.mark.parametrize("role", ["STAGING", "QUARANTINE", "ARCHIVE", "TEST"])
def test_a_store_that_is_not_named_is_told(shared: Server, role: str) -> None:
    environment = {name: value for name, value in shared.environment("one").items() if not name.endswith(role)}
    missing = Server(
        root=shared.root,
        database=shared.database,
        broker=shared.broker,
        stores={name: value for name, value in environment.items() if name.startswith("EARKIV_STORE_")},
    ).run("one", "establish")
    assert missing.code == 2
    assert f"EARKIV_STORE_{role}" in missing.err


def test_an_archive_that_nobody_established_takes_nothing(shared: Server) -> None:
    answer = shared.run("one", "list")
    assert (answer.code, "establish" in answer.err) == (2, True), answer
    shared.establish()
    stranger = shared.run("three", "keys", "create", "--producer", "x", "--agreement", AGREEMENT)
    assert (stranger.code, "establish" in stranger.err) == (2, True), stranger


def test_the_default_agreement_and_the_embedded_key_are_refused(shared: Server) -> None:
    shared.establish()
    (shared.root / "one" / "agreements" / "default.json").write_text("{}", encoding="utf-8")
    refused = shared.run("one", "establish")
    assert (refused.code, "default" in refused.err) == (2, True), refused
    settings = Server(root=shared.root, database=shared.database, broker=shared.broker, stores={"EARKIV_API_KEY": "k"})
    served = settings.run("one", "serve", "--port", "0")
    assert (served.code, "EARKIV_API_KEY" in served.err) == (2, True), served
