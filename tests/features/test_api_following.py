"""Follow a delivery by server-sent events: all that happens, once each, until it is final."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

import anyio
import httpx
import pytest

from earkiv.serving.runner import running
from ingest.api.service import Following
from ingest.api.shares import Shares
from ingest.application.manage_keys import ProducersKey, issue_key
from ingest.errors import CatalogueUnavailable
from tests.features.api_client import Client, Json, case_push, document, served
from tests.features.broken_requests import Fault, catalogue_broken, until
from tests.features.front_door import Door

STREAM = "text/event-stream"
PUSH = case_push("a-1", document(b"Hej!"))
Message = dict[str, str]


def quick(**bounds: object) -> Following:
    """Look often, so that a test need not wait."""
    return Following(**{"look_seconds": 0.02, **bounds})  # type: ignore[arg-type]  # each has its own type


@contextmanager
def following(http: httpx.Client, location: str, **headers: str) -> Iterator[httpx.Response]:
    with http.stream("GET", f"{location}/events", headers={"Accept": STREAM, **headers}) as answer:
        yield answer


def messages(answer: httpx.Response) -> Iterator[Message]:
    """Read messages as they come; a sign of life has no fields."""
    assert answer.status_code == 200, answer.read()
    for is_between, lines in groupby(answer.iter_lines(), lambda line: not line):
        if not is_between:
            parted = (line.partition(": ") for line in lines if not line.startswith(":"))
            yield {name: value for name, _, value in parted}


def followed(http: httpx.Client, location: str, **headers: str) -> tuple[list[Json], list[Json]]:
    """Follow to the end, and give the events and the states that were told."""
    with following(http, location, **headers) as answer:
        told = list(messages(answer))
    events = [json.loads(message["data"]) for message in told if "id" in message]
    assert [message["id"] for message in told if "id" in message] == [str(event["number"]) for event in events]
    return events, [json.loads(message["data"]) for message in told if message.get("event") == "status"]


def test_a_delivery_is_followed_to_its_end(tmp_path: Path) -> None:
    with served(tmp_path, following=quick()) as client:
        location = client.post(json=PUSH).headers["location"]
        events, states = followed(client.http, location)
        assert events == client.http.get(f"{location}/events").json()["events"]
        assert states[-1] == client.http.get(location).json()
        assert states[-1]["status"] == "archived"
        until(lambda: client.service.following.places.value == 200)


def test_who_lost_the_connection_goes_on_where_it_was(tmp_path: Path) -> None:
    with served(tmp_path, following=quick()) as client:
        location = client.post(json=PUSH).headers["location"]
        every, _ = followed(client.http, location)
        later, _ = followed(client.http, location, **{"Last-Event-ID": "2"})
        assert later == every[2:]
        with following(client.http, location, **{"Last-Event-ID": str(len(every))}) as answer:
            assert (answer.status_code, answer.read()) == (204, b"")


def test_what_waits_gives_signs_of_life_and_costs_no_thread(tmp_path: Path) -> None:
    followers = 60
    with served(tmp_path, working=False, following=quick(heartbeat_seconds=0.04)) as client:
        location = client.post(json=PUSH).headers["location"]
        with ExitStack() as open_:
            streams = [messages(open_.enter_context(following(client.http, location))) for _ in range(followers)]
            for stream in streams:
                assert next(stream) == {"retry": "5000"}
            assert client.service.following.places.value == 200 - followers
            assert client.http.get("/health/ready").status_code == 200
            assert client.post(json=case_push("a-2", document(b"x"))).status_code == 202
            assert {} in streams[0]
        until(lambda: client.service.following.places.value == 200)


def test_more_than_may_follow_are_sent_away(tmp_path: Path) -> None:
    with served(tmp_path, working=False, following=quick(places=anyio.Semaphore(1))) as client:
        location = client.post(json=PUSH).headers["location"]
        with following(client.http, location) as first:
            told = messages(first)
            assert next(told) == {"retry": "5000"}
            with following(client.http, location) as second:
                assert (second.status_code, second.headers["content-type"]) == (503, "application/problem+json")
                assert int(second.headers["retry-after"]) > 0
            assert client.http.get(f"{location}/events").status_code == 200
        until(lambda: client.service.following.places.value == 1)
        with following(client.http, location) as third:
            assert third.status_code == 200


@pytest.mark.parametrize(
    ("place", "headers", "status"),
    [("{}", {"Last-Event-ID": "x"}, 400), ("{}", {"Authorization": ""}, 401), ("/v1/deliveries/x", {}, 404)],
)
def test_what_cannot_be_followed_is_a_problem(tmp_path: Path, place: str, headers: dict[str, str], status: int) -> None:
    with served(tmp_path, working=False) as client:
        location = client.post(json=PUSH).headers["location"]
        with following(client.http, place.format(location), **headers) as answer:
            assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert client.service.following.places.value == 200


def test_an_outage_interrupts_nobody_who_follows(tmp_path: Path) -> None:
    fault = Fault(error=CatalogueUnavailable("borta", "gone"))
    bounds = quick(heartbeat_seconds=0.04)
    with served(tmp_path, working=False, fit=catalogue_broken(fault), following=bounds) as client:
        location = client.post(json=PUSH).headers["location"]
        with following(client.http, location) as answer:
            told = messages(answer)
            assert next(told) == {"retry": "5000"}
            fault.break_after(0)
            until(lambda: fault.is_met)
            assert {} in told
            fault.mend()
            with running(client.archive):
                *_, last = told
        assert json.loads(last["data"])["status"] == "archived"


def test_an_outage_at_the_start_is_told(tmp_path: Path) -> None:
    fault = Fault(error=CatalogueUnavailable("borta", "gone"))
    with served(tmp_path, working=False, fit=catalogue_broken(fault)) as client:
        location = client.post(json=PUSH).headers["location"]
        fault.break_after(1)
        with following(client.http, location) as answer:
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert client.service.following.places.value == 200


def test_after_a_while_a_client_must_come_back(tmp_path: Path) -> None:
    with served(tmp_path, working=False, following=quick(longest_seconds=0.1)) as client:
        location = client.post(json=PUSH).headers["location"]
        _, states = followed(client.http, location)
    assert [state["status"] for state in states] == ["checking"]


def test_a_server_that_is_told_to_stop_waits_for_no_follower(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ended: list[list[Json]] = []
    with served(tmp_path, working=False, following=quick()) as client:
        location = client.post(json=PUSH).headers["location"]

        def go_on() -> None:
            with httpx.Client(base_url=client.http.base_url, headers=client.http.headers) as http:
                ended.append(followed(http, location)[1])

        follower = threading.Thread(target=go_on)
        follower.start()
        until(lambda: client.service.following.places.value == 199)
    follower.join()
    assert [[state["status"] for state in states] for states in ended] == [["checking"]]
    assert "graceful" not in caplog.text


def test_one_producers_followers_never_keep_others_out(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(door.home, working=False, following=quick(shares=Shares(1))) as client, ExitStack() as open_:
        created = door.run("keys", "create", "--producer", "Nämnden", "--agreement", "default", "--json").document
        theirs = {"Authorization": f"Bearer {created['key']}"}
        location = client.post(json=PUSH, headers=theirs).headers["location"]
        assert open_.enter_context(following(client.http, location, **theirs)).status_code == 200
        with following(client.http, location, **theirs) as one_too_many:
            assert (one_too_many.status_code, one_too_many.headers["retry-after"]) == (429, "30")
        assert open_.enter_context(following(client.http, location)).status_code == 200, "another"
        open_.close()
        until(lambda: client.service.following.places.value == 200)
        with following(client.http, location, **theirs) as again:
            assert again.status_code == 200


def _made(client: Client, name: str) -> tuple[str, dict[str, str]]:
    """Make a key of a producer's; give its id, and the header that shows it."""
    ports = client.archive.ports
    wanted = ProducersKey(producer=name, agreements=("default",))
    issued = issue_key(wanted, "prov", ports.catalogue, ports.ids, ports.clock.now())
    return issued.key.id, {"Authorization": f"Bearer {issued.secret}"}


