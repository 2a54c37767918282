"""Direct uploads: a producer puts parts into the store by itself, and the archive believes its own reading alone."""

import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.adapters.s3.client import Patience
from ingest.adapters.s3.direct import S3DirectStore
from ingest.adapters.s3.store import S3Store
from ingest.application import direct_uploads
from ingest.application.direct_uploads import finish
from ingest.application.resumable_uploads import LIFETIME, let_go_of_expired, let_go_of_unknown
from ingest.domain import uploads
from ingest.domain.keys import Role
from ingest.domain.quotas import Quota
from ingest.errors import HandedBack, OutOfSpace, UnknownSubject
from ingest.pipeline.step import Ports
from tests.features.api_client import Client, Json, case_push, document, served
from tests.features.api_keys import key_for
from tests.features.front_door import SAMPLES
from tests.servers.buckets import new_store
from tests.servers.http_faults import ANY, Fault, Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

CONTENT = bytes(range(256)) * 10
SHA256 = hashlib.sha256(CONTENT).hexdigest()
PATH = "/v1/direct-uploads"
FOREVER = 10_000
IMPATIENT = Patience(attempts=2, connect_seconds=2, read_seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """An archive with its staging in S3, a producer's system, and what goes wrong on the way to the store."""

    client: Client
    script: Script
    outside: httpx.Client

    @property
    def ports(self) -> Ports:
        return self.client.archive.ports

    def begun(self, length: int = len(CONTENT), **fields: Any) -> Json:
        answer = self.client.http.post(PATH, json={"length": length, **fields})
        assert answer.status_code == httpx.codes.CREATED, answer.text
        assert answer.headers["cache-control"] == "no-store"
        told: Json = answer.json()
        assert answer.headers["location"] == f"{PATH}/{told['upload']}"
        return told

    def standing(self, upload: str) -> Json:
        answer = self.client.http.get(f"{PATH}/{upload}")
        assert answer.status_code == httpx.codes.OK, answer.text
        told: Json = answer.json()
        return told

    def complete(self, upload: str, sha256: str = SHA256) -> httpx.Response:
        return self.client.http.post(f"{PATH}/{upload}/completion", json={"sha256": sha256})

    def send(self, told: Json, content: bytes = CONTENT, *numbers: int) -> None:
        """Put the parts with these numbers, otherwise all, for which it has addresses."""
        for part in told["missing"]:
            if not numbers or part["number"] in numbers:
                start = (part["number"] - 1) * told["partSize"]
                answer = self.outside.put(part["url"], content=content[start : start + part["size"]])
                assert answer.status_code == httpx.codes.OK, answer.text

    def finished(self, content: bytes = CONTENT, **fields: Any) -> str:
        told = self.begun(len(content), **fields)
        self.send(told, content)
        answer = self.complete(told["upload"], hashlib.sha256(content).hexdigest())
        assert (answer.status_code, answer.json()["status"]) == (httpx.codes.OK, "finished"), answer.text
        upload: str = told["upload"]
        return upload

    def kept(self, upload: str = "") -> set[str]:
        """What the store holds of an upload, or of all."""
        folder = f"uploads/{upload}/" if upload else "uploads/"
        assert self.ports.direct
        return {*self.ports.staging.keys(folder), *self.ports.direct.under_way(folder)}


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Direct]:
    script, folder = Script(), tmp_path_factory.mktemp("archive")
    with standing_before(MemoryS3(), script) as endpoint, pytest.MonkeyPatch.context() as patched:
        patched.setattr(uploads, "LEAST_PART", 1000)
        server = S3Server(endpoint=endpoint, key_id="id", secret="hemligt")  # noqa: S106 - nothing is kept there
        address = new_store(server, "staging", folder).bucket.address

        def fit(ports: Ports) -> Ports:
            public = endpoint.replace("127.0.0.1", "localhost")
            staging = S3Store(address, "staging", folder, IMPATIENT)
            return replace(ports, staging=staging, direct=S3DirectStore(address, public, IMPATIENT))

        with served(folder / "home", fit=fit) as client, httpx.Client() as outside:
            yield Direct(client=client, script=script, outside=outside)


