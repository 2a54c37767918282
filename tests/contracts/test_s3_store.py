"""S3 passes the one contract of object stores: in memory behind a real connection, and on a real Ceph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.ports import ObjectStore
from tests.contracts.object_store import ObjectStoreContract
from tests.servers.buckets import new_store
from tests.servers.http_faults import Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server


class TestS3InMemory(ObjectStoreContract):
    @pytest.fixture
    def server(self) -> Iterator[S3Server]:
        with standing_before(MemoryS3(), Script()) as endpoint:
            yield S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there

    @pytest.fixture
    def store(self, server: S3Server, tmp_path: Path) -> ObjectStore:
        return new_store(server, "archive", tmp_path)

    @pytest.fixture
    def source(self, server: S3Server, tmp_path: Path) -> ObjectStore:
        return new_store(server, "staging", tmp_path)


@pytest.mark.ci
class TestCephStore(ObjectStoreContract):
    @pytest.fixture
    def store(self, s3_server: S3Server, tmp_path: Path) -> ObjectStore:
        return new_store(s3_server, "archive", tmp_path)

    @pytest.fixture
    def source(self, s3_server: S3Server, tmp_path: Path) -> ObjectStore:
        return new_store(s3_server, "staging", tmp_path)
