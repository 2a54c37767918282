"""Every operation of the API by every role: the whole table, against a real server."""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest

from ingest.domain.keys import Operation, Role
from tests.features.api_client import Client, case_push, document, served
from tests.features.api_keys import Header, key_for

_O = Operation
WANTS: Final[dict[str, Operation | None]] = {
    "GET /health/live": None,
    "GET /health/ready": None,
    "GET /.well-known/earkiv-keys.json": None,
    "POST /v1/deliveries": _O.DELIVER,
    "GET /v1/deliveries/{delivery_id}": _O.READ_DELIVERIES,
    "GET /v1/deliveries/{delivery_id}/events": _O.READ_DELIVERIES,
    "GET /v1/deliveries/{delivery_id}/receipt": _O.READ_DELIVERIES,
    "OPTIONS /v1/uploads": None,
    "POST /v1/uploads": _O.DELIVER,
    "HEAD /v1/uploads/{upload_id}": _O.DELIVER,
    "PATCH /v1/uploads/{upload_id}": _O.DELIVER,
    "DELETE /v1/uploads/{upload_id}": _O.DELIVER,
    "POST /v1/direct-uploads": _O.DELIVER,
    "GET /v1/direct-uploads/{direct_upload_id}": _O.DELIVER,
    "DELETE /v1/direct-uploads/{direct_upload_id}": _O.DELIVER,
    "POST /v1/direct-uploads/{direct_upload_id}/completion": _O.DELIVER,
    "POST /v1/validations": _O.VALIDATE,
    "GET /v1/packages/{package_id}": _O.READ_PACKAGES,
    "GET /v1/packages/{package_id}/timeline": _O.READ_PACKAGES,
    "GET /v1/packages/{package_id}/files": _O.READ_PACKAGES,
    "GET /v1/packages/{package_id}/files/{path}": _O.READ_PACKAGES,
    "GET /v1/packages/{package_id}/mets": _O.READ_PACKAGES,
    "GET /v1/packages/{package_id}/premis": _O.READ_PACKAGES,
    "POST /v1/packages/{package_id}/corrections": _O.CORRECT_METADATA,
    "POST /v1/deliveries/{delivery_id}/decision": _O.DECIDE_HELD,
    "GET /v1/agreements": _O.READ_AGREEMENTS,
    "POST /v1/agreements": _O.EDIT_AGREEMENTS,
    "GET /v1/agreements/{agreement_id}": _O.READ_AGREEMENTS,
    "GET /v1/agreements/{agreement_id}/versions": _O.READ_AGREEMENTS,
    "POST /v1/agreements/{agreement_id}/versions": _O.EDIT_AGREEMENTS,
    "GET /v1/agreements/{agreement_id}/versions/{version}": _O.READ_AGREEMENTS,
    "GET /v1/agreements/{agreement_id}/changes": _O.READ_AGREEMENTS,
    "GET /v1/webhooks": _O.READ_WEBHOOKS,
    "POST /v1/webhooks": _O.CHANGE_WEBHOOKS,
    "GET /v1/webhooks/{webhook_id}": _O.READ_WEBHOOKS,
    "DELETE /v1/webhooks/{webhook_id}": _O.CHANGE_WEBHOOKS,
    "POST /v1/webhooks/{webhook_id}/secret": _O.CHANGE_WEBHOOKS,
    "POST /v1/webhooks/{webhook_id}/test": _O.CHANGE_WEBHOOKS,
    "POST /v1/webhooks/{webhook_id}/replay": _O.CHANGE_WEBHOOKS,
    "GET /metrics": _O.READ_METRICS,
}
"""What each operation of the API takes a role to be allowed; None = nothing, it is public."""
MAY: Final = {
    Role.PRODUCER: {
        _O.DELIVER,
        _O.VALIDATE,
        _O.READ_DELIVERIES,
        _O.READ_PACKAGES,
        _O.READ_AGREEMENTS,
        _O.READ_WEBHOOKS,
        _O.CHANGE_WEBHOOKS,
    },
    Role.ARCHIVIST: {
        _O.VALIDATE,
        _O.READ_DELIVERIES,
        _O.READ_PACKAGES,
        _O.READ_AGREEMENTS,
        _O.EDIT_AGREEMENTS,
        _O.CORRECT_METADATA,
        _O.DECIDE_HELD,
    },
    Role.OPERATOR: {_O.READ_METRICS},
}
NONE: Final = "finns-inte"
PRODUCER: Final = "Byggnadsnämnden"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A served archive."""
    with served(tmp_path_factory.mktemp("archive") / "home") as client:
        yield client


@pytest.fixture(scope="module")
def keys(client: Client) -> dict[Role, Header]:
    return {role: key_for(client, role, PRODUCER) for role in Role}


@pytest.fixture(scope="module")
def there(client: Client, keys: dict[Role, Header]) -> dict[str, str]:
    """What is there, by the name of its place in a path: all of it the producer's."""
    taken = client.post(json=case_push("d-1", document(b"Hej!")), headers=keys[Role.PRODUCER])
    package = client.receipt(taken.headers["location"])["package"]
    place = {"delivery_id": taken.json()["id"], "package_id": package, "path": "METS.xml"}
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "3"}
    upload = client.http.post("/v1/uploads", headers={**keys[Role.PRODUCER], **tus}).headers["location"]
    return {
        **place,
        "agreement_id": "default",
        "version": "1",
        "upload_id": upload.rpartition("/")[2],
        "direct_upload_id": NONE,
        "webhook_id": NONE,
    }


def test_every_operation_is_in_the_table(client: Client) -> None:
    paths: dict[str, dict[str, Any]] = client.http.get("/openapi.json").json()["paths"]
    assert {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations} == set(WANTS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("operation", WANTS)
def test_a_role_is_let_in_where_the_table_says_so(
    client: Client, keys: dict[Role, Header], there: dict[str, str], role: Role, operation: str
) -> None:
    method, _, path = operation.format(**there).partition(" ")
    status = client.http.request(method, path, headers={**keys[role], "Tus-Resumable": "1.0.0"}).status_code
    wanted = WANTS[operation]
    assert (status == httpx.codes.FORBIDDEN) is (wanted is not None and wanted not in MAY[role])
    if method == "GET" and status != httpx.codes.FORBIDDEN:
        assert status == (httpx.codes.NOT_FOUND if NONE in path else httpx.codes.OK)


@pytest.mark.parametrize("operation", [name for name, wanted in WANTS.items() if wanted])
def test_without_a_key_nothing_is_let_in(client: Client, there: dict[str, str], operation: str) -> None:
    method, _, path = operation.format(**there).partition(" ")
    assert httpx.request(method, f"{client.http.base_url}{path}").status_code == httpx.codes.UNAUTHORIZED


def test_another_producer_sees_nothing_of_it(client: Client, there: dict[str, str]) -> None:
    theirs = key_for(client, Role.PRODUCER, "Socialnämnden")
    for place in ("/v1/deliveries/{delivery_id}", "/v1/packages/{package_id}"):
        assert client.http.get(place.format(**there), headers=theirs).status_code == httpx.codes.NOT_FOUND
