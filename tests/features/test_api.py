"""The REST API over a real archive: what is handed over is archived once, and what is wrong is told at once."""

import base64
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.application.collect_trials import collect_trials
from ingest.application.establish_archive import register_agreement
from ingest.domain.agreements import SubmissionAgreement
from samples.simulator.containers import write_zip
from tests.features.api_client import Client, case_push, document, served
from tests.features.archives import is_genuine, packages
from tests.features.front_door import SAMPLES

CONTENT = "Ansökan om bygglov för en friggebod".encode()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path / "home") as client:
        yield client


def _rules(answer: Any) -> list[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return [finding["rule"] for finding in answer.json()["findings"]]


def test_a_pushed_case_is_archived_and_gets_a_genuine_receipt(client: Client, tmp_path: Path) -> None:
    answer = client.post(json=case_push("a-1", document(CONTENT)))
    assert answer.status_code == 202
    receipt = client.receipt(answer.headers["location"])
    assert (receipt["outcome"], receipt["delivery"]) == ("accepted", "a-1")
    digests = {file["path"]: file["sha256"] for file in receipt["files"]}
    assert digests.keys() == {"case.json", "documents/ansökan.txt"}
    assert digests["documents/ansökan.txt"] == hashlib.sha256(CONTENT).hexdigest()
    assert is_genuine(tmp_path / "home", receipt)
    assert packages(tmp_path / "home") == (receipt["package"],)
    status = client.http.get(answer.headers["location"]).json()
    assert (status["status"], status["package"], status["queue"]) == ("archived", receipt["package"], None)


def test_documents_come_as_parts_in_any_order(client: Client) -> None:
    case = case_push("a-1", document(CONTENT, part="first"), document(b"two", "bilaga.txt", part="second"))
    files = [
        ("second", ("egal.bin", b"two")),
        ("case", ("case.json", json.dumps(case), "application/json")),
        ("first", ("", CONTENT)),
    ]
    receipt = client.receipt(client.post(files=files).headers["location"])
    assert receipt["outcome"] == "accepted"
    assert {file["path"] for file in receipt["files"]} == {
        "case.json",
        "documents/ansökan.txt",
        "documents/bilaga.txt",
    }


def test_twins_by_name_get_folders_of_their_own(client: Client) -> None:
    case = case_push("a-1", document(b"1", "Bilaga.txt"), document(b"2", "bilaga.txt"))
    receipt = client.receipt(client.post(json=case).headers["location"])
    assert {file["path"] for file in receipt["files"]} == {
        "case.json",
        "documents/Bilaga.txt",
        "documents-2/bilaga.txt",
    }


@pytest.mark.parametrize("name", ["skolarende-csip.zip", "flera-arenden-erms.zip"])
@pytest.mark.parametrize("way", ["form", "bare"])
def test_a_package_is_archived(client: Client, name: str, way: str) -> None:
    content = (SAMPLES / name).read_bytes()
    if way == "form":
        answer = client.post(files={"package": (name, content, "application/zip")})
    else:
        headers = {"Content-Type": "application/zip"}
        answer = client.post(content=content, headers=headers, params={"name": name})
    assert answer.status_code == 202
    assert client.receipt(answer.headers["location"])["outcome"] == "accepted"


def test_a_package_that_breaks_rules_is_rejected_in_a_receipt(client: Client, tmp_path: Path) -> None:
    container = tmp_path / "trasig.zip"
    write_zip(SAMPLES / "trasig-fgs12", container)
    answer = client.post(files={"package": ("trasig.zip", container.read_bytes())})
    assert answer.status_code == 202
    receipt = client.receipt(answer.headers["location"])
    assert (receipt["outcome"], receipt["package"]) == ("rejected", None)


def test_a_repeat_gets_the_first_ones_answer_and_leaves_nothing(client: Client, tmp_path: Path) -> None:
    case = case_push("a-1", document(CONTENT))
    first = client.post(json=case)
    receipt = client.receipt(first.headers["location"])
    again = client.post(json=case)
    assert (again.status_code, again.headers["location"]) == (200, first.headers["location"])
    assert client.receipt(again.headers["location"]) == receipt
    assert list(client.archive.ports.staging.keys("")) == []
    assert len(packages(tmp_path / "home")) == 1


def test_other_bytes_under_the_same_id_are_a_conflict(client: Client) -> None:
    first = client.post(json=case_push("a-1", document(CONTENT)))
    receipt = client.receipt(first.headers["location"])
    other = client.post(json=case_push("a-1", document(b"annat")))
    assert other.status_code == 409
    assert _rules(other) == ["EARKIV-DLV-1"]
    assert client.receipt(first.headers["location"]) == receipt
    assert list(client.archive.ports.staging.keys("")) == []


def test_after_a_refusal_the_same_id_is_a_new_attempt(client: Client) -> None:
    refused = case_push("a-1", document(CONTENT))
    refused["case"]["status"] = "expedited"
    receipt = client.receipt(client.post(json=refused).headers["location"])
    assert receipt["outcome"] == "rejected"
    assert receipt["findings"][0]["rule"] == "EARKIV-CASE-1"
    answer = client.post(json=case_push("a-1", document(CONTENT)))
    assert (answer.status_code, answer.json()["attempt"]) == (202, 2)
    assert client.receipt(answer.headers["location"])["outcome"] == "accepted"


def test_two_at_the_same_instant_become_one(client: Client, tmp_path: Path) -> None:
    case = case_push("a-1", document(CONTENT))
    answers = []
    start = threading.Barrier(4)

    def deliver() -> None:
        start.wait()
        answers.append(client.post(json=case))

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 202]
    (location,) = {answer.headers["location"] for answer in answers}
    assert client.receipt(location)["outcome"] == "accepted"
    assert len(packages(tmp_path / "home")) == 1


