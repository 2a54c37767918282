"""Whatever a client sends, by our own description or against it: never a fault of ours, always what is described."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ingest.adapters.s3.direct import S3DirectStore
from ingest.application.manage_keys import StaffKey, issue_key
from ingest.domain.keys import Role
from tests.features.api_client import KEY, Client, case_push, document, served
from tests.servers.buckets import new_store
from tests.servers.http_faults import Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW: Final = 12
MANY: Final = 50
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
WITHOUT_INPUT: Final = (
    "GET /metrics",
    "GET /health/live",
    "GET /health/ready",
    "OPTIONS /v1/uploads",
    "GET /v1/agreements",
    "GET /.well-known/earkiv-keys.json",
    "GET /v1/webhooks",
)
"""Or whose input may be anything."""
WITH_INPUT: Final = (
    "POST /v1/deliveries",
    "GET /v1/deliveries/{delivery_id}",
    "GET /v1/deliveries/{delivery_id}/events",
    "GET /v1/deliveries/{delivery_id}/receipt",
    "POST /v1/deliveries/{delivery_id}/decision",
    "POST /v1/validations",
    "POST /v1/uploads",
    "HEAD /v1/uploads/{upload_id}",
    "PATCH /v1/uploads/{upload_id}",
    "DELETE /v1/uploads/{upload_id}",
    "POST /v1/direct-uploads",
    "GET /v1/direct-uploads/{direct_upload_id}",
    "DELETE /v1/direct-uploads/{direct_upload_id}",
    "POST /v1/direct-uploads/{direct_upload_id}/completion",
    "GET /v1/packages/{package_id}",
    "GET /v1/packages/{package_id}/timeline",
    "GET /v1/packages/{package_id}/files",
    "GET /v1/packages/{package_id}/files/{path}",
    "GET /v1/packages/{package_id}/mets",
    "GET /v1/packages/{package_id}/premis",
    "POST /v1/packages/{package_id}/corrections",
    "POST /v1/agreements",
    "GET /v1/agreements/{agreement_id}",
    "GET /v1/agreements/{agreement_id}/versions",
    "POST /v1/agreements/{agreement_id}/versions",
    "GET /v1/agreements/{agreement_id}/versions/{version}",
    "GET /v1/agreements/{agreement_id}/changes",
    "POST /v1/webhooks",
    "GET /v1/webhooks/{webhook_id}",
    "POST /v1/webhooks/{webhook_id}/secret",
    "POST /v1/webhooks/{webhook_id}/test",
    "POST /v1/webhooks/{webhook_id}/replay",
    "DELETE /v1/webhooks/{webhook_id}",
)
LAST: Final = (
    "DELETE /v1/uploads/{upload_id}",
    "DELETE /v1/direct-uploads/{direct_upload_id}",
    "DELETE /v1/webhooks/{webhook_id}",
)
OF_WHAT_IS_THERE: Final = tuple(operation for operation in WITH_INPUT if "{" in operation and operation not in LAST)
OF_ARCHIVISTS: Final = frozenset(
    {
        "POST /v1/agreements",
        "POST /v1/agreements/{agreement_id}/versions",
        "POST /v1/packages/{package_id}/corrections",
        "POST /v1/deliveries/{delivery_id}/decision",
    }
)
TRIED: Final = [
    *((operation, POSITIVE) for operation in WITHOUT_INPUT),
    *((operation, mode) for operation in WITH_INPUT for mode in (POSITIVE, NEGATIVE)),
]
KEEPING: Final = {httpx.codes.ACCEPTED, httpx.codes.CREATED, httpx.codes.NO_CONTENT}
MODEST: Final = 1 << 30
KNOWN: Final = case_push("a-1", document(b"Hej!"))
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
QUIET: Final = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An archive that holds a package, takes in, and works nothing more off, so that all that is kept can be seen."""
    home = tmp_path_factory.mktemp("archive") / "home"
    with served(home) as client:
        client.receipt(client.post(json=KNOWN).headers["location"])
    with standing_before(MemoryS3(), Script()) as endpoint:
        server = S3Server(endpoint=endpoint, key_id="id", secret="hemligt")  # noqa: S106 - nothing is kept there
        store = S3DirectStore(new_store(server, "staging", home).bucket.address, endpoint)
        with served(home, working=False, fit=lambda ports: replace(ports, direct=store)) as client:
            yield client


