"""What an S3 store makes of a bad network and of a store that fails: exactly one object, or a fault to be retried."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.adapters.s3.client import Patience
from ingest.adapters.s3.multipart import PART
from ingest.adapters.s3.store import S3Store
from ingest.errors import ConfigurationError, ObjectExists, OutOfSpace, StoreUnavailable
from tests.contracts.object_store import fixity, read
from tests.servers.buckets import address_of, new_store
from tests.servers.http_faults import Backend, Fault, Script, standing_before
from tests.servers.s3 import S3Server

SMALL = b"handling " * 100_000
LARGE = hashlib.shake_256(b"large").digest(2 * PART + 5)
FOREVER = 10_000
WRITING = (Fault.SLOW_DOWN, Fault.CUT_BEFORE, Fault.DONE_BUT_ERROR, Fault.DONE_BUT_CUT)
IMPATIENT = Patience(attempts=3, connect_seconds=2, read_seconds=2)


class S3FaultsContract:
    """A subclass gives `backend`."""

    @pytest.fixture
    def backend(self) -> Backend:
        raise NotImplementedError

    @pytest.fixture
    def keys(self) -> tuple[str, str]:
        return "id", "secret"

    @pytest.fixture
    def script(self) -> Script:
        return Script()

    @pytest.fixture
    def server(self, backend: Backend, keys: tuple[str, str], script: Script) -> Iterator[S3Server]:
        with standing_before(backend, script) as endpoint:
            yield S3Server(endpoint=endpoint, key_id=keys[0], secret=keys[1])

    @pytest.fixture
    def store(self, server: S3Server, tmp_path: Path) -> S3Store:
        made = new_store(server, "archive", tmp_path)
        return S3Store(made.bucket.address, "archive", tmp_path, IMPATIENT)

    @pytest.mark.parametrize("fault", WRITING)
    def test_a_fault_in_passing_ends_in_one_object(self, store: S3Store, script: Script, fault: Fault) -> None:
        script.plan(fault, "PUT", "small")
        assert store.put("small", [SMALL]) == fixity(SMALL)
        assert read(store, "small") == SMALL
        assert list(store.keys("")) == ["small"]

    @pytest.mark.parametrize("fault", [*WRITING, Fault.ERROR_IN_200])
    def test_a_fault_that_stays_is_no_success_and_heals(self, store: S3Store, script: Script, fault: Fault) -> None:
        script.plan(fault, "PUT", "small", FOREVER)
        if fault in {Fault.DONE_BUT_ERROR, Fault.DONE_BUT_CUT}:
            # It was stored: 500 each time, and nothing that may be taken for an answer.
            with pytest.raises(StoreUnavailable):
                store.put("small", [SMALL])
            assert read(store, "small") == SMALL
        else:
            with pytest.raises(StoreUnavailable):
                store.put("small", [SMALL])
            assert store.stat("small") is None
        script.plan(fault, "PUT", "small", 0)
        assert store.put("small", [SMALL]) == fixity(SMALL)
        with pytest.raises(ObjectExists):
            store.put("small", [SMALL + b"other"])

    @pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.SILENT])
    def test_a_reader_goes_on_where_it_was_cut(self, store: S3Store, script: Script, fault: Fault) -> None:
        store.put("small", [SMALL])
        script.plan(fault, "GET", "small", 2)
        assert read(store, "small") == SMALL

    def test_what_never_comes_whole_is_a_fault_and_no_end(self, store: S3Store, script: Script) -> None:
        store.put("small", [SMALL])
        script.plan(Fault.TRUNCATED, "GET", "small", FOREVER)
        with pytest.raises(StoreUnavailable):
            read(store, "small")
        with pytest.raises(StoreUnavailable), store.local("small"):
            pytest.fail("lent half an object")

    @pytest.mark.parametrize("fault", WRITING)
    @pytest.mark.parametrize(
        ("method", "part"), [("POST", "uploads"), ("PUT", "partNumber=2"), ("POST", "uploadId"), ("PUT", "large")]
    )
    def test_a_large_object_survives_a_fault_in_passing(
        self, store: S3Store, script: Script, fault: Fault, method: str, part: str
    ) -> None:
        script.plan(fault, method, part)
        assert store.put("large", [LARGE]) == fixity(LARGE)
        assert read(store, "large") == LARGE
        assert list(store.keys("")) == ["large"]

    def test_an_error_within_a_success_does_not_complete(self, store: S3Store, script: Script) -> None:
        script.plan(Fault.ERROR_IN_200, "POST", "uploadId", FOREVER)
        with pytest.raises(StoreUnavailable):
            store.put("large", [LARGE])
        assert store.stat("large") is None
        assert list(store.keys("")) == []
        script.plan(Fault.ERROR_IN_200, "POST", "uploadId", 0)
        assert store.put("large", [LARGE]) == fixity(LARGE)
        assert read(store, "large") == LARGE

    def test_an_upload_that_was_cut_off_is_gone_on_with(self, store: S3Store, script: Script) -> None:
        def cut_off() -> Iterator[bytes]:
            yield LARGE[: 2 * PART]
            raise OSError(5, "gone")

        with pytest.raises(OSError, match="gone"):
            store.put("large", cut_off())
        assert list(store.keys("")) == []
        script.seen.clear()
        store.put("large", [LARGE])
        assert sum("partNumber" in seen for seen in script.seen) == 1
        assert read(store, "large") == LARGE

    def test_of_two_large_objects_under_one_key_one_wins(self, store: S3Store) -> None:
        def write(content: bytes) -> bytes | None:
            try:
                store.put("large", [content])
            except (ObjectExists, StoreUnavailable):
                return None
            return content

        both = [LARGE, LARGE[::-1]]
        with ThreadPoolExecutor(2) as threads:
            winners = [content for content in threads.map(write, both) if content]
        assert len(winners) <= 1
        held = [content for content in both if store.stat("large") and read(store, "large") == content]
        assert held == winners
        if not winners:  # each took the other's parts for its own; who holds the claim succeeds by trying again
            assert len([content for content in both if write(content)]) == 1

    def test_a_large_and_a_small_object_do_not_replace_each_other(self, store: S3Store) -> None:
        store.put("large", [LARGE])
        with pytest.raises(ObjectExists):
            store.put("large", [SMALL])
        store.put("small", [SMALL])
        with pytest.raises(ObjectExists):
            store.put("small", [LARGE])
        assert (read(store, "large"), read(store, "small")) == (LARGE, SMALL)

    def test_the_server_copies_by_itself(self, store: S3Store, script: Script, tmp_path: Path) -> None:
        staging = S3Store(store.bucket.address, "staging", tmp_path, IMPATIENT)
        staging.put("staged", [LARGE])
        script.seen.clear()
        script.plan(Fault.DONE_BUT_CUT, "POST", "uploadId")
        store.adopt("ä/large", staging, "staged", fixity(LARGE))
        assert not [seen for seen in script.seen if seen.startswith("GET") and "staged" in seen]
        assert read(store, "ä/large") == LARGE
        staging.delete(["staged"])
        store.adopt("ä/large", staging, "staged", fixity(LARGE))
        with pytest.raises(ObjectExists):
            store.adopt("ä/large", staging, "staged", fixity(LARGE[::-1]))

    def test_what_was_never_completed_is_swept_when_old(self, store: S3Store, script: Script) -> None:
        script.plan(Fault.SLOW_DOWN, "POST", "uploadId", FOREVER)
        with pytest.raises(StoreUnavailable):
            store.put("large", [LARGE])
        script.plan(Fault.SLOW_DOWN, "POST", "uploadId", 0)
        store.put("small", [b"x" * 733])
        assert store.sweep_temporary(timedelta(days=36500)) == ()
        assert store.sweep_temporary(timedelta(seconds=-60)) == (f"{store.bucket.address.prefix}large",)
        assert store.sweep_temporary(timedelta(seconds=-60)) == ()
        assert list(store.keys("")) == ["small"]
        assert store.put("large", [SMALL]) == fixity(SMALL)

    def test_a_full_store_and_a_refusing_one_are_told_apart(self, store: S3Store, script: Script) -> None:
        script.plan(Fault.FULL, "PUT")
        with pytest.raises(OutOfSpace):
            store.put("small", [SMALL])
        script.plan(Fault.FORBIDDEN, "PUT")
        with pytest.raises(ConfigurationError) as refused:
            store.put("small", [SMALL])
        assert store.bucket.address.secret.reveal() not in refused.value.sv + refused.value.en
        assert "AccessDenied" in refused.value.sv

    def test_a_bucket_that_is_not_there_is_no_empty_one(self, server: S3Server, tmp_path: Path) -> None:
        store = S3Store(address_of(server, "not-there"), "archive", tmp_path, IMPATIENT)
        for call in (
            lambda: store.put("a", [b"x"]),
            lambda: store.stat("a"),
            lambda: store.open("a"),
            lambda: list(store.keys("")),
        ):
            with pytest.raises(ConfigurationError):
                call()

    def test_a_server_that_is_gone_is_an_outage(self, script: Script, backend: Backend, tmp_path: Path) -> None:
        with standing_before(backend, script) as endpoint:
            gone = S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nobody answers there
        store = S3Store(address_of(gone, "bucket"), "archive", tmp_path, IMPATIENT)
        with pytest.raises(StoreUnavailable):
            store.stat("a")