def _without(case: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name != field}


def _closed(date: str) -> dict[str, Any]:
    case = case_push("a", document(CONTENT))
    case["case"]["closed"] = date
    return case


SEEN_AT_ONCE = {
    "not JSON": (b"{", "EARKIV-PKG-1"),
    "no object": (b"[]", "EARKIV-PKG-1"),
    "a field missing": (_without(case_push("a", document(CONTENT)), "archivalCreator"), "EARKIV-CASE-7"),
    "an unknown field": (case_push("a", document(CONTENT), tillagg=1), "EARKIV-CASE-8"),
    "no base64": (case_push("a", document(CONTENT, content="Hej!")), "EARKIV-CASE-9"),
    "a path": (case_push("a", document(CONTENT, path="ansökan.txt")), "EARKIV-CASE-9"),
    "another digest": (case_push("a", document(CONTENT, sha256="0" * 64)), "EARKIV-FIX-1"),
    "another size": (case_push("a", document(CONTENT, size=1)), "EARKIV-FIX-2"),
    "a part that did not come": (case_push("a", document(CONTENT, part="p")), "EARKIV-FIX-3"),
    "an upload that is not there": (case_push("a", document(CONTENT, upload="u")), "EARKIV-FIX-3"),
    "a name that leads out": (case_push("a", document(CONTENT, "../x")), "EARKIV-PKG-5"),
    "a date that is none": (_closed("2021-02-30"), "EARKIV-CASE-3"),
}


