"""A receipt as a page, over the API and from the command line."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from lxml import html

from ingest.api import receipt_pages
from tests.features.api_client import Client, case_push, document, served
from tests.features.front_door import Door

NAME = "<img src=x onerror=alert(1)>.txt"


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


def test_a_large_receipt_says_the_same_and_is_made_beside_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(tmp_path / "home") as client:
        location = client.post(json=case_push("d-1", document(b"Hej!", NAME))).headers["location"]
        small = client.receipt(location), _page(client, location).content
        monkeypatch.setattr(receipt_pages, "LARGE_BYTES", 1)
        with client.service.reading, ThreadPoolExecutor() as pool:
            waiting = pool.submit(_page, client, location)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1)
            client.service.reading.release()
            try:
                page = waiting.result(timeout=60)
            finally:
                client.service.reading.acquire()
        as_json = client.http.get(f"{location}/receipt")
    assert (as_json.json(), page.content) == small
    for answer in (as_json, page):
        assert int(answer.headers["content-length"]) == len(answer.content)


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
