"""A receipt as a page, over the API and from the command line."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event, Semaphore

import httpx
import pytest
from lxml import html

from ingest.api import receipt_pages, whole_answers
from ingest.application.consult_archive import receipt_of
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Severity
from ingest.domain.keys import Role
from ingest.pipeline.step import Ports
from tests.features.api_client import Client, Json, case_push, document, served
from tests.features.api_keys import key_for
from tests.features.broken_requests import until
from tests.features.front_door import Door

NAME = "<img src=x onerror=alert(1)>.txt"
_MORE_THAN_THREADS = 44
"""The server has forty that all requests share."""


def _page(client: Client, location: str, **headers: str) -> httpx.Response:
    return client.http.get(f"{location}/receipt", headers={"Accept": "text/html", **headers})


@pytest.mark.parametrize(("language", "words"), [("sv", "Mottagen och arkiverad"), ("en", "Accepted and archived")])
def test_a_receipt_is_a_page_for_whoever_prefers_one(tmp_path: Path, language: str, words: str) -> None:
    with served(tmp_path / "home") as client:
        location = client.post(json=case_push("d-1", document(b"Hej!", NAME))).headers["location"]
        as_json = client.receipt(location)
        page = _page(client, location, **{"Accept-Language": language})
        plain = client.http.get(f"{location}/receipt")
        assert (plain.json(), plain.headers["vary"]) == (as_json, "Accept")
        stranger = _page(client, location, Authorization="Bearer fel")
    assert stranger.status_code == 401
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-language"] == language
    assert page.headers["vary"] == "Accept, Accept-Language"
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    tree = html.document_fromstring(page.content)
    said = "".join(map(str, tree.itertext()))
    assert not list(tree.iter("img"))
    for word in (words, NAME, as_json["signature"], as_json["key"], as_json["files"][0]["sha256"]):
        assert word in said, word


def test_a_large_receipt_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(tmp_path / "home") as client:
        location = client.post(json=case_push("d-1", document(b"Hej!", NAME))).headers["location"]
        small = client.receipt(location), _page(client, location).content
        monkeypatch.setattr(whole_answers, "LARGE_BYTES", 1)
        as_json, page = client.http.get(f"{location}/receipt"), _page(client, location)
        with Path("/dev/full").open("w+b") as full:
            monkeypatch.setattr(whole_answers, "TemporaryFile", lambda: full)
            assert _page(client, location).status_code == 503
    assert (as_json.json(), page.content) == small
    for answer in (as_json, page):
        assert int(answer.headers["content-length"]) == len(answer.content)


def test_large_receipts_are_made_one_at_a_time_and_keep_no_other_request_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = Semaphore(0), Event()

    def slowly(reference: str, ports: Ports) -> Json:
        reading.release()
        assert go_on.wait(timeout=60)
        return receipt_of(reference, ports)

    with served(tmp_path / "home", patience_seconds=2.0) as client:
        location = client.post(json=case_push("d-1", document(b"Hej!", NAME))).headers["location"]
        client.receipt(location)
        monkeypatch.setattr(whole_answers, "LARGE_BYTES", 1)
        monkeypatch.setattr(receipt_pages, "receipt_of", slowly)
        with ThreadPoolExecutor(_MORE_THAN_THREADS) as pool:
            asked = [pool.submit(client.http.get, f"{location}/receipt") for _ in range(_MORE_THAN_THREADS)]
            try:
                assert reading.acquire(timeout=60)
                until(lambda: client.service.telling.statistics().tasks_waiting > 0)
                assert client.http.get(location, timeout=30).status_code == 200
                turned_away = [one.result(timeout=60) for one in wait(asked, 60, FIRST_COMPLETED).done]
            finally:
                go_on.set()
            answers = [one.result(timeout=60) for one in asked]
    for answer in turned_away:
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:earkiv:problem:too-busy")
        assert "retry-after" in answer.headers
    assert {answer.status_code for answer in answers} == {200, 503}
    assert turned_away


def test_a_note_of_unknown_length_is_made_as_a_large_receipt_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[int] = []

    with served(tmp_path / "home") as client:
        terms = SubmissionAgreement(
            id="vänta", version=1, severities=(("EARKIV-SA-5", Severity.WARNING),), hold=("EARKIV-SA-5",)
        )
        client.archive.ports.catalogue.add_agreement(terms)
        key = key_for(client, Role.PRODUCER, "Nämnden", "vänta")

        def noted(reference: str, ports: Ports) -> Json:
            free.append(client.service.telling.value)
            return receipt_of(reference, ports)

        monkeypatch.setattr(receipt_pages, "receipt_of", noted)
        location = client.post(json=case_push("d-1", document(b"Hej!")), headers=key).headers["location"]
        note = client.receipt(location)
    assert (note["outcome"], set(free)) == ("held", {0})


def test_a_delivery_that_is_not_decided_is_a_problem_for_browsers_too(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        location = client.post(json=case_push("d-1", document(b"Hej!"))).headers["location"]
        answer = _page(client, location)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_command_line_writes_the_page_to_a_file(tmp_path: Path) -> None:
    door, page = Door(home=tmp_path / "home"), tmp_path / "kvitto.html"
    with served(tmp_path / "home") as client:
        receipt = client.receipt(client.post(json=case_push("d-1", document(b"Hej!"))).headers["location"])
    written = door.run("receipt", receipt["package"], "--html", page, "--json", "--lang", "en")
    assert (written.code, written.document) == (0, receipt)
    assert "Accepted and archived" in "".join(map(str, html.document_fromstring(page.read_bytes()).itertext()))
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []
    assert door.run("receipt", receipt["package"], "--html", tmp_path / "finns" / "inte.html").code == 2
