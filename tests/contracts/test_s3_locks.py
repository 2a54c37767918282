"""Object Lock in governance mode on a real Ceph: nobody deletes in passing, a decided disposal can."""

from dataclasses import replace
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from ingest.adapters.s3.multipart import PART
from ingest.adapters.s3.store import S3Store
from ingest.errors import ConfigurationError
from tests.contracts.object_store import fixity, read
from tests.servers.buckets import QUICK, new_store
from tests.servers.s3 import S3Server

LARGE = b"x" * (PART + 1)


@pytest.fixture
def store(s3_server: S3Server, tmp_path: Path) -> S3Store:
    return new_store(s3_server, "archive", tmp_path, lock_days=30)


@pytest.mark.ci
@pytest.mark.parametrize("content", [b"small", LARGE])
def test_what_is_put_is_locked_in_governance_mode_and_a_disposal_removes_every_version(
    store: S3Store, content: bytes
) -> None:
    assert store.put("a/b", [content]) == fixity(content)
    bucket, key = store.bucket.address.bucket, store.spelling.physical("a/b")
    held = store.bucket.client.head_object(Bucket=bucket, Key=key)
    assert held["ObjectLockMode"] == "GOVERNANCE"
    with pytest.raises(ClientError, match="AccessDenied"):
        store.bucket.client.delete_object(Bucket=bucket, Key=key, VersionId=held["VersionId"])
    assert read(store, "a/b") == content
    store.delete(["a/b", "absent"])
    assert list(store.keys("")) == []
    versions = store.bucket.client.list_object_versions(Bucket=bucket)
    assert not versions.get("Versions")
    assert not versions.get("DeleteMarkers")


@pytest.mark.ci
def test_a_root_inventory_can_be_replaced_all_the_same(store: S3Store) -> None:
    store.replace("root/inventory.json", b"first")
    store.replace("root/inventory.json", b"second")
    assert read(store, "root/inventory.json") == b"second"


@pytest.mark.ci
def test_what_is_locked_stays_where_the_store_is_not_told_of_locks(store: S3Store, tmp_path: Path) -> None:
    store.put("a", [b"locked"])
    other = S3Store(replace(store.bucket.address, lock_days=0), "archive", tmp_path, QUICK)
    with pytest.raises(ConfigurationError, match="AccessDenied"):
        other.delete(["a"])
    assert read(store, "a") == b"locked"
