"""Resumable uploads: what came before a cut is kept, and a finished upload is a document's or a package's bytes."""

import base64
import hashlib
import io
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from tusclient.client import TusClient

from ingest.application import resumable_uploads
from ingest.application.resumable_uploads import let_go_of_unknown
from ingest.domain.fixity import Fixity
from ingest.errors import OutOfSpace
from ingest.pipeline.step import Ports
from tests.features.api_client import KEY, Client, case_push, document, served
from tests.features.front_door import SAMPLES, Door
from tests.patience import PATIENCE_SECONDS

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {**TUS, "Content-Type": "application/offset+octet-stream"}
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setattr(resumable_uploads, "SEGMENT_BYTES", 3000)
    with served(tmp_path / "home") as client:
        yield client


def begun(client: Client, length: int = len(CONTENT), **headers: str) -> str:
    answer = client.http.post("/v1/uploads", headers={**TUS, "Upload-Length": str(length), **headers})
    assert answer.status_code == 201, answer.text
    location: str = answer.headers["location"]
    return location


def offset(client: Client, location: str) -> int:
    answer = client.http.head(location, headers=TUS)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return int(answer.headers["upload-offset"])


def sent(client: Client, location: str, content: bytes, at: int, **headers: str) -> httpx.Response:
    return client.http.patch(location, content=content, headers={**BYTES, "Upload-Offset": str(at), **headers})


def finished(client: Client, content: bytes = CONTENT, **headers: str) -> str:
    location = begun(client, len(content), **headers)
    assert sent(client, location, content, 0).status_code == 204
    return location


def test_an_upload_grows_piece_by_piece(client: Client) -> None:
    location = begun(client)
    for at, end in ((0, 5000), (5000, 5000), (5000, 10_240)):
        answer = sent(client, location, CONTENT[at:end], at)
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(end))
    assert offset(client, location) == len(CONTENT)
    assert sent(client, location, b"", 5000).status_code == 409
    assert sent(client, location, b"x", len(CONTENT)).status_code == 400


def test_an_upload_comes_in_so_many_pieces_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumable_uploads, "MOST_PIECES", 2)
    location = begun(client)
    assert [sent(client, location, CONTENT[at : at + 10], at).status_code for at in (0, 10, 20)] == [204, 204, 413]
    larger = begun(client)
    ends = (0, 10, 6000, len(CONTENT))
    assert [sent(client, larger, CONTENT[at:end], at).status_code for at, end in pairwise(ends)] == [204] * 3


def test_a_cut_loses_nothing_that_came(client: Client) -> None:
    location = begun(client)
    address = urlsplit(str(client.http.base_url))
    request = (
        f"PATCH {location} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nTus-Resumable: 1.0.0\r\n"
        f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: {len(CONTENT)}\r\n\r\n"
    )
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(request.encode() + CONTENT[:4321])
        deadline = time.monotonic() + PATIENCE_SECONDS
        while offset(client, location) < 3000:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    # What is recorded last may come in between: a client asks again then.
    while (at := offset(client, location)) < len(CONTENT):
        assert 3000 <= at <= 4321
        assert sent(client, location, CONTENT[at:], at).status_code in {204, 409}
    case = case_push("a-1", document(CONTENT, upload=location.rpartition("/")[2]))
    receipt = client.receipt(client.post(json=case).headers["location"])
    digests = {file["path"]: file["sha256"] for file in receipt["files"]}
    assert digests["documents/ansökan.txt"] == hashlib.sha256(CONTENT).hexdigest()


