"""Folders, buckets in memory behind a real connection, and buckets of a real Ceph keep the contract of drop places."""

import io
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.client import BaseClient

from ingest.adapters import drop_folder
from ingest.adapters.drop_folder import DropFolder
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.client import client_of
from ingest.adapters.s3.drop_bucket import DropBucket
from ingest.adapters.s3.multipart import PART
from ingest.drop_ports import DropPlace, Filed
from ingest.errors import DamageFound, InvalidKey, SourceUnreadable
from tests.contracts.drop_place import Cut, DropPlaceContract, Producer, content_of, read
from tests.servers.buckets import QUICK, address_of
from tests.servers.http_faults import Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

_EFFECTS = frozenset(
    {"PutObject", "DeleteObjects", "CreateMultipartUpload", "UploadPartCopy", "CompleteMultipartUpload"}
)


_COUNTING = threading.Lock()


def _before(at: int, effects: list[int], effect: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        with _COUNTING:
            effects[0] += 1
            is_cut = effects[0] >= at
        if is_cut:
            raise Cut
        return effect(*arguments, **named)

    return run


class _InFolder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, content: bytes = b"x") -> None:
        path = self._root / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def names(self) -> list[str]:
        files = (path for path in self._root.rglob("*") if path.is_file() and path.suffix != ".ready")
        return [str(path.relative_to(self._root)) for path in files]

    def found(self) -> dict[str, bytes]:
        return {name: (self._root / name).read_bytes() for name in self.names()}

    def again(self) -> DropPlace:
        return DropFolder(self._root)


class TestDropFolder(DropPlaceContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> DropPlace:
        return DropFolder(tmp_path)

    @pytest.fixture
    def producer(self, tmp_path: Path) -> Producer:
        return _InFolder(tmp_path)

    def cuts(self, monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
        effects = [0]
        for owner, name in ((Path, "rename"), (drop_folder, "sync_path"), (drop_folder, "_write")):
            monkeypatch.setattr(owner, name, _before(at, effects, getattr(owner, name)))
        return effects


class _InBucket:
    def __init__(self, address: S3Address) -> None:
        self._address = address
        self._client = client_of(address, QUICK)

    def write(self, name: str, content: bytes = b"x") -> None:
        key = f"{self._address.prefix}in/{name}"
        self._client.put_object(Bucket=self._address.bucket, Key=key, Body=io.BytesIO(content))

    def names(self) -> list[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._address.bucket)
        keys = (one["Key"].removeprefix(self._address.prefix) for page in pages for one in page.get("Contents", ()))
        return [key for key in keys if not key.endswith(".ready") and not key.startswith("taken/")]

    def found(self) -> dict[str, bytes]:
        return {name: self._content(f"{self._address.prefix}{name}") for name in self.names()}

    def _content(self, key: str) -> bytes:
        return self._client.get_object(Bucket=self._address.bucket, Key=key)["Body"].read()

    def again(self) -> DropPlace:
        return DropBucket(self._address, QUICK)


class DropBucketContract(DropPlaceContract):
    """What holds of buckets alone; a subclass gives `server`."""

    @pytest.fixture
    def address(self, server: S3Server) -> S3Address:
        address = address_of(server, f"earkiv-{uuid.uuid4()}", "leveranser/å/")
        client_of(address, QUICK).create_bucket(Bucket=address.bucket)
        return address

    @pytest.fixture
    def place(self, address: S3Address) -> DropPlace:
        return DropBucket(address, QUICK)

    @pytest.fixture
    def producer(self, address: S3Address) -> Producer:
        return _InBucket(address)

    def cuts(self, monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
        effects, call = [0], BaseClient._make_api_call  # type: ignore[attr-defined]  # noqa: SLF001 - every request of boto3's passes there

        def counted(client: Any, operation: str, arguments: Any) -> Any:
            made = _before(at, effects, call) if operation in _EFFECTS else call
            return made(client, operation, arguments)

        monkeypatch.setattr(BaseClient, "_make_api_call", counted)
        return effects

    def test_what_changes_after_its_claim_is_not_read_and_is_claimed_anew(
        self, place: DropPlace, producer: Producer
    ) -> None:
        producer.write("a.zip", b"first")
        producer.write("a.zip.ready", b"")
        place.claim("a.zip", "one")
        (claim,) = place.claims()
        producer.write("a.zip", b"later")
        with pytest.raises(SourceUnreadable):
            content_of(claim)
        with pytest.raises(SourceUnreadable):
            place.file(claim, b"{}", Filed.DONE)
        place.resume()
        assert (list(place.claims()), place.holds(claim), place.marked()) == ([], False, ("a.zip",))
        place.file(claim, b"{}", Filed.DONE)
        assert producer.found() == {"in/a.zip": b"later"}

    def test_what_comes_while_a_drop_is_filed_stays(self, place: DropPlace, producer: Producer) -> None:
        producer.write("m/a", b"a")
        place.claim("m", "one")
        (claim,) = place.claims()
        producer.write("m/b", b"b")
        place.file(claim, b"{}", Filed.DONE)
        assert producer.found() == {"done/one/m/a": b"a", "done/one/receipt.json": b"{}", "in/m/b": b"b"}

    def test_what_stands_for_a_folder_is_no_file(self, place: DropPlace, producer: Producer) -> None:
        for name, content in (("m/", b""), ("m/under/", b""), ("m/under/a", b"a")):
            producer.write(name, content)
        place.claim("m", "one")
        (claim,) = place.claims()
        assert content_of(claim) == {"under/a": b"a"}

    def test_a_large_object_is_filed_by_the_store_itself(self, place: DropPlace, producer: Producer) -> None:
        large = bytes(PART + 5)
        producer.write("a.tar", large)
        place.claim("a.tar", "one")
        (claim,) = place.claims()
        assert not isinstance(claim.source, Path)
        assert read(claim.source, "a.tar") == large
        place.file(claim, b"{}", Filed.REFUSED)
        assert producer.found() == {"refused/one/a.tar": large, "refused/one/receipt.json": b"{}"}

    def test_what_is_called_too_long_to_be_filed_is_not_read_either(self, place: DropPlace, producer: Producer) -> None:
        producer.write("a" * 1000)
        place.claim("a" * 1000, "one")
        (claim,) = place.claims()
        with pytest.raises(InvalidKey):
            content_of(claim)

    def test_a_claim_that_is_none_is_told(self, address: S3Address, place: DropPlace) -> None:
        key = f"{address.prefix}taken/{'0' * 32}.json"
        client_of(address, QUICK).put_object(Bucket=address.bucket, Key=key, Body=b"[]")
        with pytest.raises(DamageFound):
            place.resume()


class TestDropBucketInMemory(DropBucketContract):
    @pytest.fixture
    def server(self) -> Iterator[S3Server]:
        with standing_before(MemoryS3(), Script()) as endpoint:
            yield S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there


@pytest.mark.ci
class TestDropBucketOfCeph(DropBucketContract):
    every = 5

    @pytest.fixture
    def server(self, s3_server: S3Server) -> S3Server:
        return s3_server
