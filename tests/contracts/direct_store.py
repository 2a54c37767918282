"""What staging promises that producers reach by themselves. A subclass gives `server`."""

import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from ingest.adapters.s3.direct import S3DirectStore
from ingest.adapters.s3.store import S3Store
from ingest.domain.uploads import Part
from ingest.errors import ConfigurationError, StoreUnavailable
from ingest.network_ports import DirectStore
from tests.contracts.object_store import read
from tests.servers.buckets import QUICK, new_store
from tests.servers.s3 import S3Server

FOLDER = "uploads/å/"
KEY = f"{FOLDER}försök"
PARTS = (Part(number=1, size=5 << 20), Part(number=2, size=3))
HOUR = timedelta(hours=1)


def public(server: S3Server) -> str:
    """Another name of the same server."""
    return server.endpoint.replace("127.0.0.1", "localhost")


def content(part: Part, seed: bytes = b"") -> bytes:
    return hashlib.shake_256(seed + bytes([part.number])).digest(part.size)


class DirectStoreContract:
    """What every adapter passes."""

    @pytest.fixture
    def server(self) -> S3Server:
        raise NotImplementedError

    @pytest.fixture
    def staging(self, server: S3Server, tmp_path: Path) -> S3Store:
        return new_store(server, "staging", tmp_path)

    @pytest.fixture
    def direct(self, server: S3Server, staging: S3Store) -> S3DirectStore:
        return S3DirectStore(staging.bucket.address, public(server), QUICK)

    def send(self, direct: DirectStore, begun: str, *parts: Part, seed: bytes = b"") -> None:
        for part in parts:
            answer = httpx.put(direct.address(KEY, begun, part, HOUR), content=content(part, seed))
            assert answer.status_code == httpx.codes.OK, answer.text

    def test_parts_become_an_object_when_they_are_completed_and_once(
        self, direct: S3DirectStore, staging: S3Store
    ) -> None:
        begun = direct.begin(KEY)
        assert direct.sent(KEY, begun) == ()
        self.send(direct, begun, *reversed(PARTS))
        sent = direct.sent(KEY, begun)
        assert sent is not None
        assert tuple(one.part for one in sent) == PARTS
        assert (staging.stat(KEY), direct.under_way(FOLDER)) == (None, (KEY,))
        assert direct.complete(KEY, begun, sent)
        assert read(staging, KEY) == b"".join(content(part) for part in PARTS)
        direct.complete(KEY, begun, sent)  # a store may say either
        assert (direct.sent(KEY, begun), direct.under_way(FOLDER)) == (None, ())
        assert read(staging, KEY) == b"".join(content(part) for part in PARTS)

    def test_a_part_that_is_put_again_is_the_last_of_them(self, direct: S3DirectStore, staging: S3Store) -> None:
        begun = direct.begin(KEY)
        self.send(direct, begun, *PARTS, seed=b"first")
        former = direct.sent(KEY, begun)
        self.send(direct, begun, *PARTS)
        sent = direct.sent(KEY, begun)
        assert former is not None
        assert sent is not None
        with pytest.raises(StoreUnavailable):
            direct.complete(KEY, begun, former)
        assert staging.stat(KEY) is None
        assert direct.complete(KEY, begun, sent)
        assert read(staging, KEY) == b"".join(content(part) for part in PARTS)

    def test_what_is_given_up_leaves_nothing_and_takes_nothing(self, direct: S3DirectStore, staging: S3Store) -> None:
        beside = direct.begin("uploads/ä/annat")
        begun, again = direct.begin(KEY), direct.begin(KEY)
        self.send(direct, begun, PARTS[0])
        sent = direct.sent(KEY, begun)
        assert sent
        direct.give_up(FOLDER)
        direct.give_up(FOLDER)
        with suppress(StoreUnavailable):  # Ceph calls it a fault of its own
            assert not direct.complete(KEY, begun, sent)
        assert (direct.sent(KEY, begun), direct.sent(KEY, again)) == (None, None)
        assert direct.under_way("uploads/") == ("uploads/ä/annat",)
        assert direct.sent("uploads/ä/annat", beside) == ()
        address = direct.address(KEY, begun, PARTS[0], HOUR)
        assert httpx.put(address, content=content(PARTS[0])).status_code == httpx.codes.NOT_FOUND
        assert list(staging.keys("")) == []

    def test_an_address_goes_by_the_name_that_producers_know(self, direct: S3DirectStore, server: S3Server) -> None:
        address = urlsplit(direct.address(KEY, direct.begin(KEY), PARTS[0], timedelta(minutes=15)))
        assert f"{address.scheme}://{address.netloc}" == public(server)
        assert "X-Amz-Expires=900" in address.query
        assert server.secret not in address.query

    def test_a_bucket_that_is_gone_is_a_fault(self, staging: S3Store, server: S3Server) -> None:
        gone = S3DirectStore(replace(staging.bucket.address, bucket="finns-inte"), public(server), QUICK)
        for call in (lambda: gone.begin(KEY), lambda: gone.under_way(""), lambda: gone.give_up(FOLDER)):
            with pytest.raises(ConfigurationError):
                call()