@pytest.mark.parametrize(("pushed", "rule"), SEEN_AT_ONCE.values(), ids=SEEN_AT_ONCE.keys())
def test_what_shows_at_once_is_told_at_once_and_becomes_no_delivery(
    client: Client, pushed: bytes | dict[str, Any], rule: str
) -> None:
    content = pushed if isinstance(pushed, bytes) else json.dumps(pushed).encode()
    answer = client.post(content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert rule in _rules(answer)
    assert client.archive.ports.catalogue.unfinished() == ()
    assert list(client.archive.ports.staging.keys("")) == []


def test_parts_that_no_document_names_are_told(client: Client) -> None:
    files = {"case": json.dumps(case_push("a", document(CONTENT))), "främmande": b"x"}
    answer = client.post(files=files)
    assert (answer.status_code, _rules(answer)) == (422, ["EARKIV-FIX-4"])


MALFORMED: dict[str, tuple[dict[str, Any], int]] = {
    "neither case nor package": ({"files": {"annat": b"x"}}, 400),
    "case and package": ({"files": {"case": b"{}", "package": b"x"}}, 400),
    "no form": ({"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400),
    "no boundary": ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400),
    "an unknown agreement": ({"json": case_push("a", document(CONTENT), agreement="ingen")}, 400),
    "a package's name with a path": (
        {"content": b"x", "headers": {"Content-Type": "application/zip"}, "params": {"name": "../x"}},
        400,
    ),
    "no container": ({"content": b"x", "headers": {"Content-Type": "application/zip"}}, 422),
    "a coding of the body": (
        {"content": b"x", "headers": {"Content-Type": "application/zip", "Content-Encoding": "gzip"}},
        415,
    ),
    "another media type": ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
    "no media type": ({"content": b"x"}, 415),
}


@pytest.mark.parametrize(("request_", "status"), MALFORMED.values(), ids=MALFORMED.keys())
def test_what_cannot_be_understood_is_a_problem(client: Client, request_: dict[str, Any], status: int) -> None:
    answer = client.post(**request_)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert client.archive.ports.catalogue.unfinished() == ()
    assert list(client.archive.ports.staging.keys("")) == []


def test_bytes_changed_on_the_way_are_not_taken(client: Client) -> None:
    content = json.dumps(case_push("a-1", document(CONTENT))).encode()

    def post(digest: str) -> int:
        headers = {"Content-Type": "application/json", "Repr-Digest": digest}
        return client.post(content=content, headers=headers).status_code

    right = base64.b64encode(hashlib.sha256(content).digest()).decode()
    wrong = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    assert [post(f"sha-256=:{wrong}:"), post("sha-256=:kort:"), post(f"sha-256=:{right}:")] == [422, 400, 202]


def test_a_name_for_a_request_stands_for_its_content(client: Client) -> None:
    def post(name: str, delivery: str, content: bytes = CONTENT) -> int:
        headers = {"Idempotency-Key": name}
        return client.post(json=case_push(delivery, document(content)), headers=headers).status_code

    assert post("n-1", "a-1") == 202
    assert [post("n-1", "a-1"), post('"n-1"', "a-1"), post("n-2", "a-1")] == [200, 200, 200]
    assert [post("n-1", "a-2"), post("n-2", "a-2"), post("", "a-2"), post("x" * 300, "a-2")] == [422, 422, 400, 400]
    assert post("n-3", "a-2") == 202
    assert len(client.archive.ports.catalogue.attempts("ORG:2120009994", "a-2")) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/deliveries"),
        ("POST", "/v1/validations"),
        ("GET", "/v1/deliveries/x"),
        ("GET", "/v1/deliveries/x/events"),
        ("GET", "/v1/deliveries/x/receipt"),
    ],
)
def test_nothing_is_told_without_a_key(client: Client, method: str, path: str) -> None:
    for header in ("", "Bearer", "Bearer fel", "Basic ZW4=", "Bearer en-nyckel-for-provö"):
        answer = client.http.request(method, path, headers=[(b"Authorization", header.encode())])
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_problems_speak_the_clients_language(client: Client) -> None:
    titles = {
        header: client.http.get("/v1/deliveries/x", headers={"Accept-Language": header}).json()["title"]
        for header in ("en", "sv", "en-GB, sv;q=0.5", "fr, *;q=0.1", "")
    }
    assert [title == "Not found" for title in titles.values()] == [True, False, True, False, False]


