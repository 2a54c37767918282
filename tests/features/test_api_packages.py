"""Packages over the API: what was delivered can be read back, by its own producer alone."""

import hashlib
from pathlib import Path

import pytest

from ingest.api import packages, whole_answers
from ingest.application.holdings import Kept, kept_package
from ingest.application.told_packages import package_document
from ingest.pipeline.step import Ports
from tests.features.api_client import Client, Json, case_push, document, served
from tests.features.front_door import Door

CONTENT = "Ansökan om bygglov".encode()


def _archived(client: Client, delivery: str = "a-1", **headers: str) -> str:
    answer = client.post(json=case_push(delivery, document(CONTENT)), headers=headers)
    package: str = client.receipt(answer.headers["location"])["package"]
    return package


def test_a_package_is_told_as_on_the_command_line_and_its_files_are_what_was_delivered(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        package = _archived(client)
        told = client.http.get(f"/v1/packages/{package}").json()
        assert told == Door(home=tmp_path / "home").run("show", package, "--json").document
        timeline = client.http.get(f"/v1/packages/{package}/timeline").json()["events"]
        assert timeline == Door(home=tmp_path / "home").run("timeline", package, "--json").document
        listed = client.http.get(f"/v1/packages/{package}/files").json()["files"]
        bodies = {one["path"]: client.http.get(f"/v1/packages/{package}/files/{one['path']}").content for one in listed}
        assert {one["path"]: one["sha256"] for one in listed} == {
            path: hashlib.sha256(body).hexdigest() for path, body in bodies.items()
        }
        (kept,) = (path for path in bodies if path.endswith("ansökan.txt"))
        assert bodies[kept] == CONTENT
        assert client.http.get(f"/v1/packages/{package}/mets").content == bodies["METS.xml"]
        assert b"premis:premis" in client.http.get(f"/v1/packages/{package}/premis").content


def test_a_package_with_a_large_receipt_says_the_same_and_is_told_beside_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[int] = []

    with served(tmp_path / "home") as client:
        package = _archived(client)

        def told(reference: str, ports: Ports) -> Json:
            free.append(client.service.telling.value)
            assert client.service.tellers.borrowed_tokens == 1
            return package_document(reference, ports)

        monkeypatch.setattr(packages, "package_document", told)
        small = client.http.get(f"/v1/packages/{package}")
        monkeypatch.setattr(whole_answers, "LARGE_BYTES", 1)
        large = client.http.get(f"/v1/packages/{package}")
    assert free == [1, 0]
    assert (large.json(), large.headers["etag"]) == (small.json(), small.headers["etag"])
    assert int(large.headers["content-length"]) == len(large.content)


def test_no_browser_runs_what_was_delivered(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        answer = client.http.get(f"/v1/packages/{_archived(client)}/mets")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["repr-digest"].startswith("sha-256=:")


def test_another_producers_package_is_as_if_it_were_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(home=tmp_path / "home")
    looked_for: list[str] = []

    def kept(package: str, ports: Ports) -> Kept:
        looked_for.append(package)
        return kept_package(package, ports)

    monkeypatch.setattr(packages, "kept_package", kept)
    with served(tmp_path / "home") as client:
        package = _archived(client)
        created = door.run("keys", "create", "--producer", "Annan", "--agreement", "default", "--json").document
        other = {"Authorization": f"Bearer {created['key']}"}
        for part in ("", "/timeline", "/files", "/mets", "/premis", "/files/METS.xml"):
            hidden = client.http.get(f"/v1/packages/{package}{part}", headers=other)
            absent = client.http.get(f"/v1/packages/finns-inte{part}", headers=other)
            assert hidden.status_code == absent.status_code == 404
            assert {**hidden.json(), "instance": ""} == {**absent.json(), "instance": ""}
        assert client.http.get("/v1/packages/a-1", headers=other).status_code == 404
        assert set(looked_for) == {package}, "an id that could be guessed takes as long whether it is there or not"
        own = _archived(client, "b-1", **other)
        assert client.http.get(f"/v1/packages/{own}", headers=other).status_code == 200


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        package = _archived(client)
        for path in ("finns-inte", "../../keys", "%2e%2e/x", ""):
            assert client.http.get(f"/v1/packages/{package}/files/{path}").status_code == 404
