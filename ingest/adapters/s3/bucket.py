"""The requests that an S3 store is made of, by keys as they are in the bucket; every fault is an EarkivError.

A request that fails in passing is repeated by botocore with back-off (`Patience`), then StoreUnavailable.
"""

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar

from botocore.exceptions import ClientError

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.claims import MARK
from ingest.adapters.s3.client import Patience, client_of
from ingest.adapters.s3.faults import MISSING, TAKEN, code_of, faults_of
from ingest.adapters.system import SystemClock
from ingest.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, ObjectIdentifierTypeDef, ObjectLockRetentionTypeDef

_DELETED_AT_ONCE = 1000
_Page = TypeVar("_Page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What lies under a key: its size, its ETag, and its mark where it is a claim ("" where it is an object)."""

    size: int
    mark: str
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a listing: key in the bucket, size in bytes, time of writing, ETag."""

    key: str
    size: int
    at: datetime
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A multipart upload that was begun and not completed: the key in the bucket, its id, when it was begun."""

    key: str
    upload_id: str
    at: datetime


class Told(TypedDict, total=False):
    """What is told of an object beside its bytes, in S3's words: how long it is locked, and its metadata."""

    ObjectLockMode: Literal["GOVERNANCE"]
    ObjectLockRetainUntilDate: datetime
    Metadata: Mapping[str, str]


class Bucket:
    """One bucket behind one address."""

    def __init__(self, address: S3Address, patience: Patience) -> None:
        self.address = address
        self.place = str(address)
        self.client: S3Client = client_of(address, patience)
        self._is_versioned: bool | None = None

    def retention(self) -> Told:
        """Give the lock that an object put now gets: governance mode only, so that a disposal can be carried out."""
        if not self.address.lock_days:
            return {}
        return {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": self._locked_until()}

    def _locked_until(self) -> datetime:
        return SystemClock().now() + timedelta(days=self.address.lock_days)

    def head(self, key: str) -> Head | None:
        """Say what lies under the key. Raises ConfigurationError where the bucket itself is gone."""
        with faults_of(self.place):
            try:
                found = self.client.head_object(Bucket=self.address.bucket, Key=key)
            except ClientError as error:
                if code_of(error) not in MISSING:
                    raise
                self.require()
                return None
        return Head(size=found["ContentLength"], mark=found["Metadata"].get(MARK, ""), etag=found["ETag"])

    def require(self) -> None:
        """Look whether the bucket is there: an answer about an object does not tell. Raises ConfigurationError."""
        with faults_of(self.place):
            try:
                self.client.head_bucket(Bucket=self.address.bucket)
            except ClientError as error:
                if code_of(error) in MISSING:
                    error.response["Error"]["Code"] = "NoSuchBucket"
                raise

    def get(self, key: str, start: int = 0) -> "GetObjectOutputTypeDef":
        """Ask for an object from an offset on. Raises botocore's own errors: the reader knows what to make of them."""
        if not start:
            return self.client.get_object(Bucket=self.address.bucket, Key=key)
        return self.client.get_object(Bucket=self.address.bucket, Key=key, Range=f"bytes={start}-")

    def content(self, key: str) -> bytes | None:
        """Read a small object whole; None where there is none."""
        with faults_of(self.place):
            try:
                return self.get(key)["Body"].read()
            except ClientError as error:
                if code_of(error) not in MISSING:
                    raise
                return None

    def put_object(self, key: str, content: bytes) -> bool:
        """Put an object where there is none, with its lock; False where something lies there."""
        return self._put_new(key, content, self.retention())

    def put_claim(self, key: str, content: bytes, mark: str) -> bool:
        """Put a claim where there is nothing, without a lock; False where something lies there."""
        return self._put_new(key, content, {"Metadata": {MARK: mark}})

    def _put_new(self, key: str, content: bytes, told: Told) -> bool:
        with faults_of(self.place):
            try:
                answer = self.client.put_object(
                    Bucket=self.address.bucket,
                    Key=key,
                    Body=io.BytesIO(content),
                    ContentMD5=md5_of(content),
                    IfNoneMatch="*",
                    **told,
                )
            except ClientError as error:
                if code_of(error) in TAKEN:
                    return False
                raise
        etag_of(answer, self.place)
        return True

    def lock(self, key: str) -> None:
        """Lock an object made of parts, where the store locks: Ceph does not heed the lock an upload began with."""
        if not self.address.lock_days:
            return
        lock: ObjectLockRetentionTypeDef = {"Mode": "GOVERNANCE", "RetainUntilDate": self._locked_until()}
        with faults_of(self.place):
            self.client.put_object_retention(Bucket=self.address.bucket, Key=key, Retention=lock)

    def replace(self, key: str, content: bytes) -> None:
        """Put an object, whatever lies there."""
        with faults_of(self.place):
            answer = self.client.put_object(
                Bucket=self.address.bucket, Key=key, Body=io.BytesIO(content), ContentMD5=md5_of(content)
            )
        etag_of(answer, self.place)

    def listed(self, prefix: str) -> Iterator[Listed]:
        """List all that begins with the prefix, in the order of the keys' bytes."""
        found = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.address.bucket, Prefix=prefix)
        for page in self._pages(found):
            for one in page.get("Contents", ()):
                yield Listed(key=one["Key"], size=one["Size"], at=one["LastModified"], etag=one["ETag"])

    def names(self, folder: str) -> tuple[frozenset[str], frozenset[str]]:
        """Give the names directly below a folder prefix (ending in `/`, or ""): those of objects, and of folders."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.address.bucket, Prefix=folder, Delimiter="/"
        )
        objects: set[str] = set()
        folders: set[str] = set()
        for page in self._pages(pages):
            objects.update(one["Key"].removeprefix(folder) for one in page.get("Contents", ()))
            folders.update(one["Prefix"].removeprefix(folder)[:-1] for one in page.get("CommonPrefixes", ()))
        return frozenset(objects), frozenset(folders)

    def uploads(self, prefix: str) -> Iterator[Begun]:
        """List the multipart uploads, not completed, to keys that begin with the prefix."""
        found = self.client.get_paginator("list_multipart_uploads").paginate(Bucket=self.address.bucket, Prefix=prefix)
        for page in self._pages(found):
            for one in page.get("Uploads", ()):
                yield Begun(key=one["Key"], upload_id=one["UploadId"], at=one["Initiated"])

    def _pages(self, pages: Iterable[_Page]) -> Iterator[_Page]:
        following = iter(pages)
        while True:
            with faults_of(self.place):
                page = next(following, None)
            if page is None:
                return
            yield page

    def delete(self, keys: Iterable[str]) -> None:
        """Delete exactly these keys; in a bucket with versions, every version of them, locked or not."""
        doomed = self._versions(keys) if self._has_versions() else (_identified(key) for key in keys)
        while some := list(islice(doomed, _DELETED_AT_ONCE)):
            with faults_of(self.place):
                self._delete(some)

    def remove(self, keys: Iterable[str]) -> None:
        """Delete exactly these keys; a bucket with versions keeps them, and one that is absent is no error."""
        doomed = map(_identified, keys)
        while some := list(islice(doomed, _DELETED_AT_ONCE)):
            with faults_of(self.place):
                self._delete(some)

    def _delete(self, some: "list[ObjectIdentifierTypeDef]") -> None:
        answer = (
            self.client.delete_objects(
                Bucket=self.address.bucket, Delete={"Objects": some, "Quiet": True}, BypassGovernanceRetention=True
            )
            if self.address.lock_days
            else self.client.delete_objects(Bucket=self.address.bucket, Delete={"Objects": some, "Quiet": True})
        )
        kept = [error for error in answer.get("Errors", ()) if error.get("Code") not in {"NoSuchKey", "NoSuchVersion"}]
        if kept:
            error, status = kept[0], 403 if kept[0].get("Code") == "AccessDenied" else 500
            said = {"Error": {"Code": error.get("Code", "?")}, "ResponseMetadata": {"HTTPStatusCode": status}}
            raise ClientError(said, "DeleteObjects")  # type: ignore[arg-type]  # the rest of an answer is not read

    def _has_versions(self) -> bool:
        if self._is_versioned is None:
            with faults_of(self.place):
                answer = self.client.get_bucket_versioning(Bucket=self.address.bucket)
            self._is_versioned = "Status" in answer
        return self._is_versioned

    def _versions(self, keys: Iterable[str]) -> "Iterator[ObjectIdentifierTypeDef]":
        versions = self.client.get_paginator("list_object_versions")
        for key in keys:
            found = [
                version
                for page in self._pages(versions.paginate(Bucket=self.address.bucket, Prefix=key))
                for version in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
                if version["Key"] == key
            ]
            for version in found:
                yield {"Key": key, "VersionId": version["VersionId"]}


def _identified(key: str) -> "ObjectIdentifierTypeDef":
    return {"Key": key}


def md5_of(content: bytes) -> str:
    """Give the Content-MD5 of what is sent: the one digest that stores hold a request against."""
    return base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()


def etag_of(answer: Mapping[str, object], place: str) -> str:
    """Give the ETag that a success always has: an error may come with status 200. Raises StoreUnavailable."""
    etag = answer.get("ETag")
    if not isinstance(etag, str) or not etag:
        raise StoreUnavailable(f"Lagret {place} svarade otydligt.", f"The store {place} gave an unclear answer.")
    return etag