def test_a_case_and_a_package_are_delivered_from_what_was_put_into_the_store(
    direct: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = direct.begun()
    assert (told["status"], told["parts"], told["partSize"], told["missingParts"]) == ("open", 3, 1000, 3)
    assert [(part["number"], part["size"]) for part in told["missing"]] == [(1, 1000), (2, 1000), (3, 560)]
    assert all(part["url"].startswith("http://localhost:") for part in told["missing"])
    direct.send(told)
    assert direct.complete(told["upload"]).json()["status"] == "finished"
    case = case_push("a-1", document(CONTENT, upload=told["upload"]))
    receipt = direct.client.receipt(direct.client.post(json=case).headers["location"])
    assert receipt["outcome"] == "accepted"
    assert SHA256 in {file["sha256"] for file in receipt["files"]}
    monkeypatch.setattr(uploads, "LEAST_PART", 100_000)
    package = SAMPLES / "skolarende-csip.zip"
    upload = direct.finished(package.read_bytes(), name=package.name)
    first = direct.client.post(params={"upload": upload})
    assert direct.client.receipt(first.headers["location"])["outcome"] == "accepted"
    again = direct.client.post(params={"upload": upload})
    assert (again.status_code, again.headers["location"]) == (200, first.headers["location"])


def test_what_was_cut_is_gone_on_with_and_completed_once_it_is_whole(direct: Direct) -> None:
    told = direct.begun()
    direct.send(told, CONTENT, 2)
    direct.outside.put(told["missing"][2]["url"], content=b"too short")
    refused = direct.complete(told["upload"])
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:earkiv:problem:parts-missing")
    assert refused.json()["missing"] == [1, 3]
    case = case_push("a-1", document(CONTENT, upload=told["upload"]))
    assert direct.client.post(json=case).status_code == 422
    later = direct.standing(told["upload"])
    assert [part["number"] for part in later["missing"]] == [1, 3]
    direct.send(later)
    assert direct.standing(told["upload"])["missing"] == []
    for _ in range(2):
        assert direct.complete(told["upload"]).json()["status"] == "finished"
    assert direct.standing(told["upload"])["status"] == "finished"
    other = direct.complete(told["upload"], SHA256[::-1])
    assert (other.status_code, other.json()["findings"][0]["rule"]) == (422, "EARKIV-FIX-1")
    assert direct.complete(told["upload"]).status_code == 200


def test_so_many_addresses_are_given_at_a_time(direct: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct_uploads, "MOST_ADDRESSES", 2)
    told = direct.begun()
    assert (told["missingParts"], [part["number"] for part in told["missing"]]) == (3, [1, 2])
    direct.send(told)
    told = direct.standing(told["upload"])
    assert (told["missingParts"], [part["number"] for part in told["missing"]]) == (1, [3])


def test_other_bytes_than_stated_are_told_and_nothing_of_them_is_kept(direct: Direct) -> None:
    told = direct.begun()
    direct.send(told, CONTENT[::-1])
    answer = direct.complete(told["upload"])
    assert answer.status_code == 422
    (finding,) = answer.json()["findings"]
    assert (finding["rule"], finding["severity"]) == ("EARKIV-FIX-1", "error")
    assert direct.kept(told["upload"]) == set()
    assert direct.complete(told["upload"]).status_code == 404


def test_another_producer_sees_nothing_of_it_and_cannot_finish_it(direct: Direct) -> None:
    upload = direct.begun()["upload"]
    theirs = key_for(direct.client, Role.PRODUCER, "Annan")
    for method, path, body in (
        ("GET", f"{PATH}/{upload}", None),
        ("DELETE", f"{PATH}/{upload}", None),
        ("POST", f"{PATH}/{upload}/completion", {"sha256": SHA256}),
    ):
        answer = direct.client.http.request(method, path, json=body, headers=theirs)
        unknown = direct.client.http.request(method, path.replace(upload, "finns-inte"), json=body, headers=theirs)
        assert answer.status_code == unknown.status_code == 404
        assert answer.json() == {**unknown.json(), "instance": answer.json()["instance"]}
    assert direct.standing(upload)["missingParts"] == 3


def test_an_upload_goes_one_way_alone(direct: Direct) -> None:
    tus = {"Tus-Resumable": "1.0.0"}
    upload = direct.begun()["upload"]
    assert direct.client.http.head(f"/v1/uploads/{upload}", headers=tus).status_code == 404
    assert direct.client.http.delete(f"/v1/uploads/{upload}", headers=tus).status_code == 404
    announced = direct.client.http.post("/v1/uploads", headers={**tus, "Upload-Length": "9"})
    passing = announced.headers["location"].rpartition("/")[2]
    assert direct.client.http.get(f"{PATH}/{passing}").status_code == 404
    assert direct.complete(passing).status_code == 404
    assert direct.client.http.options("/v1/uploads").headers["earkiv-upload-ways"] == "tus, direct"


def test_room_and_quota_hold_before_an_address_is_given(direct: Direct) -> None:
    mine = key_for(direct.client, Role.PRODUCER, "Nämnd")
    direct.ports.catalogue.set_quota(Quota(producer="Nämnd", bytes=len(CONTENT)))

    def asked(length: int) -> httpx.Response:
        return direct.client.http.post(PATH, json={"length": length}, headers=mine)

    assert asked(len(CONTENT) + 1).status_code == 413
    upload = asked(len(CONTENT)).json()["upload"]
    assert (asked(1).status_code, asked(1).headers["retry-after"]) == (429, "30")
    assert direct.client.http.delete(f"{PATH}/{upload}", headers=mine).status_code == 204
    assert direct.kept(upload) == set()
    assert asked(1).status_code == 201


def test_a_full_staging_gives_no_address(direct: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OutOfSpace("fullt", "full")

    before = direct.kept()
    monkeypatch.setattr(S3Store, "prove_room", full)
    answer = direct.client.http.post(PATH, json={"length": 1})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert direct.kept() == before


@pytest.mark.parametrize("fault", [Fault.SLOW_DOWN, Fault.FORBIDDEN, Fault.CUT_BEFORE])
def test_a_fault_of_the_store_is_an_outage_and_never_the_producers(direct: Direct, fault: Fault) -> None:
    told = direct.begun()
    direct.send(told)
    direct.script.plan(fault, ANY, "uploads", FOREVER)
    outages = [
        direct.client.http.post(PATH, json={"length": 9}),
        direct.client.http.get(f"{PATH}/{told['upload']}"),
        direct.complete(told["upload"]),
    ]
    assert [(answer.status_code, answer.headers["retry-after"]) for answer in outages] == [(503, "30")] * 3
    direct.script.plan(fault, ANY, "uploads", 0)
    assert direct.complete(told["upload"]).status_code == 200
    assert let_go_of_unknown(direct.ports) == ()


@pytest.mark.parametrize("fault", [Fault.DONE_BUT_ERROR, Fault.DONE_BUT_CUT, Fault.ERROR_IN_200])
def test_a_completion_whose_answer_was_lost_is_found_done(direct: Direct, fault: Fault) -> None:
    told = direct.begun()
    direct.send(told)
    direct.script.plan(fault, "POST", "uploadId")
    assert direct.complete(told["upload"]).json()["status"] == "finished"


def test_nobody_waits_for_a_long_reading_and_who_asks_again_joins_it(
    direct: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, service = direct.begun(), direct.client.service
    direct.send(told, CONTENT[::-1])
    may_read, opened = threading.Event(), []
    really = S3Store.open

    def slow(store: S3Store, key: str) -> Any:
        opened.append(key)
        assert may_read.wait(30)
        return really(store, key)

    monkeypatch.setattr(S3Store, "open", slow)
    object.__setattr__(service, "proof_seconds", 0.2)
    for _ in range(2):
        answer = direct.complete(told["upload"])
        assert (answer.status_code, answer.json()["status"], answer.headers["retry-after"]) == (202, "proving", "5")
    may_read.set()
    object.__setattr__(service, "proof_seconds", 30.0)
    assert direct.complete(told["upload"]).status_code == 422
    assert len(opened) == 1


def test_a_process_that_stops_reads_no_further_and_nothing_is_lost(direct: Direct) -> None:
    told = direct.begun()
    direct.send(told)
    ports = direct.ports
    assert ports.direct
    with pytest.raises(HandedBack):
        finish(ports.catalogue.upload(told["upload"]), SHA256, ports, ports.direct, lambda: True)
    assert direct.standing(told["upload"])["status"] == "open"
    assert direct.complete(told["upload"]).json()["status"] == "finished"


def test_an_upload_that_is_let_go_while_it_is_read_leaves_nothing(direct: Direct) -> None:
    told = direct.begun()
    direct.send(told)
    ports = direct.ports
    upload = ports.catalogue.upload(told["upload"])

    def let_go_meanwhile() -> bool:
        ports.catalogue.forget_upload(upload.id)
        return False

    assert ports.direct
    with pytest.raises(UnknownSubject):
        finish(upload, SHA256, ports, ports.direct, let_go_meanwhile)
    assert direct.kept(upload.id) == set()


def test_what_nobody_comes_back_for_is_given_up(direct: Direct) -> None:
    told = direct.begun()
    direct.send(told, CONTENT, 1)
    later = direct.ports.clock.now() + LIFETIME + timedelta(seconds=1)
    assert direct.kept(told["upload"])
    assert told["upload"] in [upload.id for upload in let_go_of_expired(later, direct.ports)]
    assert direct.kept() == set()
    assert direct.outside.put(told["missing"][1]["url"], content=b"x" * 1000).status_code == 404
    assert direct.client.http.get(f"{PATH}/{told['upload']}").status_code == 404


def test_what_a_lost_catalogue_does_not_know_is_given_up_too(direct: Direct) -> None:
    half, whole = direct.begun()["upload"], direct.finished()
    assert let_go_of_unknown(direct.ports) == ()
    for upload in (half, whole):
        direct.ports.catalogue.forget_upload(upload)
    assert let_go_of_unknown(direct.ports) == tuple(sorted((half, whole)))
    assert direct.kept(half) | direct.kept(whole) == set()


def test_what_the_store_gave_up_by_itself_is_not_there(direct: Direct) -> None:
    told = direct.begun()
    direct.send(told)
    assert direct.ports.direct
    direct.ports.direct.give_up(f"uploads/{told['upload']}/")
    assert direct.client.http.get(f"{PATH}/{told['upload']}").status_code == 404
    assert direct.complete(told["upload"]).status_code == 404
    with pytest.raises(UnknownSubject):
        direct.ports.catalogue.upload(told["upload"])


def test_no_address_stands_in_a_log(direct: Direct, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "ingest")
    told = direct.begun()
    direct.script.plan(Fault.FORBIDDEN, ANY, "uploads", FOREVER)
    direct.client.http.get(f"{PATH}/{told['upload']}")
    direct.complete(told["upload"])
    lines = "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if "ingest" in record.name
    )
    assert lines
    assert "X-Amz" not in lines
    assert "uploadId" not in lines


@pytest.mark.parametrize(
    "wrong", [{"length": 0}, {"length": True}, {"length": "9"}, {"length": 1 << 60}, {}, {"length": 1, "x": 1}]
)
def test_an_announcement_that_cannot_be_understood_is_refused(direct: Direct, wrong: Json) -> None:
    assert direct.client.http.post(PATH, json=wrong).status_code == 400


def test_where_producers_do_not_reach_the_store_it_is_said_so(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        for method, path in (
            ("POST", PATH),
            ("GET", f"{PATH}/x"),
            ("DELETE", f"{PATH}/x"),
            ("POST", f"{PATH}/x/completion"),
        ):
            answer = client.http.request(method, path)
            assert (answer.status_code, answer.json()["type"]) == (404, "urn:earkiv:problem:direct-uploads-not-offered")
            assert "/v1/uploads" in answer.json()["detail"]
        assert client.http.options("/v1/uploads").headers["earkiv-upload-ways"] == "tus"
        assert httpx.post(f"{client.http.base_url}{PATH}").status_code == 401
