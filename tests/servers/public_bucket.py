"""A bucket that the archive writes and the reading room may only read, by the policy that the how-to gives."""

import json
import re

from access.store_place import BucketPlace
from ingest.adapters.s3.store import S3Store
from tests.architecture.source_tree import REPOSITORY
from tests.servers.s3 import READER, S3Server

_POLICY = re.compile(r"^```json\n(\{\n  \"Version\".*?)^```$", re.MULTILINE | re.DOTALL)


def policy(bucket: str, prefix: str) -> str:
    """Give the policy of the how-to for a bucket and its reader."""
    page = (REPOSITORY / "docs" / "how-to" / "reading-room.md").read_text(encoding="utf-8")
    (told,) = _POLICY.findall(page)
    for there, here in (("BUCKET", bucket), ("PREFIX/", prefix), ("READER", READER)):
        assert there in told
        told = told.replace(there, here)
    assert json.loads(told)
    return str(told)


def open_to_reader(store: S3Store) -> None:
    """Let the reader read below the store's prefix."""
    address = store.bucket.address
    store.bucket.client.put_bucket_policy(Bucket=address.bucket, Policy=policy(address.bucket, address.prefix))


def readers_place(server: S3Server, store: S3Store, keys: tuple[str, str]) -> BucketPlace:
    """Give the place as the reading room is told of it."""
    address = store.bucket.address
    return BucketPlace(
        bucket=address.bucket,
        prefix=address.prefix,
        endpoint=server.endpoint,
        region=server.region,
        key_id=keys[0],
        secret=keys[1],
    )
