"""What an S3 store really does, found out with tiny objects of our own that are deleted again."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import httpx
from botocore.exceptions import ClientError

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.bucket import Bucket, md5_of
from ingest.adapters.s3.client import Patience
from ingest.adapters.s3.direct import S3DirectStore
from ingest.adapters.s3.faults import faults_of
from ingest.adapters.s3.spelling import OWN
from ingest.adapters.s3.store import S3Store
from ingest.domain.uploads import Part
from ingest.errors import StoreUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """Whether a second conditional PUT was refused, a wrong Content-MD5 was, and the bytes came back."""

    is_write_once: bool
    checks_md5: bool
    gives_back: bool


def probe(store: S3Store) -> Probed:
    """Put, read and delete two tiny objects. Raises EarkivError when the store cannot be used at all."""
    bucket = store.bucket
    folder = f"{bucket.address.prefix}{OWN}/probe/{uuid.uuid4()}"
    first, wrong = f"{folder}-1", f"{folder}-2"
    try:
        bucket.replace(first, b"first")
        is_write_once = not bucket.put_claim(first, b"second", "probe")
        with faults_of(bucket.place):
            came_back = bucket.get(first)["Body"].read() == (b"first" if is_write_once else b"second")
        return Probed(is_write_once=is_write_once, checks_md5=_refuses(bucket, wrong), gives_back=came_back)
    finally:
        bucket.delete((first, wrong))


def holds_to_what_was_signed(address: S3Address, endpoint: str, patience: Patience | None = None) -> bool:
    """Say whether an address for one byte takes one byte and refuses two. Raises EarkivError where it takes nothing.

    `endpoint` is where the store is asked: the name that producers know need not lead there from here.
    """
    direct = S3DirectStore(address, endpoint, patience)
    folder = f"uploads/{uuid.uuid4()}/"
    key = f"{folder}probe"
    try:
        there = direct.address(key, direct.begin(key), Part(number=1, size=1), timedelta(minutes=1))
        longer, exact = (_put(there, content, str(address)) for content in (b"xx", b"x"))
        if exact != HTTPStatus.OK:
            raise StoreUnavailable(
                f"Lagret {address} tar inte emot delar på signerade adresser ({exact}).",
                f"The store {address} takes no parts by signed addresses ({exact}).",
            )
        return longer >= HTTPStatus.BAD_REQUEST
    finally:
        direct.give_up(folder)


def _put(there: str, content: bytes, place: str) -> int:
    try:
        return httpx.put(there, content=content).status_code
    except httpx.HTTPError as error:
        # Without its text, which may quote the address.
        reason = type(error).__name__
        raise StoreUnavailable(
            f"Lagret {place} svarar inte ({reason}).", f"The store {place} does not answer ({reason})."
        ) from None


def _refuses(bucket: Bucket, key: str) -> bool:
    with faults_of(bucket.place):
        try:
            bucket.client.put_object(
                Bucket=bucket.address.bucket, Key=key, Body=b"sent", ContentMD5=md5_of(b"something else")
            )
        except ClientError as error:
            if error.response["Error"].get("Code") not in {"BadDigest", "InvalidDigest"}:
                raise
            return True
    return False
