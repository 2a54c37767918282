"""What crashes leave in a bucket: uploads never completed, claims never redeemed. Removed by exact keys, when old."""

from collections.abc import Iterator
from datetime import datetime

from ingest.adapters.s3.bucket import Bucket
from ingest.adapters.s3.claims import CLAIM_BYTES
from ingest.adapters.s3.multipart import Upload
from ingest.adapters.s3.spelling import Spelling


def sweep(bucket: Bucket, spelling: Spelling, before: datetime) -> tuple[str, ...]:
    """Remove uploads and claims begun before that time, and say the keys in the bucket they were to have, sorted."""
    uploads = tuple(upload for upload in bucket.uploads(spelling.prefix) if upload.at < before)
    for upload in uploads:
        Upload(bucket, upload.key, upload.upload_id, {}).abort()
    claims = tuple(_claims(bucket, spelling.prefix, before))
    bucket.delete(claims)
    return tuple(sorted({*claims, *(upload.key for upload in uploads)}))


def _claims(bucket: Bucket, prefix: str, before: datetime) -> Iterator[str]:
    for found in bucket.listed(prefix):
        if found.size == CLAIM_BYTES and found.at < before:
            head = bucket.head(found.key)
            if head is not None and head.mark:
                yield found.key
