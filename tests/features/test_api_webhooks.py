"""Producers are told of their deliveries by real receivers on loopback: in order, at least once, and nobody else's."""

import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest
from standardwebhooks import WebhookVerificationError

from ingest.application.manage_keys import ProducersKey, StaffKey, issue_key
from ingest.domain import webhook_progress
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.keys import Action, Role
from ingest.domain.webhooks import NoticeType
from tests.contracts.catalogue_values import NOON
from tests.features.api_client import Client, case_push, document
from tests.features.front_door import Door
from tests.features.webhook_flow import SECONDS, standing, subscribed, telling, told
from tests.servers.webhook_receiver import TAKES, Receiver, answering, receiving

CASE = case_push("d-1", document(b"Hej!"))


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_progress, "_FIRST", timedelta(milliseconds=1))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with telling(tmp_path / "home") as client:
        yield client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def _key(client: Client, producer: str, *actions: Action) -> str:
    ports = client.archive.ports
    wanted = ProducersKey(producer=producer, agreements=["default"], actions=actions or tuple(Action))
    return issue_key(wanted, "", ports.catalogue, ports.ids, ports.clock.now()).secret


def test_a_producer_is_told_from_reception_to_receipt(client: Client, receiver: Receiver) -> None:
    made = subscribed(client, receiver.url)
    location = client.post(json=CASE).headers["location"]
    received, accepted = (told(got, made["secret"]) for got in receiver.wait_for(2))
    receipt = client.receipt(location)
    assert received["type"] == "delivery.received"
    assert received["data"]["package"] is None
    assert accepted["type"] == "delivery.accepted"
    assert accepted["data"] == {
        "id": location.rpartition("/")[2],
        "delivery": "d-1",
        "state": "archived",
        "package": receipt["package"],
        "repeatOf": None,
        "cursor": 2,
    }
    found = standing(client, made["id"], cursor=2, newest=2, status="active", failures=0)
    assert (found["lastAttempt"]["outcome"], found["lastAttempt"]["status"]) == ("taken", 204)
    assert "secret" not in found
    with pytest.raises(WebhookVerificationError):
        told(receiver.got[0], subscribed(client, receiver.url)["secret"])


def test_a_refusal_is_told_and_what_is_not_wanted_is_not(client: Client, receiver: Receiver) -> None:
    made = subscribed(client, receiver.url, events=["delivery.rejected"])
    open_case = case_push("d-2", document(b"Hej!"))
    open_case["case"]["status"] = "expedited"
    client.post(json=CASE)
    client.post(json=open_case)
    (got,) = receiver.wait_for(1)
    assert told(got, made["secret"])["data"]["delivery"] == "d-2"
    standing(client, made["id"], cursor=4)
    assert len(receiver.got) == 1


def test_without_events_the_agreement_says_what_is_told(client: Client, receiver: Receiver) -> None:
    named = SubmissionAgreement(id="tyst", version=1, notifications=(NoticeType.REJECTED,))
    client.archive.ports.catalogue.add_agreement(named)
    wanted = ProducersKey(producer="Staden", agreements=["tyst"], actions=tuple(Action))
    key = issue_key(wanted, "", client.archive.ports.catalogue, client.archive.ports.ids, NOON).secret
    made = subscribed(client, receiver.url, key)
    assert made["events"] == ["delivery.rejected"]
    assert subscribed(client, receiver.url, key, events=["delivery.held"])["events"] == ["delivery.held"]
    assert subscribed(client, receiver.url)["events"] == list(NoticeType)


def test_who_answers_500_is_told_again_with_the_same_id_and_in_order(client: Client, receiver: Receiver) -> None:
    receiver.ways = [answering(500), answering(302, Location="http://127.0.0.1:1/"), TAKES]
    made = subscribed(client, receiver.url)
    client.post(json=CASE)
    messages = receiver.wait_for(4)
    ids = [got.headers["webhook-id"] for got in messages]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert [told(got, made["secret"])["data"]["cursor"] for got in messages] == [1, 1, 1, 2]
    standing(client, made["id"], cursor=2, failures=0)


def _silent(handler: BaseHTTPRequestHandler) -> None:
    _ = handler
    time.sleep(2 * SECONDS)


def test_a_dead_receiver_holds_up_nobody_else(client: Client, receiver: Receiver) -> None:
    with receiving(_silent) as dead:
        silent = subscribed(client, dead.url)["id"]
        lively = subscribed(client, receiver.url)["id"]
        assert client.receipt(client.post(json=CASE).headers["location"])["outcome"] == "accepted"
        standing(client, lively, cursor=2)
        found = standing(client, silent, cursor=0, status="active")
        assert found["lastAttempt"] is None or found["lastAttempt"]["outcome"] == "too-slow"


def test_who_is_gone_is_given_up_until_a_replay(client: Client, receiver: Receiver) -> None:
    receiver.ways = [answering(410)]
    made = subscribed(client, receiver.url)
    client.receipt(client.post(json=CASE).headers["location"])
    standing(client, made["id"], status="failing", cursor=0, failures=1)
    receiver.ways = [TAKES]
    assert client.http.post(f"/v1/webhooks/{made['id']}/replay").status_code == httpx.codes.OK
    standing(client, made["id"], status="active", cursor=2)
    assert client.http.post(f"/v1/webhooks/{made['id']}/replay", json={"after": 3}).status_code == 400
    assert client.http.post(f"/v1/webhooks/{made['id']}/replay", json={"after": 1}).json()["cursor"] == 1
    ids = [got.headers["webhook-id"] for got in receiver.wait_for(4)]
    assert ids[1:] == [ids[0], ids[2], ids[2]]


