"""S3 passes the one contract of object stores, on a real Ceph."""

from pathlib import Path

import pytest

from ingest.ports import ObjectStore
from tests.contracts.object_store import ObjectStoreContract
from tests.servers.buckets import new_store
from tests.servers.s3 import S3Server


@pytest.mark.ci
class TestCephStore(ObjectStoreContract):
    @pytest.fixture
    def store(self, s3_server: S3Server, tmp_path: Path) -> ObjectStore:
        return new_store(s3_server, "archive", tmp_path)

    @pytest.fixture
    def source(self, s3_server: S3Server, tmp_path: Path) -> ObjectStore:
        return new_store(s3_server, "staging", tmp_path)