@pytest.fixture(scope="module")
def there(client: Client) -> dict[str, str]:
    """What is there, by the name of its place in a path."""
    delivery = client.post(json=KNOWN).json()
    files = client.http.get(f"/v1/packages/{delivery['package']}/files").json()["files"]
    announced = client.http.post("/v1/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000000"})
    return {
        "delivery_id": delivery["id"],
        "package_id": delivery["package"],
        "path": files[0]["path"],
        "agreement_id": "default",
        "version": "1",
        "webhook_id": _webhook(client),
        "upload_id": announced.headers["location"].rpartition("/")[2],
        "direct_upload_id": client.http.post("/v1/direct-uploads", json={"length": 9}).json()["upload"],
    }


def _webhook(client: Client) -> str:
    """One that is there; what a producer may have can be used up by now."""
    client.http.post("/v1/webhooks", json={"url": "https://mottagare.example/"})
    found: str = client.http.get("/v1/webhooks").json()["webhooks"][0]["id"]
    return found


@pytest.fixture(scope="module")
def archivist(client: Client) -> str:
    """The key of somebody who may change agreements."""
    ports = client.archive.ports
    wanted = StaffKey(role=Role.ARCHIVIST, holder="Anna Arkivarie")
    return issue_key(wanted, "prov", ports.catalogue, ports.ids, ports.clock.now()).secret


@pytest.fixture(scope="module")
def operations(client: Client) -> dict[str, Any]:
    schema = schemathesis.openapi.from_url(f"{client.http.base_url}/openapi.json")
    found: list[Any] = list(schema.get_all_operations())
    return {operation.label: operation for operation in (result.ok() for result in found)}


def test_every_operation_is_tried(operations: dict[str, Any]) -> None:
    assert sorted(operations) == sorted((*WITHOUT_INPUT, *WITH_INPUT))


@pytest.mark.parametrize(("operation", "mode"), TRIED)
def test_every_answer_is_as_described(
    client: Client, operations: dict[str, Any], archivist: str, operation: str, mode: GenerationMode
) -> None:
    key = archivist if operation in OF_ARCHIVISTS else KEY
    _tried(client, operations[operation].as_strategy(generation_mode=mode), FEW, key)


@pytest.mark.ci
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("operation", "mode"), TRIED)
def test_every_answer_is_as_described_many_times(
    client: Client, operations: dict[str, Any], archivist: str, operation: str, mode: GenerationMode
) -> None:
    key = archivist if operation in OF_ARCHIVISTS else KEY
    _tried(client, operations[operation].as_strategy(generation_mode=mode), MANY, key)


@pytest.mark.parametrize("operation", OF_WHAT_IS_THERE)
def test_every_answer_about_what_is_there_is_as_described(
    client: Client, operations: dict[str, Any], there: dict[str, str], archivist: str, operation: str
) -> None:
    named = {name: value for name, value in there.items() if f"{{{name}}}" in operation}
    key = archivist if operation in OF_ARCHIVISTS else KEY
    _tried(client, operations[operation].as_strategy(path_parameters=named), FEW // 2, key)
    if operation.startswith("GET "):
        place = operation.removeprefix("GET ").format(**there)
        assert client.http.get(place).status_code == httpx.codes.OK


@pytest.mark.parametrize("operation", ["POST /v1/deliveries", "POST /v1/validations"])
def test_every_case_with_true_digests_is_answered_as_described(
    client: Client, operations: dict[str, Any], operation: str
) -> None:
    pushed = operations[operation].as_strategy(media_type="application/json", headers={})
    _tried(client, pushed.map(_with_true_digests), FEW)


@pytest.mark.ci
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("operation", ["POST /v1/deliveries", "POST /v1/validations"])
def test_every_case_with_true_digests_is_answered_as_described_many_times(
    client: Client, operations: dict[str, Any], operation: str
) -> None:
    pushed = operations[operation].as_strategy(media_type="application/json", headers={})
    _tried(client, pushed.map(_with_true_digests), MANY)


def _tried(client: Client, cases: "st.SearchStrategy[Case[Any]]", examples: int, key: str = KEY) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=QUIET)
    @given(cases)
    def holds(case: "Case[Any]") -> None:
        before = _kept(client)
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and _asks_for_much_room(case):
            return
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code not in KEEPING:
            assert _kept(client) == before

    holds()


