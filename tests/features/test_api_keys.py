"""Keys of the embedded archive: made and taken back while it serves, each seeing its own deliveries alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.features.api_client import Client, case_push, document, served
from tests.features.front_door import Door


def _as(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def _key(door: Door, producer: str, *agreements: str, action: str = "") -> dict[str, Any]:
    named = [part for one in agreements for part in ("--agreement", one)]
    scope = ["--action", action] if action else []
    answer = door.run("keys", "create", "--producer", producer, *named, *scope, "--note", "prov", "--json")
    assert answer.code == 0, answer
    document: dict[str, Any] = answer.document
    return document


def _codes(client: Client, location: str, secret: str) -> set[int]:
    paths = (location, f"{location}/events", f"{location}/receipt")
    return {client.http.get(path, headers=_as(secret)).status_code for path in paths}


def test_producers_see_their_own_deliveries_alone_even_under_the_same_id(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home") as client:
        ours, theirs = _key(door, "Byggnadsnämnden", "default"), _key(door, "Socialnämnden", "default")
        case = case_push("d-1", document(b"Hej!"))
        first = client.post(json=case, headers=_as(ours["key"]))
        second = client.post(json=case, headers=_as(theirs["key"]))
        assert (first.status_code, second.status_code) == (202, 202)
        client.receipt(first.headers["location"])
        client.receipt(second.headers["location"])
        assert _codes(client, first.headers["location"], ours["key"]) == {200}
        assert _codes(client, first.headers["location"], theirs["key"]) == {404}
        unknown = client.http.get("/v1/deliveries/finns-inte", headers=_as(theirs["key"]))
        hidden = client.http.get(first.headers["location"], headers=_as(theirs["key"]))
        assert {**unknown.json(), "instance": ""} == {**hidden.json(), "instance": ""}


def test_a_key_delivers_under_its_agreements_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "archive").mkdir(parents=True)
    (home / "agreements").mkdir()
    for name in ("a", "b"):
        (home / "agreements" / f"{name}.json").write_text('{"title": "prov"}', encoding="utf-8")
    door = Door(home=home)
    with served(home) as client:
        secret = _key(door, "Nämnden", "b", "a")["key"]
        for wanted, status, agreement in ((None, 202, "b"), ("a", 202, "a"), ("default", 400, None)):
            case = case_push(f"d-{wanted}", document(b"Hej!"))
            parameters = {} if wanted is None else {"agreement": wanted}
            answer = client.post(json=case, params=parameters, headers=_as(secret))
            assert answer.status_code == status
            if agreement:
                assert answer.json()["agreement"]["id"] == agreement


def test_a_key_is_for_the_actions_that_it_was_made_for(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home", working=False) as client:
        delivers = _key(door, "Nämnden", "default", action="deliver")
        reads = _key(door, "Nämnden", "default", action="read")
        assert (delivers["actions"], reads["actions"]) == (["deliver"], ["read"])
        case = case_push("d-1", document(b"Hej!"))
        assert client.post(json=case, headers=_as(reads["key"])).status_code == 403
        location = client.post(json=case, headers=_as(delivers["key"])).headers["location"]
        assert client.http.get(location, headers=_as(delivers["key"])).status_code == 403
        assert client.http.get(location, headers=_as(reads["key"])).status_code == 200


def test_a_key_taken_back_opens_nothing_at_once(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home") as client:
        key = _key(door, "Nämnden", "default")
        location = client.post(json=case_push("d-1", document(b"x")), headers=_as(key["key"])).headers["location"]
        (listed,) = door.run("keys", "list", "--json").document
        assert (listed["producer"], listed["note"], listed["revoked"]) == ("Nämnden", "prov", None)
        assert listed["lastUsed"]
        assert key["key"] not in str(listed)
        assert door.run("keys", "revoke", key["id"]).code == 0
        assert client.http.get(location, headers=_as(key["key"])).status_code == 401
        assert "återkallad" in door.run("keys", "list").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "--producer", "x", "--agreement", "finns-inte"),
        ("create", "--producer", " ", "--agreement", "default"),
        ("create", "--role", "archivist", "--holder", "x", "--action", "read"),
        ("revoke", "finns-inte"),
    ],
)
def test_what_cannot_be_made_or_taken_back_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    door = Door(home=tmp_path / "home")
    assert door.run("establish").code == 0
    answer = door.run("keys", *arguments)
    assert (answer.code, answer.out) == (2, "")


def test_a_rebuild_keeps_the_keys(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    assert door.run("establish").code == 0
    key = _key(door, "Nämnden", "default")
    assert door.run("rebuild").code == 0
    with served(tmp_path / "home") as client:
        assert client.post(json=case_push("d-1", document(b"x")), headers=_as(key["key"])).status_code == 202
