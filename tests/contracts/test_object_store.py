"""Every object store passes the one contract."""

from pathlib import Path

import pytest

from ingest.adapters.directory import DirectoryStore
from ingest.ports import ObjectStore
from tests.contracts.object_store import ObjectStoreContract
from tests.fakes.memory_store import MemoryStore


class TestMemoryStore(ObjectStoreContract):
    @pytest.fixture
    def store(self) -> ObjectStore:
        return MemoryStore("archive")

    @pytest.fixture
    def source(self) -> ObjectStore:
        return MemoryStore("staging")


class TestDirectoryStore(ObjectStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> ObjectStore:
        return _directory(tmp_path, "archive")

    @pytest.fixture
    def source(self, tmp_path: Path) -> ObjectStore:
        return _directory(tmp_path, "staging")


def _directory(parent: Path, name: str) -> ObjectStore:
    root = parent / name
    root.mkdir()
    return DirectoryStore(root, name)
