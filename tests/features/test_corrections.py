"""Metadata of an archived package is put right: a new generation, the same content, and everything that follows."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from ingest.application.rescan_objects import Rescanned, rescan
from ingest.domain.keys import Role
from ingest.domain.quotas import Quota
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.features.api_client import Client, case_push, document, served
from tests.features.api_keys import Header, key_for
from tests.features.front_door import SAMPLES, Door

CASE: Final = "EXN 2021/17"
RECORD: Final = "EXN 2021/17:1"
DOCUMENT: Final = {"path": "documents/ansökan.txt", "name": "Ansökan om bygglov.txt", "description": "Undertecknad"}
RIGHT: Final[dict[str, Any]] = {
    "reason": "Titeln var felstavad.",
    "cases": [
        {
            "id": CASE,
            "title": "Ansökan om bygglov",
            "closed": "2021-06-02",
            "records": [{"id": RECORD, "date": "2021-04-01", "keywords": ["bygglov"], "documents": [DOCUMENT]}],
        }
    ],
}
CHANGED: Final = {
    "METS.xml",
    "metadata/descriptive/erms.xml",
    "metadata/preservation/premis.xml",
    "documentation/README.txt",
}


def _archived(client: Client, **fields: Any) -> str:
    taken = client.post(json=case_push("d-1", document(b"Hej!"), **fields))
    package: str = client.receipt(taken.headers["location"])["package"]
    return package


def _correct(client: Client, key: Header, package: str, seen: int = 1, **body: Any) -> httpx.Response:
    headers = {**key, "If-Match": f'"{seen}"'}
    return client.http.post(f"/v1/packages/{package}/corrections", json={**RIGHT, **body}, headers=headers)


def _files(client: Client, package: str) -> dict[str, str]:
    listed = client.http.get(f"/v1/packages/{package}/files").json()["files"]
    return {one["path"]: one["sha256"] for one in listed}


def _text(client: Client, package: str, path: str) -> str:
    return client.http.get(f"/v1/packages/{package}/files/{path}").text


def test_a_correction_is_a_new_generation_of_the_same_content(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home) as client:
        package, anna = _archived(client), key_for(client, Role.ARCHIVIST, "Anna Arkivarie")
        before, erms, premis = (
            _files(client, package),
            "metadata/descriptive/erms.xml",
            "metadata/preservation/premis.xml",
        )
        old_premis = _text(client, package, premis)
        answer = _correct(client, anna, package)
        assert answer.status_code == 202, answer.text
        receipt = client.receipt(answer.headers["location"])
        assert (receipt["package"], receipt["generation"], receipt["outcome"]) == (package, 2, "accepted")
        after = _files(client, package)
        assert {path for path in before if before[path] != after[path]} == CHANGED
        assert after.keys() - before.keys() == {"documentation/corrections/00002.json"}
        assert "Ansökan om bygglov" in _text(client, package, erms)
        described = _text(client, package, erms)
        assert all(word in described for word in ("2021-06-02", 'name="Ansökan om bygglov.txt"', "Undertecknad"))
        new_premis = _text(client, package, premis)
        assert old_premis.split("<premis:event>")[0] == new_premis.split("<premis:event>")[0]
        assert all(word in new_premis for word in ("metadata modification", "Titeln var felstavad.", "Anna Arkivarie"))
        told = client.http.get(f"/v1/packages/{package}")
        assert (told.headers["etag"], told.json()["title"]) == ('"2"', "Ansökan om bygglov")
        types = [one["type"] for one in client.http.get(f"/v1/packages/{package}/timeline").json()["events"]]
        assert types[0] == "ingestion start"
        assert types.count("metadata modification") == 1
        held = _content_keys(client)
        assert [key for key in held if "/v2/content/" in key and "/data/" in key] == []
    _stays_as_it_is(home, package)


def _content_keys(client: Client) -> list[str]:
    return list(client.archive.ports.replicas[0].keys("ocfl/"))


def _stays_as_it_is(home: Path, package: str) -> None:
    """Verify, rebuild, and find the same; the former generation stays readable."""
    door = Door(home=home)
    assert door.run("verify", "--all").code == 0
    before = [door.run(*asked, "--json").out for asked in (("list",), ("show", package), ("timeline", package))]
    assert door.run("rebuild").code == 0
    after = [door.run(*asked, "--json").out for asked in (("list",), ("show", package), ("timeline", package))]
    assert after == before
    assert door.run("verify", "--all").code == 0
    assert list((home / "archive" / "ocfl").rglob("v1/inventory.json"))


@pytest.mark.ci
def test_corrections_follow_each_other_also_after_a_rebuild_and_go_out_in_exports(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home) as client:
        package, anna = _archived(client), key_for(client, Role.ARCHIVIST, "Anna")
        client.receipt(_correct(client, anna, package).headers["location"])
    assert Door(home=home).run("rebuild").code == 0
    with served(home) as client:
        bo = key_for(client, Role.ARCHIVIST, "Bo")
        second = {"reason": "Gallras inte", "cases": [{"id": CASE, "description": "Tillbyggnad"}]}
        answer = client.http.post(f"/v1/packages/{package}/corrections", json=second, headers={**bo, "If-Match": '"2"'})
        assert client.receipt(answer.headers["location"])["generation"] == 3
        erms = _text(client, package, "metadata/descriptive/erms.xml")
        assert "Ansökan om bygglov" in erms
        assert "Tillbyggnad" in erms
        assert {path for path in _files(client, package) if "corrections" in path} == {
            "documentation/corrections/00002.json",
            "documentation/corrections/00003.json",
        }
    door = Door(home=home)
    assert door.run("verify", "--all").code == 0
    for form, name in (("csip", "ut-csip"), ("fgs-1.2", "ut-fgs.zip"), ("bagit", "ut-bag")):
        assert door.run("export", package, "--as", form, "--to", tmp_path / name).code == 0
    assert door.run("validate", tmp_path / "ut-csip", "--json").document["verdict"] == "valid"
    with zipfile.ZipFile(tmp_path / "ut-fgs.zip") as exported:
        described = b"".join(exported.read(name) for name in exported.namelist() if name.endswith(".xml"))
    assert "Ansökan om bygglov".encode() in described


def test_the_same_asked_again_is_the_same_and_another_is_told(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        package = _archived(client)
        anna, bo = (key_for(client, Role.ARCHIVIST, name) for name in ("Anna", "Bo"))
        first = _correct(client, anna, package)
        client.receipt(first.headers["location"])
        again = _correct(client, anna, package)
        assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
        assert _correct(client, bo, package).status_code == 412
        nothing = _correct(client, anna, package, seen=2)
        assert (nothing.status_code, nothing.json()["type"]) == (422, "urn:earkiv:problem:content-refused")
        missing = client.http.post(f"/v1/packages/{package}/corrections", json=RIGHT, headers=anna)
        assert missing.status_code == 428
        assert client.http.get(f"/v1/packages/{package}").headers["etag"] == '"2"'


def test_the_producers_quota_stops_no_correction(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        ours = Door(home=tmp_path / "home").run(
            "keys", "create", "--producer", "Nämnden", "--agreement", "default", "--json"
        )
        producer = {"Authorization": f"Bearer {ours.document['key']}"}
        taken = client.post(json=case_push("d-1", document(b"Hej!")), headers=producer)
        package = client.receipt(taken.headers["location"])["package"]
        client.archive.ports.catalogue.set_quota(Quota(producer="Nämnden", deliveries=0, bytes=0))
        refused = client.post(json=case_push("d-2", document(b"Hej!")), headers=producer)
        assert refused.status_code == 413
        answer = _correct(client, key_for(client, Role.ARCHIVIST, "Anna"), package)
        assert answer.status_code == 202, answer.text
        assert client.receipt(answer.headers["location"])["generation"] == 2


def test_what_a_later_scan_found_stays_found(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        package, anna = _archived(client), key_for(client, Role.ARCHIVIST, "Anna")
        scanner = ScriptedScanner(deadly=b"ingen", evil=b"Hej!")
        assert [type(one) for one in rescan([package], scanner, client.archive.owner, client.archive.ports)] == [
            Rescanned
        ]
        before = client.http.get(f"/v1/packages/{package}").json()["virusScan"]
        assert [(one["path"], one["generation"]) for one in before["infected"]] == [("documents/ansökan.txt", 1)]
        client.receipt(_correct(client, anna, package).headers["location"])
        after = client.http.get(f"/v1/packages/{package}").json()["virusScan"]
        assert sorted((one["path"], one["generation"]) for one in after["infected"]) == [
            ("documents/ansökan.txt", 1),
            ("documents/ansökan.txt", 2),
        ]
        assert (after["clean"], after["notScanned"]) == (before["clean"], before["notScanned"])


def test_while_one_is_under_way_another_waits_and_a_replacement_comes_after(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home) as client:
        package = _archived(client)
    with served(home, working=False) as client:
        anna, bo = (key_for(client, Role.ARCHIVIST, name) for name in ("Anna", "Bo"))
        first = _correct(client, anna, package)
        assert first.status_code == 202
        assert _correct(client, anna, package).status_code == 200
        busy = _correct(client, bo, package)
        assert (busy.status_code, busy.json()["type"]) == (409, "urn:earkiv:problem:package-in-other-hands")
        replacement = case_push("d-1", document(b"Hej igen!"), recordStatus="REPLACEMENT")
        assert client.post(json=replacement).status_code == 409
    with served(home) as client:
        assert client.receipt(first.headers["location"])["generation"] == 2
        taken = client.post(json=replacement)
        assert client.receipt(taken.headers["location"])["generation"] == 3
        assert client.http.get(f"/v1/packages/{package}").json()["title"] == "Bygglov"
    assert Door(home=home).run("verify", "--all").code == 0


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, str, Header]]:
    """An archive with a package and an archivist's key."""
    with served(tmp_path_factory.mktemp("archive") / "home") as client:
        yield client, _archived(client), key_for(client, Role.ARCHIVIST, "Anna")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"cases": [{"id": "finns inte", "title": "x"}]}, 422),
        ({"cases": [{"id": CASE, "records": [{"id": "finns inte"}]}]}, 422),
        ({"cases": [{"id": CASE, "titel": "x"}]}, 422),
        ({"cases": [{"id": CASE, "title": None}]}, 422),
        ({"cases": [{"id": CASE, "closed": "i går"}]}, 422),
        ({"cases": [{"id": CASE, "closed": "2021-02-30"}]}, 422),
        ({"cases": [{"id": CASE, "title": "\u0001"}]}, 422),
        ({"cases": [{"id": CASE, "records": [{"id": RECORD, "documents": []}]}]}, 422),
        ({"cases": "x"}, 422),
        ({"delivery": "d-2"}, 422),
        ({"reason": " "}, 400),
        ({"reason": "\u0001"}, 400),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    waiting: tuple[Client, str, Header], body: dict[str, Any], status: int
) -> None:
    client, package, anna = waiting
    answer = _correct(client, anna, package, **body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert client.archive.ports.catalogue.unfinished() == ()
    assert list(client.archive.ports.staging.keys("")) == []


@pytest.mark.ci
@pytest.mark.parametrize("sample", ["bygglov-fgs12", "skolarende-csip.zip", "flera-arenden-erms.zip"])
def test_every_dialect_is_corrected_alike(tmp_path: Path, sample: str) -> None:
    home = tmp_path / "home"
    door = Door(home=home)
    package = door.run("ingest", SAMPLES / sample, "--json").document["package"]
    assert door.run("export", package, "--as", "fgs-1.2", "--to", tmp_path / "ut").code == 0
    with served(home) as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna")
        case = _first_case(client, package)
        body = {"reason": "x", "cases": [{"id": case, "title": "En rättad titel"}]}
        answer = client.http.post(f"/v1/packages/{package}/corrections", json=body, headers={**anna, "If-Match": '"1"'})
        assert answer.status_code == 202, answer.text
        assert client.receipt(answer.headers["location"])["generation"] == 2
        assert "En rättad titel" in _text(client, package, "metadata/descriptive/erms.xml")
    _stays_as_it_is(home, package)


def _first_case(client: Client, package: str) -> str:
    from lxml import etree  # noqa: PLC0415 - this test alone reads XML

    content = _text(client, package, "metadata/descriptive/erms.xml").encode()
    root = etree.fromstring(content)
    return str(root.xpath("string(//*[local-name()='aggregation'][1]/*[local-name()='objectId'])"))
