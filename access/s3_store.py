"""The public store in a bucket, read with credentials that may get objects and no more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, IncompleteReadError
from botocore.response import StreamingBody
from urllib3.exceptions import HTTPError

from access.store import CHUNK, ObjectMissing, StoreUnavailable
from access.store_place import BucketPlace
from schemas.public_store import CLAIM_MARK

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

_MISSING: Final = frozenset({"NoSuchKey", "404", "NotFound"})
_BROKEN = (BotoCoreError, HTTPError, OSError)
_CUTS: Final = 4
"""So often one object's connection may be cut before its reader is let go."""
_CONNECT_SECONDS, _SILENT_SECONDS, _ATTEMPTS = 3, 15, 3
"""Somebody sits and waits: the store is called away sooner than the archive would."""


class S3Store:
    """Reads objects below a prefix of a bucket; nothing is asked of it before the first object is."""

    def __init__(self, place: BucketPlace) -> None:
        self._place = place
        self._client = _client_of(place)

    def read(self, key: str) -> bytes:
        """Give a small object whole. Raises ObjectMissing, StoreUnavailable."""
        return b"".join(self.chunks(key))

    def chunks(self, key: str) -> Iterator[bytes]:
        """Give an object in pieces; a connection that is cut is taken up again where it was.

        Raises ObjectMissing and StoreUnavailable when it is called; between pieces, StoreUnavailable.
        """
        with self._faults(key):
            first = self._asked(key, 0)
        if CLAIM_MARK in first["Metadata"]:
            first["Body"].close()
            raise ObjectMissing(key)
        return _pieces(first, lambda start: self._resumed(key, start))

    def _asked(self, key: str, start: int) -> "GetObjectOutputTypeDef":
        where = f"{self._place.prefix}{key}"
        if not start:
            return self._client.get_object(Bucket=self._place.bucket, Key=where)
        return self._client.get_object(Bucket=self._place.bucket, Key=where, Range=f"bytes={start}-")

    def _resumed(self, key: str, start: int) -> "GetObjectOutputTypeDef":
        with self._faults(key):
            return self._asked(key, start)

    @contextmanager
    def _faults(self, key: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", "?"))
            if code in _MISSING:
                raise ObjectMissing(key) from error
            raise StoreUnavailable(f"The public store does not give its objects ({code}).") from error
        except _BROKEN as error:
            raise StoreUnavailable(f"The public store does not answer ({type(error).__name__}).") from error


_Again = Callable[[int], "GetObjectOutputTypeDef"]


def _pieces(first: "GetObjectOutputTypeDef", again: _Again) -> Iterator[bytes]:
    body, size, at, cuts = first["Body"], first["ContentLength"], 0, 0
    try:
        while at < size:
            try:
                piece = body.read(min(CHUNK, size - at))
                if not piece:
                    raise IncompleteReadError(actual_bytes=at, expected_bytes=size)
            except _BROKEN as error:
                cuts += 1
                body.close()
                if cuts > _CUTS:
                    raise StoreUnavailable("The public store breaks off again and again.") from error
                body = _rest(first, again(at), size - at)
                continue
            at += len(piece)
            yield piece
    finally:
        body.close()


def _rest(first: "GetObjectOutputTypeDef", rest: "GetObjectOutputTypeDef", left: int) -> StreamingBody:
    """Take what is left of the same object, and of no other."""
    if (rest["ETag"], rest["ContentLength"]) != (first["ETag"], left):
        rest["Body"].close()
        raise StoreUnavailable("An object of the public store was replaced while it was read.")
    return rest["Body"]


def _client_of(place: BucketPlace) -> "S3Client":
    """Make a client for this place alone, deaf to the credentials and settings that the machine has otherwise."""
    return boto3.session.Session(
        aws_access_key_id=place.key_id, aws_secret_access_key=place.secret, region_name=place.region
    ).client(
        "s3",
        endpoint_url=place.endpoint,
        config=Config(
            signature_version="s3v4",
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_SILENT_SECONDS,
            retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
            max_pool_connections=64,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        ),
    )
