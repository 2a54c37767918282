"""Every content checker passes the contract of its port."""

from collections.abc import Iterator

import pytest

from ingest.adapters.content import PooledContentChecker
from ingest.tool_ports import ContentChecker
from tests.contracts.contents import ContentCheckerContract


@pytest.fixture(scope="module")
def pooled() -> Iterator[ContentChecker]:
    made = PooledContentChecker(workers=2, patience_seconds=120)
    yield made
    made.close()


class TestPooledContentChecker(ContentCheckerContract):
    @pytest.fixture
    def checker(self, pooled: ContentChecker) -> ContentChecker:
        return pooled
