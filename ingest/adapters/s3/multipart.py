"""Objects beyond one PUT, in parts: sent or copied, then claimed, then completed over the claim.

Parts are seen by nobody until they are completed, and an upload's id is the attempt's own. Only who holds the claim
to exactly these bytes completes, so completing twice puts the same bytes. An upload that was cut off is gone on with:
its parts are compared by MD5 as the bytes are read again, and only what differs is sent.
"""

import hashlib
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from ingest.adapters.s3.bucket import Bucket, etag_of, md5_of
from ingest.adapters.s3.faults import UPLOAD_GONE, code_of, faults_of

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

PART: Final = 8 << 20
"""Bytes of a part, and of the largest object sent in one PUT; parts grow in long objects, to stay below 10,000."""
_GROWS_EVERY = 1000
_LARGEST = 64 << 20
_COPIED = 256 << 20


def part_size(number: int) -> int:
    """Give the bytes of part `number`, from 1 on: 8 MiB, doubled every 1,000 parts up to 64 MiB."""
    return min(PART << ((number - 1) // _GROWS_EVERY), _LARGEST)


class Upload:
    """One multipart upload to one key."""

    def __init__(self, bucket: Bucket, key: str, upload_id: str, known: dict[int, str]) -> None:
        self._bucket, self._key, self._id = bucket, key, upload_id
        self._known = known
        self._parts: list[CompletedPartTypeDef] = []

    @property
    def next_size(self) -> int:
        """Give the bytes of the next part."""
        return part_size(len(self._parts) + 1)

    def send(self, content: bytes) -> None:
        """Send the next part, unless the very same was sent before."""
        number, digest = len(self._parts) + 1, hashlib.md5(content, usedforsecurity=False).hexdigest()
        etag = f'"{digest}"'
        if self._known.get(number) != etag:
            with faults_of(self._bucket.place):
                answer = self._bucket.client.upload_part(
                    Bucket=self._bucket.address.bucket,
                    Key=self._key,
                    UploadId=self._id,
                    PartNumber=number,
                    Body=io.BytesIO(content),
                    ContentMD5=md5_of(content),
                )
            etag = etag_of(answer, self._bucket.place)
        self._parts.append({"PartNumber": number, "ETag": etag})

    def copy(self, source: Bucket, source_key: str, size: int) -> None:
        """Have the server copy an object of that size into the upload."""
        for start in range(0, size, _COPIED):
            number = len(self._parts) + 1
            with faults_of(self._bucket.place):
                answer = self._bucket.client.upload_part_copy(
                    Bucket=self._bucket.address.bucket,
                    Key=self._key,
                    UploadId=self._id,
                    PartNumber=number,
                    CopySource={"Bucket": source.address.bucket, "Key": source_key},
                    CopySourceRange=f"bytes={start}-{min(start + _COPIED, size) - 1}",
                )
            self._parts.append({"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]})

    def complete(self, is_whole: Callable[[], bool]) -> None:
        """Make the parts the object; an upload that is gone has been completed before, if `is_whole` says so."""
        with faults_of(self._bucket.place):
            try:
                self._bucket.client.complete_multipart_upload(
                    Bucket=self._bucket.address.bucket,
                    Key=self._key,
                    UploadId=self._id,
                    MultipartUpload={"Parts": self._parts},
                )
            except ClientError as error:
                if code_of(error) == "InvalidPart":
                    # Another writer's parts are among them, or more than ours: the next attempt begins afresh.
                    self.abort()
                if code_of(error) not in UPLOAD_GONE or not is_whole():
                    raise

    def abort(self) -> None:
        """Give the upload up and free its parts; one that is gone is no error."""
        with faults_of(self._bucket.place):
            try:
                self._bucket.client.abort_multipart_upload(
                    Bucket=self._bucket.address.bucket, Key=self._key, UploadId=self._id
                )
            except ClientError as error:
                if code_of(error) not in UPLOAD_GONE:
                    raise


def begin(bucket: Bucket, key: str) -> Upload:
    """Begin an upload, locked from its completion on where the store locks."""
    with faults_of(bucket.place):
        answer = bucket.client.create_multipart_upload(Bucket=bucket.address.bucket, Key=key, **bucket.retention())
    return Upload(bucket, key, answer["UploadId"], {})


def resume(bucket: Bucket, key: str) -> Upload:
    """Go on with the newest upload to the key that was cut off, or begin one."""
    begun = [upload for upload in bucket.uploads(key) if upload.key == key]
    if not begun:
        return begin(bucket, key)
    newest = max(begun, key=lambda upload: (upload.at, upload.upload_id)).upload_id
    pages = bucket.client.get_paginator("list_parts")
    with faults_of(bucket.place):
        try:
            known = {
                part["PartNumber"]: part["ETag"]
                for page in pages.paginate(Bucket=bucket.address.bucket, Key=key, UploadId=newest)
                for part in page.get("Parts", ())
            }
        except ClientError as error:
            if code_of(error) not in UPLOAD_GONE:
                raise
            return begin(bucket, key)
    return Upload(bucket, key, newest, known)
