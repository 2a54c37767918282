"""Every opener of nested containers passes the contract of its port."""

from collections.abc import Iterator

import pytest

from ingest.adapters.nested import PooledNestedOpener
from ingest.tool_ports import NestedOpener
from tests.contracts.nested import NestedOpenerContract


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NestedOpener]:
    workspace = tmp_path_factory.mktemp("scratch")
    made = PooledNestedOpener(workspace=workspace, patience_seconds=120, memory_bytes=400 << 20, make_room=lambda: None)
    yield made
    made.close()
    assert list(workspace.iterdir()) == []


class TestPooledNestedOpener(NestedOpenerContract):
    @pytest.fixture
    def opener(self, pooled: NestedOpener) -> NestedOpener:
        return pooled