def test_a_checksum_decides_before_anything_is_kept(client: Client) -> None:
    location = begun(client)

    def checked(algorithm: str, content: bytes) -> int:
        digest = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
        return sent(client, location, CONTENT, 0, **{"Upload-Checksum": f"{algorithm} {digest}"}).status_code

    assert checked("sha256", b"annat") == 460
    assert offset(client, location) == 0
    assert list(client.archive.ports.staging.keys("uploads/")) == []
    proven = {
        "Upload-Checksum": f"md5 {base64.b64encode(hashlib.md5(CONTENT, usedforsecurity=False).digest()).decode()}"
    }
    other = f"sha-256=:{base64.b64encode(hashlib.sha256(b'annat').digest()).decode()}:"
    assert sent(client, location, CONTENT, 0, **proven, **{"Repr-Digest": other}).status_code == 422
    assert list(client.archive.ports.staging.keys("uploads/")) == []
    assert sent(client, location, CONTENT, 0, **{"Upload-Checksum": "crc32 AAAA"}).status_code == 400
    assert checked("sha1", CONTENT) == 204
    assert offset(client, location) == len(CONTENT)


def test_a_package_is_delivered_from_an_upload_and_a_repeat_too(client: Client) -> None:
    content = (SAMPLES / "skolarende-csip.zip").read_bytes()
    name = base64.b64encode(b"skolarende-csip.zip").decode()
    upload = finished(client, content, **{"Upload-Metadata": f"filename {name}"}).rpartition("/")[2]
    first = client.post(params={"upload": upload})
    assert first.status_code == 202
    receipt = client.receipt(first.headers["location"])
    assert receipt["outcome"] == "accepted"
    again = client.post(params={"upload": upload})
    assert (again.status_code, again.headers["location"]) == (200, first.headers["location"])


def test_an_upload_that_is_not_finished_or_not_what_was_said_is_refused(client: Client) -> None:
    half = begun(client).rpartition("/")[2]
    whole = finished(client).rpartition("/")[2]
    for named in (document(CONTENT, upload=half), document(b"annat", upload=whole), document(CONTENT, upload="x")):
        assert client.post(json=case_push("a-1", named)).status_code == 422
    assert client.post(params={"upload": half}).status_code == 400
    assert client.archive.ports.catalogue.unfinished() == ()


def test_an_upload_is_its_senders_alone_and_can_be_let_go(client: Client, tmp_path: Path) -> None:
    location = finished(client)
    door = Door(home=tmp_path / "home")
    created = door.run("keys", "create", "--producer", "Annan", "--agreement", "default", "--json").document
    other = {**TUS, "Authorization": f"Bearer {created['key']}"}
    assert client.http.head(location, headers=other).status_code == 404
    assert client.http.delete(location, headers=other).status_code == 404
    let_go, gone = (client.http.request(method, location, headers=TUS) for method in ("DELETE", "HEAD"))
    assert (let_go.status_code, gone.status_code) == (204, 404)
    assert let_go.headers["tus-resumable"] == gone.headers["tus-resumable"] == "1.0.0"
    assert list(client.archive.ports.staging.keys("uploads/")) == []


def test_abilities_and_versions_are_told(client: Client) -> None:
    told = client.http.options("/v1/uploads")
    assert (told.status_code, told.headers["tus-version"]) == (204, "1.0.0")
    assert "checksum" in told.headers["tus-extension"]
    refused = client.http.post("/v1/uploads", headers={"Upload-Length": "1", "Tus-Resumable": "0.2.2"})
    assert (refused.status_code, refused.headers["tus-version"]) == (412, "1.0.0")
    for length in ("", "-1", "1.5", "9" * 30):
        assert client.http.post("/v1/uploads", headers={**TUS, "Upload-Length": length}).status_code == 400


