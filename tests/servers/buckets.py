"""Stores in new buckets of a server of tests."""

import uuid
from collections.abc import Sequence
from pathlib import Path

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.client import Patience, client_of
from ingest.adapters.s3.store import S3Store
from ingest.adapters.secrets import Secret
from tests.servers.s3 import S3Server

QUICK = Patience(attempts=3, connect_seconds=5, read_seconds=20)


def address_of(server: S3Server, bucket: str, prefix: str = "", lock_days: int = 0) -> S3Address:
    """Give the address of a bucket of the server, which need not exist."""
    return S3Address(
        bucket=bucket,
        prefix=prefix,
        endpoint=server.endpoint,
        region=server.region,
        key_id=server.key_id,
        secret=Secret(server.secret),
        lock_days=lock_days,
    )


def new_store(server: S3Server, name: str, scratch: Path, prefix: str = "arkiv/å/", lock_days: int = 0) -> S3Store:
    """Make a bucket and give a store below a prefix of it."""
    address = address_of(server, f"earkiv-{uuid.uuid4()}", prefix, lock_days)
    client = client_of(address, QUICK)
    client.create_bucket(Bucket=address.bucket, ObjectLockEnabledForBucket=bool(lock_days))
    return S3Store(address, name, scratch, QUICK)


def in_s3(there: S3Server, roles: Sequence[str], scratch: Path) -> dict[str, str]:
    """Make a bucket for every role, and give the settings that name them."""
    settings = {"EARKIV_S3_ENDPOINT": there.endpoint, "EARKIV_S3_REGION": there.region}
    settings |= {"EARKIV_S3_KEY_ID": there.key_id, "EARKIV_S3_SECRET": there.secret}
    for role in roles:
        bucket = new_store(there, role, scratch, prefix="").bucket.address.bucket
        settings[f"EARKIV_STORE_{role.upper()}"] = f"s3://{bucket}/earkiv"
    return settings
