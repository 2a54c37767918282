"""Direct uploads in the server shape, on a real Ceph: the documented commands, and that no log has a secret."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.api_client import case_push, document
from tests.features.documented import blocks, run
from tests.features.server_shape import ROLES, Server, server
from tests.servers.broker import redis_server
from tests.servers.buckets import in_s3
from tests.servers.postgres import Postgres
from tests.servers.s3 import S3Server

pytestmark = pytest.mark.ci
CONTENT = hashlib.shake_256(b"direct").digest((16 << 20) + 5)


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres, s3_server: S3Server) -> Iterator[Server]:
    public = s3_server.endpoint.replace("127.0.0.1", "localhost")
    stores = {**in_s3(s3_server, ROLES, tmp_path), "EARKIV_STORE_STAGING_PUBLIC_ENDPOINT": public}
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker, **stores) as shared:
        shared.establish()
        yield shared


def test_the_documented_commands_upload_and_the_case_is_archived(shared: Server, tmp_path: Path) -> None:
    (tmp_path / "arende.zip").write_bytes(CONTENT)
    key = shared.key("Stadsbyggnadsnämnden")["key"]
    with shared.worker("two"), shared.api("one", key) as serving:
        (block,) = (found for found in blocks("rest-api", "reference") if "direct-uploads" in found)
        address = str(serving.http.base_url).rstrip("/")
        said = run(block.replace("https://arkiv.example.se", address), tmp_path, EARKIV_API_KEY=key)
        upload = said.split()[-1]
        delivered = serving.http.post("/v1/deliveries", json=case_push("d-1", document(CONTENT, upload=upload)))
        assert delivered.status_code == 202, delivered.text
        serving.wait_for(delivered.headers["location"], "archived")
        receipt = serving.http.get(f"{delivered.headers['location']}/receipt").json()
        assert hashlib.sha256(CONTENT).hexdigest() in {file["sha256"] for file in receipt["files"]}
        begun = serving.http.post("/v1/direct-uploads", json={"length": len(CONTENT)}).json()
        for done in (upload, begun["upload"]):
            assert serving.http.delete(f"/v1/direct-uploads/{done}").status_code == 204
    logs = [path.read_text() for path in tmp_path.glob("*.log")]
    assert any(logs)
    assert not [log for log in logs if "X-Amz" in log or "uploadId" in log]