def test_a_key_that_is_taken_back_is_told_nothing_more(tmp_path: Path) -> None:
    bounds = quick(heartbeat_seconds=0.04, proof_seconds=0.1)
    with served(tmp_path, working=False, following=bounds) as client, ExitStack() as open_:
        taken_back, theirs = _made(client, "Nämnden")
        _, others = _made(client, "Nämnden")
        location = client.post(json=PUSH, headers=theirs).headers["location"]
        ended, going_on = (
            messages(open_.enter_context(following(client.http, location, **h))) for h in (theirs, others)
        )
        ports = client.archive.ports
        ports.catalogue.revoke_key(taken_back, ports.clock.now())
        assert [json.loads(one["data"])["status"] for one in ended if "event" in one] == ["checking"]
        until(lambda: client.service.following.places.value == 199)
        assert {} in going_on


def test_a_key_that_cannot_be_asked_about_is_not_taken_for_one_that_is_taken_back(tmp_path: Path) -> None:
    fault = Fault(error=CatalogueUnavailable("borta", "gone"))
    bounds = quick(heartbeat_seconds=0.04, proof_seconds=0.02)
    with served(tmp_path, working=False, fit=catalogue_broken(fault), following=bounds) as client:
        _, theirs = _made(client, "Nämnden")
        location = client.post(json=PUSH, headers=theirs).headers["location"]
        with following(client.http, location, **theirs) as answer:
            told = messages(answer)
            assert next(told) == {"retry": "5000"}
            fault.break_after(0)
            until(lambda: fault.is_met)
            assert {} in told
            fault.mend()