def test_a_post_may_be_what_a_network_lets_through_in_no_other_way(client: Client) -> None:
    location = begun(client, 4)
    patch = {**BYTES, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    landed = client.http.post(location, content=b"Hej!", headers=patch)
    assert (landed.status_code, landed.headers["upload-offset"]) == (204, "4")
    for method in ("GET", "OPTIONS", "x"):
        other = client.http.post(location, headers={**TUS, "X-HTTP-Method-Override": method})
        assert (other.status_code, other.headers["tus-resumable"]) == (405, "1.0.0")
    read = client.http.head(location, headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
    assert (read.status_code, offset(client, location)) == (200, 4)
    gone = client.http.post(location, headers={**TUS, "X-HTTP-Method-Override": "delete"})
    assert (gone.status_code, client.http.head(location, headers=TUS).status_code) == (204, 404)
    elsewhere = client.http.post("/v1/deliveries/none", headers={"X-HTTP-Method-Override": "DELETE"})
    assert (elsewhere.status_code, "tus-resumable" in elsewhere.headers) == (405, False)


def test_what_never_fits_is_too_large_and_what_may_fit_later_is_not_there_yet(client: Client) -> None:
    whole = client.archive.ports.staging.capacity()
    assert whole is not None
    never = client.http.post("/v1/uploads", headers={**TUS, "Upload-Length": str(whole + 1)})
    assert (never.status_code, never.json()["type"]) == (413, "urn:earkiv:problem:too-large")
    assert never.headers["tus-resumable"] == "1.0.0"
    later = client.http.post("/v1/uploads", headers={**TUS, "Upload-Length": str(whole)})
    assert (later.status_code, "retry-after" in later.headers) == (503, True)


def test_the_first_bytes_may_come_with_the_announcement(client: Client) -> None:
    headers = {**BYTES, "Upload-Length": str(len(CONTENT))}
    answer = client.http.post("/v1/uploads", headers=headers, content=CONTENT[:100])
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "100")
    assert offset(client, answer.headers["location"]) == 100


@pytest.mark.parametrize(
    ("wrong", "status"), [({"Upload-Checksum": "md5 AAAA"}, 460), ({"Upload-Length": "9000"}, 400)]
)
def test_an_upload_that_nobody_came_to_know_of_is_let_go(client: Client, wrong: dict[str, str], status: int) -> None:
    headers = {**BYTES, "Upload-Length": str(len(CONTENT)), **wrong}
    assert client.http.post("/v1/uploads", headers=headers, content=CONTENT).status_code == status
    assert client.archive.ports.catalogue.bytes_to_come(client.archive.ports.clock.now()) == 0
    assert list(client.archive.ports.staging.keys("uploads/")) == []


@pytest.mark.parametrize("checking", [{}, {"upload_checksum": True}])
def test_a_tus_client_of_another_making_uploads_and_resumes(client: Client, checking: dict[str, Any]) -> None:
    theirs = TusClient(f"{client.http.base_url}/v1/uploads", headers={"Authorization": f"Bearer {KEY}"})
    first = theirs.uploader(file_stream=io.BytesIO(CONTENT), chunk_size=4000, **checking)
    first.upload(stop_at=4000)
    resumed = theirs.uploader(file_stream=io.BytesIO(CONTENT), chunk_size=4000, url=first.url, **checking)
    assert resumed.offset == 4000
    resumed.upload()
    case = case_push("a-1", document(CONTENT, upload=str(first.url).rpartition("/")[2]))
    receipt = client.receipt(client.post(json=case).headers["location"])
    assert hashlib.sha256(CONTENT).hexdigest() in {file["sha256"] for file in receipt["files"]}


def test_an_uploaded_package_may_have_its_note_beside_it_and_must_be_what_is_said(client: Client) -> None:
    package = SAMPLES / "flera-arenden-erms.zip"
    content, note = package.read_bytes(), package.with_suffix(".json").read_bytes()
    name = base64.b64encode(package.name.encode()).decode()
    upload = finished(client, content, **{"Upload-Metadata": f"filename {name}"}).rpartition("/")[2]
    digest = hashlib.sha256(content).hexdigest()
    other = client.post(params={"upload": upload, "sha256": digest[::-1]})
    assert (other.status_code, other.json()["type"]) == (422, "urn:earkiv:problem:digest-mismatch")
    files = {"note": ("note.json", note)}
    answer = client.post(params={"upload": upload, "sha256": digest}, files=files)
    delivery = client.receipt(answer.headers["location"])["delivery"]
    beside = client.post(files={"package": (package.name, content), **files})
    assert (beside.status_code, beside.headers["location"]) == (200, answer.headers["location"])
    assert delivery


def test_what_a_lost_catalogue_does_not_know_is_cleared_away(client: Client) -> None:
    location = finished(client)
    ports = client.archive.ports
    assert let_go_of_unknown(ports) == ()
    ports.catalogue.forget_upload(location.rpartition("/")[2])
    assert let_go_of_unknown(ports) == (location.rpartition("/")[2],)
    assert list(ports.staging.keys("uploads/")) == []


class Counting:
    """A store that counts the bytes that are put into it, and has no room for more than so many."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.put_bytes = 0
        self.room_for = 1 << 40
        self.before_put: Callable[[], object] = lambda: None

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        self.before_put()
        fixity: Fixity = self._store.put(key, chunks)
        self.put_bytes += fixity.size
        return fixity

    def prove_room(self, needed: int) -> None:
        if needed > self.room_for:
            raise OutOfSpace("fullt", "full")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, Counting]]:
    monkeypatch.setattr(resumable_uploads, "SEGMENT_BYTES", 3000)
    stores: list[Counting] = []

    def fit(ports: Ports) -> Ports:
        stores.append(Counting(ports.staging))
        return replace(ports, staging=stores[0])

    with served(tmp_path / "home", working=False, fit=fit) as client:
        yield client, stores[0]


def _naming(upload: str, number: int, delivery: str = "a-1", **fields: Any) -> dict[str, Any]:
    named = (document(CONTENT, name=f"{n}.txt", upload=upload, **fields) for n in range(number))
    return case_push(delivery, *named)


def test_an_upload_that_many_documents_name_is_copied_once(counted: tuple[Client, Counting]) -> None:
    client, store = counted
    upload = finished(client).rpartition("/")[2]
    before = store.put_bytes
    answer = client.post(json=_naming(upload, 20))
    assert answer.status_code == 202, answer.text
    assert len(CONTENT) < store.put_bytes - before < 2 * len(CONTENT)
    held = client.archive.ports.catalogue.staged(answer.headers["location"].rpartition("/")[2])
    assert [one.size for one in held].count(len(CONTENT)) == 20


def test_nothing_is_copied_that_does_not_fit_or_is_of_another_length(counted: tuple[Client, Counting]) -> None:
    client, store = counted
    upload = finished(client).rpartition("/")[2]
    before, store.room_for = store.put_bytes, len(CONTENT) - 1
    assert client.post(params={"upload": upload}).status_code == 503
    assert client.post(json=_naming(upload, 1)).status_code == 503
    store.room_for = 1 << 40
    refused = client.post(json=_naming(upload, 1, size=len(CONTENT) - 1))
    assert (refused.status_code, refused.json()["findings"][0]["rule"]) == (422, "EARKIV-FIX-2")
    assert store.put_bytes == before


def _used(client: Client, store: Counting, upload: str, **request: Any) -> httpx.Response:
    """Deliver from an upload that is let go before the first byte of it is copied."""
    store.before_put = lambda: client.http.delete(f"/v1/uploads/{upload}", headers=TUS)
    answer = client.post(**request)
    store.before_put = lambda: None
    assert client.archive.ports.catalogue.unfinished() == ()
    return answer


def test_an_upload_that_is_let_go_while_it_is_used_is_not_there(counted: tuple[Client, Counting]) -> None:
    client, store = counted
    package, named = (finished(client).rpartition("/")[2] for _ in range(2))
    refused = _used(client, store, package, params={"upload": package})
    assert (refused.status_code, refused.json()["type"]) == (400, "urn:earkiv:problem:malformed-request")
    refused = _used(client, store, named, json=_naming(named, 2))
    assert (refused.status_code, refused.json()["findings"][0]["rule"]) == (422, "EARKIV-FIX-3")
