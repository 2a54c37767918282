"""Every extractor of texts passes the contract of its port."""

from collections.abc import Iterator

import pytest

from ingest.adapters.text_work import TextBounds
from ingest.adapters.texts import PooledTextExtractor
from ingest.tool_ports import TextExtractor
from tests.contracts.text_extractor import TextExtractorContract

MEMORY = 400 << 20


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextExtractor]:
    workspace = tmp_path_factory.mktemp("scratch")
    made = PooledTextExtractor(workspace=workspace, patience_seconds=240, memory_bytes=MEMORY)
    yield made
    made.close()
    assert list(workspace.iterdir()) == []


@pytest.fixture(scope="module")
def pooled_in_haste(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextExtractor]:
    bounds = TextBounds(seconds=0.5, seconds_per_mib=0)
    workspace = tmp_path_factory.mktemp("scratch")
    made = PooledTextExtractor(workspace=workspace, patience_seconds=240, memory_bytes=MEMORY, bounds=bounds)
    yield made
    made.close()


class TestPooledTextExtractor(TextExtractorContract):
    @pytest.fixture
    def extractor(self, pooled: TextExtractor) -> TextExtractor:
        return pooled

    @pytest.fixture
    def hasty(self, pooled_in_haste: TextExtractor) -> TextExtractor:
        return pooled_in_haste