def test_a_test_message_says_that_it_is_one(client: Client, receiver: Receiver) -> None:
    made = subscribed(client, receiver.url)
    asked = client.http.post(f"/v1/webhooks/{made['id']}/test")
    assert (asked.status_code, asked.json()["testWaits"]) == (202, True)
    (got,) = receiver.wait_for(1)
    assert told(got, made["secret"])["type"] == "webhook.test"
    assert standing(client, made["id"], testWaits=False)["cursor"] == 0


def test_a_new_secret_signs_beside_the_former_one(client: Client, receiver: Receiver) -> None:
    made = subscribed(client, receiver.url)
    renewed = client.http.post(f"/v1/webhooks/{made['id']}/secret").json()
    assert renewed["secret"] != made["secret"]
    client.http.post(f"/v1/webhooks/{made['id']}/test")
    (got,) = receiver.wait_for(1)
    assert told(got, made["secret"]) == told(got, renewed["secret"])


def test_anothers_webhooks_are_as_if_not_there_and_hear_nothing(client: Client, receiver: Receiver) -> None:
    ours, theirs = (_key(client, name) for name in ("Byggnadsnämnden", "Socialnämnden"))
    with receiving() as other:
        made = subscribed(client, receiver.url, ours)["id"]
        subscribed(client, other.url, theirs)
        location = client.post(json=CASE, headers={"Authorization": f"Bearer {ours}"}).headers["location"]
        receiver.wait_for(2)
        for method, path in (
            ("GET", ""),
            ("DELETE", ""),
            ("POST", "/secret"),
            ("POST", "/test"),
            ("POST", "/replay"),
        ):
            answers = [
                client.http.request(method, f"/v1/webhooks/{name}{path}", headers={"Authorization": f"Bearer {theirs}"})
                for name in (made, "finns-inte")
            ]
            assert [one.status_code for one in answers] == [404, 404]
            assert len({str({**one.json(), "instance": ""}) for one in answers}) == 1
        listed = client.http.get("/v1/webhooks", headers={"Authorization": f"Bearer {theirs}"}).json()["webhooks"]
        assert [(one["newest"], one["url"]) for one in listed] == [(0, other.url)]
        assert client.http.get("/v1/webhooks").json() == {"webhooks": []}
        assert client.http.get(location).status_code == 200
    assert other.got == []


def test_a_webhook_that_is_removed_hears_nothing_more(client: Client, receiver: Receiver) -> None:
    made = subscribed(client, receiver.url)
    assert client.http.delete(f"/v1/webhooks/{made['id']}").status_code == 204
    assert client.http.get(f"/v1/webhooks/{made['id']}").status_code == 404
    stays = subscribed(client, receiver.url)["id"]
    client.receipt(client.post(json=CASE).headers["location"])
    standing(client, stays, cursor=2)
    assert len(receiver.got) == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"url": "https://169.254.169.254/latest/"}, 422),
        ({"url": "http://mottagare.example/"}, 422),
        ({"url": "https://namn:ord@mottagare.example/"}, 422),
        ({"url": ""}, 400),
        ({"url": "https://mottagare.example/", "events": []}, 400),
        ({"url": "https://mottagare.example/", "events": ["delivery.unknown"]}, 400),
        ({"url": "https://mottagare.example/", "secret": "whsec_AAAA"}, 400),
        ({}, 400),
        ([], 400),
        ({"url": "https://mottagare.example/" + "a" * 20_000}, 413),
    ],
)
def test_what_cannot_be_is_said_at_once(client: Client, body: object, status: int) -> None:
    answer = client.http.post("/v1/webhooks", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert client.http.get("/v1/webhooks").json() == {"webhooks": []}


def test_a_producer_has_ten_at_most_and_every_event_unless_it_says_which(client: Client) -> None:
    for _ in range(10):
        assert subscribed(client, "https://mottagare.example/")["events"] == [one.value for one in NoticeType]
    refused = client.http.post("/v1/webhooks", json={"url": "https://mottagare.example/"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:earkiv:problem:too-many-webhooks")


def test_only_a_producers_key_that_delivers_and_reads_changes_anything(client: Client, receiver: Receiver) -> None:
    ports = client.archive.ports
    staff = StaffKey(role=Role.ARCHIVIST, holder="Anna Arkivarie")
    anna = issue_key(staff, "", ports.catalogue, ports.ids, ports.clock.now()).secret
    keys = (_key(client, "Nämnden", Action.READ), _key(client, "Nämnden", Action.DELIVER), anna)
    for key, may_read in zip(keys, (200, 403, 403), strict=True):
        headers = {"Authorization": f"Bearer {key}"}
        assert client.http.get("/v1/webhooks", headers=headers).status_code == may_read
        assert client.http.post("/v1/webhooks", json={"url": receiver.url}, headers=headers).status_code == 403


def test_webhooks_outlive_a_rebuild(tmp_path: Path, receiver: Receiver) -> None:
    with telling(tmp_path / "home") as client:
        made = subscribed(client, receiver.url)
        client.receipt(client.post(json=CASE).headers["location"])
        before = standing(client, made["id"], cursor=2)
    assert Door(home=tmp_path / "home").run("rebuild").code == 0
    with telling(tmp_path / "home") as client:
        assert client.http.get(f"/v1/webhooks/{made['id']}").json() == before
        client.post(json=case_push("d-9", document(b"Hej igen!")))
        numbers = [told(got, made["secret"])["data"]["cursor"] for got in receiver.wait_for(4)]
    assert numbers == [1, 2, 3, 4]
