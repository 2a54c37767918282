"""Whether a bucket for drops can be used, found out with tiny objects of our own that are deleted again."""

from collections.abc import Iterator
from contextlib import suppress

from ingest.adapters.drop_probe import FOLDERS, Act, Lacking, Trial, name_of_ours
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.bucket import Bucket
from ingest.adapters.s3.client import Patience
from ingest.errors import EarkivError


def probe_bucket(address: S3Address, patience: Patience | None = None) -> Lacking | None:
    """List, write, write once, read and delete in each of the four folders; give the first that cannot be done.

    What a bucket with versions keeps of it is two bytes and a mark of deletion for each folder.
    """
    bucket, trial, name = Bucket(address, patience or Patience()), Trial(), name_of_ours()
    for folder in FOLDERS:
        key = f"{address.prefix}{folder}/{name}"
        try:
            lacking = next(_lacking(bucket, key, folder, trial), None)
        except EarkivError:
            lacking = trial.lacking
        if lacking is not None:
            if lacking.act not in (Act.LIST, Act.REMOVE):
                with suppress(EarkivError):
                    bucket.remove((key,))
            return lacking
    return None


def _lacking(bucket: Bucket, key: str, folder: str, trial: Trial) -> Iterator[Lacking]:
    """Try one folder, and tell what was done though it should not have been."""
    with trial.of(Act.LIST, folder):
        bucket.names(key.rpartition("/")[0] + "/")
        next(bucket.uploads(key), None)  # as filing a large drop does, to go on with what was begun
    with trial.of(Act.WRITE, folder):
        bucket.put_object(key, b"1")
    with trial.of(Act.WRITE_ONCE, folder):
        if bucket.put_object(key, b"2"):
            yield Lacking(act=Act.WRITE_ONCE, folder=folder, reason=None)
    with trial.of(Act.READ, folder):
        if bucket.content(key) != b"1":
            yield Lacking(act=Act.READ, folder=folder, reason=None)
    with trial.of(Act.REMOVE, folder):
        bucket.remove((key,))
        if bucket.content(key) is not None:
            yield Lacking(act=Act.REMOVE, folder=folder, reason=None)
