"""A server's catalogue made anew while deliveries are under way: none of them is lost, nor its bytes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.features.api_client import case_push, document
from tests.features.server_shape import Server, server
from tests.features.serving import Serving
from tests.servers.broker import redis_server
from tests.servers.postgres import Postgres

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Server]:
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        shared.establish()
        yield shared


@pytest.fixture
def anew(shared: Server, postgres: Postgres) -> Iterator[Server]:
    """The same archive with a new, empty database."""
    name = postgres.new_database()
    yield replace(shared, database=postgres.address(name))
    postgres.drop_database(name)


def _pushed(api: Serving, number: int) -> str:
    case = case_push(f"d-{number}", document(f"{number}".encode(), "ett.txt"))
    answer = api.http.post("/v1/deliveries", json=case)
    assert answer.status_code == 202, answer.text
    return str(answer.headers["location"])


def _staged(shared: Server) -> set[str]:
    """The ids below which something lies in staging."""
    staging = shared.root / "shared" / "staging"
    return {path.relative_to(staging).parts[0] for path in staging.rglob("*") if path.is_file()}


def _id(place: str) -> str:
    return place.rpartition("/")[2]


def test_deliveries_under_way_go_on_in_the_new_database_with_the_same_keys(shared: Server, anew: Server) -> None:
    key = shared.key("Nämnden")["key"]
    with shared.api("one", key) as api:
        with shared.worker("one"):
            archived = _pushed(api, 0)
            api.wait_for(archived, "archived")
        places = [_pushed(api, number) for number in (1, 2, 3)]
        refused = anew.run("one", "rebuild", EARKIV_FORMER_DATABASE=shared.database)
        assert (refused.code, "still work with the former catalogue (1)" in refused.err) == (2, True), refused
    rebuilt = anew.run("one", "rebuild", EARKIV_FORMER_DATABASE=shared.database)
    assert (rebuilt.code, rebuilt.err) == (0, ""), rebuilt
    assert "Deliveries under way that were carried over and go on: 3." in rebuilt.out
    with anew.worker("two"), anew.api("two", key) as api:
        for place in (archived, *places):
            api.wait_for(place, "archived")
        assert api.http.post("/v1/deliveries", json=case_push("d-1", document(b"1", "ett.txt"))).status_code == 200
    assert len(anew.run("one", "list", "--json").document) == 4
    assert anew.run("one", "verify", "--all").code == 0
    assert _staged(shared) == set()


def test_the_bytes_of_deliveries_that_the_new_database_has_forgotten_stay(shared: Server, anew: Server) -> None:
    with shared.api("one", shared.key("Nämnden")["key"]) as api:
        forgotten = sorted(_id(_pushed(api, number)) for number in (1, 2))
    rebuilt = anew.run("one", "rebuild")
    assert (rebuilt.code, all(one in rebuilt.err for one in forgotten)) == (0, True), rebuilt
    with anew.worker("two"), anew.api("two", anew.key("Nämnden")["key"]) as api:
        # A worker clears away when it starts, and has done so before it archives what is sent again.
        place = _pushed(api, 1)
        assert _id(place) not in forgotten
        api.wait_for(place, "archived")
    assert _staged(shared) == set(forgotten)
    listed = anew.run("one", "leftovers", "--json").document
    assert [one["id"] for one in listed] == forgotten
    for one in forgotten:
        assert anew.run("one", "leftovers", "--discard", one).code == 0
    assert _staged(shared) == set()