def test_the_receipt_is_not_there_before_the_decision(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        location = client.post(json=case_push("a-1", document(CONTENT))).headers["location"]
        answer = client.http.get(f"{location}/receipt")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:earkiv:problem:not-decided")
        assert client.http.get(location).json()["queue"] == 0
    with served(tmp_path / "home") as client:
        assert client.receipt(location)["outcome"] == "accepted"


def test_events_are_read_by_cursor(client: Client) -> None:
    location = client.post(json=case_push("a-1", document(CONTENT))).headers["location"]
    client.receipt(location)
    every = client.http.get(f"{location}/events").json()["events"]
    after, read = 0, []
    while page := client.http.get(f"{location}/events", params={"after": after, "limit": 2}).json():
        if not page["events"]:
            break
        read += page["events"]
        after = page["next"]
    assert read == every
    assert [event["number"] for event in every] == list(range(1, len(every) + 1))


def test_a_dry_run_says_what_would_be_said_and_keeps_nothing(client: Client, tmp_path: Path) -> None:
    good = client.http.post("/v1/validations", json=case_push("a-1", document(CONTENT)))
    assert (good.status_code, good.json()["verdict"], good.json()["package"]) == (200, "valid", "a-1")
    assert {file["path"] for file in good.json()["plan"]["files"]} == {"case.json", "documents/ansökan.txt"}
    container = tmp_path / "trasig.zip"
    write_zip(SAMPLES / "trasig-fgs12", container)
    bad = client.http.post("/v1/validations", files={"package": ("trasig.zip", container.read_bytes())})
    assert (bad.status_code, bad.json()["verdict"]) == (200, "invalid")
    worse = client.http.post("/v1/validations", content=b"{", headers={"Content-Type": "application/json"})
    assert (worse.status_code, worse.json()["verdict"], worse.json()["plan"]) == (200, "invalid", None)
    assert client.archive.ports.catalogue.unfinished() == ()
    assert list(client.archive.ports.staging.keys("")) == []


def test_a_dry_run_says_what_the_agreement_would_make_of_it(client: Client) -> None:
    ports, case = client.archive.ports, case_push("a-1", document(CONTENT))
    register_agreement(ports, SubmissionAgreement(id="a-0", version=1, refused_formats=("x-fmt/111",)))
    register_agreement(ports, SubmissionAgreement(id="a-1", version=1, held_formats=("x-fmt/111",)))
    register_agreement(ports, SubmissionAgreement(id="a-2", version=1))
    told = [
        client.http.post("/v1/validations", json=case, params={"agreement": f"a-{number}"}).json()
        for number in range(3)
    ]
    assert {one["verdict"] for one in told} == {"valid"}
    assert [one["plan"]["outcome"] for one in told] == ["rejected", "held", "accepted"]
    assert [one["plan"]["agreement"] for one in told] == [{"id": f"a-{n}", "version": 1} for n in range(3)]
    refused = client.receipt(client.post(json=case, params={"agreement": "a-0"}).headers["location"])
    assert refused["outcome"] == "rejected"
    said = [one for one in refused["findings"] if one["rule"] != "EARKIV-SA-5"]
    assert told[0]["plan"]["findings"] == said
    assert "EARKIV-SA-11" in {one["rule"] for one in said}


def test_a_dry_run_for_which_the_disk_is_too_full_is_to_be_tried_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = shutil.copyfile
    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfile", lambda staged, _: copied(staged, "/dev/full"))
        answer = client.http.post("/v1/validations", json=case_push("a-1", document(CONTENT)))
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:earkiv:problem:unavailable")
    assert "retry-after" in answer.headers
    assert list(client.archive.ports.staging.keys("")) == []


def test_a_dry_run_plans_the_copies_that_are_then_wanted(client: Client, tmp_path: Path) -> None:
    container = tmp_path / "bygglov.zip"
    write_zip(SAMPLES / "bygglov-fgs12", container)
    form = {"package": ("bygglov.zip", container.read_bytes())}
    dry = client.http.post("/v1/validations", files=form).json()["plan"]
    assert dry["storage"]["replicas"] == 1
    assert list(client.archive.ports.staging.keys("")) == []
    receipt = client.receipt(client.post(files=form).headers["location"])
    package = client.http.get(f"/v1/packages/{receipt['package']}").json()
    delivered = {file["path"]: (file["size"], file["format"]) for file in receipt["files"]}
    assert {file["path"]: (file["size"], file["format"]) for file in dry["files"]} == delivered
    wanted = {copy["source"]: copy["target"] for copy in package["preservationCopies"]}
    assert {file["path"]: file["copy"]["target"] for file in dry["files"] if file["copy"]} == wanted
    assert dry["storage"]["copies"] == len(wanted) > 0
    assert {file["why"]["reason"] for file in dry["files"] if not file["copy"]} >= {"no content"}
    distinct = {file["sha256"]: file["size"] for file in receipt["files"]}
    assert (dry["storage"]["files"], dry["storage"]["bytes"]) == (len(delivered), sum(distinct.values()))


def test_a_test_delivery_is_told_apart_and_can_be_looked_at_until_it_expires(client: Client) -> None:
    case = case_push("a-1", document(CONTENT), recordStatus="TEST")
    location = client.post(json=case).headers["location"]
    receipt = client.receipt(location)
    assert (receipt["outcome"], receipt["test"], receipt["custodyPassed"]) == ("accepted", True, None)
    told = client.http.get(location).json()
    assert (told["status"], told["test"], told["package"]) == ("tested", True, receipt["package"])
    place = f"/v1/packages/{receipt['package']}"
    shown = client.http.get(place).json()
    assert (shown["status"], shown["test"], shown["generation"]) == ("tested", True, 1)
    for part in ("/mets", "/premis", "/files", "/files/METS.xml", "/timeline"):
        assert client.http.get(f"{place}{part}").status_code == 200
    assert client.post(json=case).status_code == 200
    real = client.post(json=case_push("a-1", document(CONTENT)))
    assert real.status_code == 202
    assert client.receipt(real.headers["location"])["test"] is False
    ports = client.archive.ports
    assert len(ports.catalogue.packages()) == 1
    assert len(collect_trials(ports, ports.clock.now() + timedelta(days=31))) == 1
    for gone in (location, f"{location}/receipt", place, f"{place}/mets"):
        assert client.http.get(gone).status_code == 404
    assert client.http.get(real.headers["location"]).json()["status"] == "archived"


def test_health_and_description_are_public(client: Client) -> None:
    client.http.headers.pop("Authorization")
    assert client.http.get("/health/live").json() == {"status": "live"}
    assert client.http.get("/health/ready").status_code == 200
    for probe in ("/health/live", "/health/ready"):
        head = client.http.head(probe)
        assert (head.status_code, head.content) == (200, b"")
    described = client.http.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/v1/deliveries/{delivery_id}/receipt" in described["paths"]
    assert "path" not in described["components"]["schemas"]["CaseDelivery_document"]["properties"]
