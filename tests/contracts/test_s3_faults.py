"""S3 under faults: before a store in memory, and before a real Ceph."""

import pytest

from tests.contracts.s3_faults import S3FaultsContract
from tests.servers.http_faults import Backend, forwarding
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server


class TestFaultsBeforeMemory(S3FaultsContract):
    @pytest.fixture
    def backend(self) -> Backend:
        return MemoryS3()


@pytest.mark.ci
class TestFaultsBeforeCeph(S3FaultsContract):
    @pytest.fixture
    def backend(self, s3_server: S3Server) -> Backend:
        return forwarding(s3_server.endpoint)

    @pytest.fixture
    def keys(self, s3_server: S3Server) -> tuple[str, str]:
        return s3_server.key_id, s3_server.secret
