"""`DirectStore` in an S3 bucket: multipart uploads that the archive begins and completes, their parts put by producers.

Whoever has the address of a part can put that part and nothing else: the signature covers key, upload, number and
length, and ends with its time. What is listed and completed goes by the archive's own name for the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.bucket import Begun, Bucket
from ingest.adapters.s3.client import Patience, client_of
from ingest.adapters.s3.faults import UPLOAD_GONE, code_of, faults_of
from ingest.adapters.s3.multipart import Upload
from ingest.adapters.s3.spelling import Spelling
from ingest.adapters.store_keys import folder_of
from ingest.domain.uploads import Part, SentPart

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

_Answer = TypeVar("_Answer")


class S3DirectStore:
    """`DirectStore` below a prefix of a bucket, which producers reach at `public_endpoint`."""

    def __init__(self, address: S3Address, public_endpoint: str, patience: Patience | None = None) -> None:
        patience = patience or Patience()
        self._bucket = Bucket(address, patience)
        self._spelling = Spelling(prefix=address.prefix)
        # It signs and sends nothing.
        self._signer = client_of(replace(address, endpoint=public_endpoint), patience)

    def begin(self, key: str) -> str:
        """Begin an object that comes in parts, and give the store's id for that. Raises EarkivError."""
        with faults_of(self._bucket.place):
            answer = self._bucket.client.create_multipart_upload(
                Bucket=self._bucket.address.bucket, Key=self._spelling.physical(key)
            )
        return answer["UploadId"]

    def address(self, key: str, begun: str, part: Part, lasting: timedelta) -> str:
        """Sign the address to which exactly that part may be put for so long. Nothing is asked of the store."""
        with faults_of(self._bucket.place):
            return self._signer.generate_presigned_url(
                "upload_part",
                Params={**self._named(key, begun), "PartNumber": part.number, "ContentLength": part.size},
                ExpiresIn=max(1, int(lasting.total_seconds())),
            )

    def sent(self, key: str, begun: str) -> tuple[SentPart, ...] | None:
        """List the parts that have come, in order; None where it was completed or given up."""
        pages = self._bucket.client.get_paginator("list_parts").paginate(**self._named(key, begun))
        return self._unless_gone(
            lambda: tuple(
                SentPart(part=Part(number=part["PartNumber"], size=part["Size"]), mark=part["ETag"])
                for page in pages
                for part in page.get("Parts", ())
            )
        )

    def complete(self, key: str, begun: str, parts: Sequence[SentPart]) -> bool:
        """Make these parts the object under the key; False where it was given up; where completed before, either.

        Raises StoreUnavailable where a part was put anew meanwhile.
        """
        named: list[CompletedPartTypeDef] = [{"PartNumber": one.part.number, "ETag": one.mark} for one in parts]
        client, whole = self._bucket.client, self._named(key, begun)
        answer = self._unless_gone(lambda: client.complete_multipart_upload(**whole, MultipartUpload={"Parts": named}))
        return answer is not None

    def give_up(self, folder: str) -> None:
        """Free the parts of all that was begun and not completed below a folder."""
        for begun in self._begun(folder):
            Upload(self._bucket, begun.key, begun.upload_id, {}).abort()

    def under_way(self, folder: str) -> tuple[str, ...]:
        """List the keys below a folder that were begun and not completed, sorted."""
        found = (self._spelling.logical(begun.key) for begun in self._begun(folder))
        return tuple(sorted({key for key in found if key is not None}))

    def _begun(self, folder: str) -> tuple[Begun, ...]:
        folder_of(folder)
        return tuple(self._bucket.uploads(self._spelling.prefix + folder))

    def _named(self, key: str, begun: str) -> dict[str, Any]:
        return {"Bucket": self._bucket.address.bucket, "Key": self._spelling.physical(key), "UploadId": begun}

    def _unless_gone(self, ask: Callable[[], _Answer]) -> _Answer | None:
        """Ask the store; None where it says that there is no such upload (any more)."""
        with faults_of(self._bucket.place):
            try:
                return ask()
            except ClientError as error:
                if code_of(error) not in UPLOAD_GONE:
                    raise
                return None