def _asks_for_much_room(case: "Case[Any]") -> bool:
    """What is refused for want of room is a 503, and rightly so."""
    announced = case.body.get("length", "") if isinstance(case.body, dict) else ""
    length = str(case.headers.get("Upload-Length", announced))
    return length.isascii() and length.isdigit() and int(length) > MODEST


def _kept(client: Client) -> set[str]:
    ports = client.archive.ports
    assert ports.direct
    deliveries = {f"{one.id}/" for one in ports.catalogue.unfinished()}
    return deliveries | {*ports.staging.keys(""), *ports.direct.under_way("")}


def _with_true_digests(case: "Case[Any]") -> "Case[Any]":
    """Let each document say what its own bytes are, so that more is right than a generator can hit upon."""
    _mend(case.body)
    return case


def _mend(value: object) -> None:
    match value:
        case {"content": str(content), "sha256": _}:
            held = _decoded(content)
            assert isinstance(value, dict)
            value.update(content=base64.b64encode(held).decode(), sha256=hashlib.sha256(held).hexdigest())
            value.pop("size", None)
        case dict():
            for inside in value.values():
                _mend(inside)
        case list():
            for inside in value:
                _mend(inside)
        case _:
            pass


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except ValueError:
        return content.encode("utf-8", "replace")


METHODS: Final = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"])
PLACES: Final = st.sampled_from(
    [
        "/v1/deliveries",
        "/v1/deliveries/",
        "/v1/deliveries/{}",
        "/v1/deliveries/{}/receipt",
        "/v1/deliveries/{}/events",
        "/v1/validations",
        "/v1/direct-uploads",
        "/v1/direct-uploads/{}/completion",
        "/v1/agreements",
        "/v1/agreements/{}/versions",
        "/v1/agreements/{}/versions/{}",
        "/v1/{}",
        "/health/ready",
        "/{}",
    ]
)
ANY_SEGMENT: Final = st.binary(min_size=1, max_size=40).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw))
ANY_VALUE: Final = st.binary(max_size=60).map(lambda raw: bytes(b for b in raw if b >= 0x20 and b != 0x7F).strip())
NUMBER: Final = st.one_of(st.integers(), st.just(10**400), st.text(max_size=5))
HEADERS: Final = st.dictionaries(
    st.sampled_from(
        [b"Accept", b"Accept-Language", b"Content-Type", b"Repr-Digest", b"Last-Event-ID", b"X-Forwarded-For"]
    ),
    st.one_of(
        ANY_VALUE,
        st.sampled_from(
            [
                b"application/json",
                b"application/json; charset=\xff",
                b"application/zip",
                b"multipart/form-data; boundary=b",
                b"multipart/form-data; boundary=",
                b"multipart/form-data; boundary*=utf-8''%ff",
                b"text/event-stream",
                b"sha-256=::",
                b"sha-256=:\xe5:",
                b"sv;q=nan, en;q=1e400",
            ]
        ),
    ),
)
QUERY: Final = st.dictionaries(st.sampled_from(["after", "limit", "agreement", "name", "x"]), NUMBER)
BODY: Final = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"{}", b"[" * 100_000, b'{"delivery":' + b"9" * 5000 + b"}", b"\xef\xbb\xbf{}", b'"\\ud800"']),
    st.binary(max_size=50).map(
        lambda held: b'--b\r\nContent-Disposition: form-data; name="case"\r\n\r\n' + held + b"\r\n--b--\r\n"
    ),
)


@given(method=METHODS, place=PLACES, segment=ANY_SEGMENT, query=QUERY, headers=HEADERS, body=BODY)
@settings(max_examples=60, suppress_health_check=[*QUIET, HealthCheck.function_scoped_fixture])
def test_against_the_description_it_is_a_problem_that_the_client_can_mend(
    client: Client,
    method: str,
    place: str,
    segment: str,
    query: dict[str, Any],
    headers: dict[bytes, bytes],
    body: bytes,
) -> None:
    before = _kept(client)
    answer = client.http.request(method, place.replace("{}", segment), params=query, headers=headers, content=body)
    assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, answer.text
    if answer.status_code >= httpx.codes.BAD_REQUEST and method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
    assert _kept(client) == before


def test_a_method_that_is_not_there_is_a_problem_that_says_which_are(client: Client) -> None:
    answer = client.http.delete("/v1/validations", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Method Not Allowed"
