"""Every store of the reading room against its contract: a folder, a bucket in memory, a bucket of a real Ceph."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from access.s3_store import S3Store as ReadersStore
from access.store import DirectoryStore as ReadersFolder
from access.store import ObjectMissing, PublicStore, StoreUnavailable
from access.store_place import BucketPlace
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.s3.claims import claim_of, mark_of
from ingest.adapters.s3.store import S3Store
from ingest.domain.fixity import Fixity
from ingest.ports import ObjectStore
from schemas.public_store import record_key
from tests.contracts.reading_store import ID, LARGE, ReadingStoreContract
from tests.servers.buckets import new_store
from tests.servers.http_faults import ANY, Fault, Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.public_bucket import open_to_reader, readers_place
from tests.servers.s3 import S3Server


class TestFolder(ReadingStoreContract):
    @pytest.fixture
    def writer(self, tmp_path: Path) -> ObjectStore:
        (tmp_path / "public").mkdir()
        return DirectoryStore(tmp_path / "public", "public")

    @pytest.fixture
    def store(self, tmp_path: Path) -> PublicStore:
        return ReadersFolder(tmp_path / "public")

    def test_a_folder_that_is_away_is_no_empty_one(self, tmp_path: Path) -> None:
        """What is mounted may be gone: nobody may be told then that a document does not exist."""
        with pytest.raises(StoreUnavailable):
            ReadersFolder(tmp_path / "unmounted").chunks(record_key(ID))


class TestBucketInMemory(ReadingStoreContract):
    @pytest.fixture
    def script(self) -> Script:
        return Script()

    @pytest.fixture
    def server(self, script: Script) -> Iterator[S3Server]:
        with standing_before(MemoryS3(), script) as endpoint:
            yield S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there

    @pytest.fixture
    def writer(self, server: S3Server, tmp_path: Path) -> S3Store:
        return new_store(server, "public", tmp_path)

    @pytest.fixture
    def store(self, server: S3Server, writer: S3Store) -> PublicStore:
        return ReadersStore(readers_place(server, writer, ("reader", "hemligt")))

    @pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.CUT_BEFORE, Fault.SLOW_DOWN])
    def test_what_passes_is_not_noticed(
        self, writer: ObjectStore, store: PublicStore, script: Script, fault: Fault
    ) -> None:
        writer.put("files/large", iter((LARGE,)))
        script.plan(fault, "GET", "files/large", times=2)
        assert b"".join(store.chunks("files/large")) == LARGE

    @pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.SLOW_DOWN, Fault.FORBIDDEN])
    def test_a_store_that_is_away_is_told_before_the_first_piece(
        self, writer: ObjectStore, store: PublicStore, script: Script, fault: Fault
    ) -> None:
        writer.put(record_key(ID), (b"{}",))
        script.plan(fault, ANY, times=99)
        with pytest.raises(StoreUnavailable) as told:
            store.chunks(record_key(ID))
        assert "hemligt" not in str(told.value)

    def test_a_store_that_breaks_off_for_ever_is_told(
        self, writer: ObjectStore, store: PublicStore, script: Script
    ) -> None:
        writer.put("files/large", iter((LARGE,)))
        script.plan(Fault.TRUNCATED, "GET", times=99)
        with pytest.raises(StoreUnavailable):
            b"".join(store.chunks("files/large"))

    def test_nothing_of_another_object_is_mixed_in(
        self, writer: ObjectStore, store: PublicStore, script: Script
    ) -> None:
        writer.put("files/large", iter((LARGE,)))
        script.plan(Fault.TRUNCATED, "GET", times=1)
        pieces = store.chunks("files/large")
        got = [next(pieces)]
        writer.replace("files/large", bytes(len(LARGE)))
        with pytest.raises(StoreUnavailable):
            got.extend(pieces)
        assert LARGE.startswith(b"".join(got))

    def test_what_is_on_its_way_is_missing(self, writer: S3Store, store: PublicStore) -> None:
        fixity = Fixity(size=3, sha256="0" * 64)
        assert writer.bucket.put_claim(writer.spelling.physical("files/x"), claim_of(fixity), mark_of(fixity))
        with pytest.raises(ObjectMissing):
            store.chunks("files/x")

    def test_a_bucket_that_is_gone_is_away(self, server: S3Server) -> None:
        place = BucketPlace(bucket="no-such-bucket", endpoint=server.endpoint, key_id="id", secret="s")  # noqa: S106 - nothing is kept there
        with pytest.raises(StoreUnavailable, match="NoSuchBucket"):
            ReadersStore(place).chunks(record_key(ID))


@pytest.mark.ci
class TestCephBucket(ReadingStoreContract):
    """The reading room's user has the rights of the how-to's policy, and no others."""

    @pytest.fixture
    def reader(self, s3_server: S3Server) -> tuple[str, str]:
        assert s3_server.reader is not None, "EARKIV_TEST_S3 names no reader"
        return s3_server.reader

    @pytest.fixture
    def writer(self, s3_server: S3Server, tmp_path: Path) -> S3Store:
        store = new_store(s3_server, "public", tmp_path)
        open_to_reader(store)
        return store

    @pytest.fixture
    def place(self, s3_server: S3Server, writer: S3Store, reader: tuple[str, str]) -> BucketPlace:
        return readers_place(s3_server, writer, reader)

    @pytest.fixture
    def store(self, place: BucketPlace) -> PublicStore:
        return ReadersStore(place)

    def test_its_credentials_change_nothing_and_read_nothing_else(
        self, s3_server: S3Server, writer: S3Store, place: BucketPlace, tmp_path: Path
    ) -> None:
        writer.put(record_key(ID), (b"{}",))
        store = ReadersStore(place)
        key = f"{place.prefix}{record_key(ID)}"
        client = store._client  # noqa: SLF001 - what these credentials could do, were the code another
        for change in (
            lambda: client.put_object(Bucket=place.bucket, Key=key, Body=io.BytesIO(b"x")),
            lambda: client.delete_object(Bucket=place.bucket, Key=key),
        ):
            with pytest.raises(ClientError, match="AccessDenied"):
                change()
        archive = new_store(s3_server, "archive", tmp_path)
        archive.put("ocfl/secret", (b"secret",))
        elsewhere = ReadersStore(readers_place(s3_server, archive, (place.key_id, place.secret)))
        with pytest.raises(StoreUnavailable, match="AccessDenied"):
            elsewhere.read("ocfl/secret")
        assert store.read(record_key(ID)) == b"{}"
