"""What the how-tos tell an operator to type, typed."""

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.features import documented
from tests.features.api_client import Client, case_push, document, served
from tests.features.front_door import SAMPLES, Door
from tests.features.server_shape import server
from tests.servers.broker import redis_server
from tests.servers.postgres import Postgres


def test_the_keys_are_backed_up_put_back_changed_and_reported(tmp_path: Path) -> None:
    home, safe = tmp_path / "home", tmp_path / "safe"
    door = Door(home=home, settings={"EARKIV_WORKERS": "1"})
    assert door.run("ingest", SAMPLES / "klagomal-case-push").code == 0
    (first,) = door.run("signing-key", "list", "--json").document
    settings = {"EARKIV_HOME": str(home), "EARKIV_TOOLS": os.devnull, "SAFE": str(safe), "LANG": "C.UTF-8"}
    copied, put_back, changed, reported = documented.blocks("signing-keys")
    assert documented.run(copied, tmp_path, **settings) == f"good: {first['key']}\n"
    (home / "keys" / f"{first['key']}.pem").unlink()
    assert "ja" in documented.run(put_back, tmp_path, **settings)
    assert "utbytt" in documented.run(changed, tmp_path, **settings)
    leak = {"LEAKED": first["key"], "SINCE": datetime(2026, 1, 1, tzinfo=UTC).isoformat()}
    assert "TVEKSAMT" in documented.run(reported, tmp_path, **settings, **leak)


def _key_works(client: Client, secret: str) -> bool:
    answer = client.http.get("/v1/deliveries/none", headers={"Authorization": f"Bearer {secret}"})
    return answer.status_code == httpx.codes.NOT_FOUND


@pytest.mark.ci
@pytest.mark.timeout(900)
def test_the_embedded_archive_is_backed_up_at_work_and_restored_whole(tmp_path: Path) -> None:
    home, safe = tmp_path / "home", tmp_path / "safe"
    settings = {"EARKIV_HOME": str(home), "EARKIV_TOOLS": os.devnull, "SAFE": str(safe), "LANG": "C.UTF-8"}
    backed_up, restored = documented.blocks("backup")[:2]
    door = Door(home=home, settings={"EARKIV_WORKERS": "1"})
    with served(home) as client:
        before = client.post(json=case_push("d-1", document(b"1"))).headers["location"]
        client.receipt(before)
    key = door.run("keys", "create", "--producer", "Nämnden", "--agreement", "default", "--json").document["key"]
    with served(home, working=False) as client:
        under_way = client.post(json=case_push("d-2", document(b"2"))).headers["location"]
        assert documented.run(backed_up, tmp_path, **settings).endswith("ok\n")
    with served(home) as client:
        client.receipt(under_way)
        later = client.receipt(client.post(json=case_push("d-3", document(b"3"))).headers["location"])
    for lost in ("staging", "keys"):
        shutil.rmtree(home / lost)
    said = documented.run(restored, tmp_path, **settings)
    assert "OSKADAT" in said
    with served(home) as client:
        assert _key_works(client, key)
        for location in (before, under_way, f"/v1/deliveries/{later['deliveryId']}"):
            assert client.receipt(location)["outcome"] == "accepted"


@pytest.mark.ci
@pytest.mark.timeout(900)
def test_the_servers_database_is_dumped_and_restored_beside_what_the_stores_hold(
    tmp_path: Path, postgres: Postgres
) -> None:
    dumped, restored = documented.blocks("backup")[2:]
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        shared.establish()
        key = shared.key("Nämnden")["key"]
        programs = {"SAFE": str(tmp_path), "PATH": f"{postgres.programs}:{os.environ['PATH']}"}
        variables = {**shared.environment("one"), **programs}
        with shared.worker("one"), shared.api("one", key) as api:
            first = api.http.post("/v1/deliveries", json=case_push("d-1", document(b"1"))).headers["location"]
            api.wait_for(first, "archived")
            documented.run(dumped, tmp_path, **variables)
            second = api.http.post("/v1/deliveries", json=case_push("d-2", document(b"2"))).headers["location"]
            api.wait_for(second, "archived")
        fresh, former = (postgres.address(postgres.new_database()) for _ in range(2))
        said = documented.run(restored, tmp_path, **variables, NEW_DATABASE=fresh, FORMER_DATABASE=former)
        assert "Nämnden" in said
        anew = replace(shared, database=fresh)
        with anew.api("one", key) as api:
            assert {api.http.get(f"{place}/receipt").json()["outcome"] for place in (first, second)} == {"accepted"}
            repeat = api.http.post("/v1/deliveries", json=case_push("d-2", document(b"2")))
            assert (repeat.status_code, repeat.headers["location"]) == (200, second)


def test_the_archive_leaves_and_whoever_takes_it_over_can_check_it(tmp_path: Path) -> None:
    home, exit_folder = tmp_path / "home", tmp_path / "exit"
    door = Door(home=home, settings={"EARKIV_WORKERS": "1"})
    assert door.run("ingest", SAMPLES / "klagomal-case-push").code == 0
    settings = {"EARKIV_HOME": str(home), "EARKIV_TOOLS": os.devnull, "EXIT": str(exit_folder)}
    leave, check = documented.blocks("leave")
    said = " ".join(documented.run(leave, tmp_path, **settings).split())
    assert documented.run(check, tmp_path, **settings).split()[0] in said
