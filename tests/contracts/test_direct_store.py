"""Staging as producers reach it: before a store in memory, and a real Ceph, which holds addresses to their word."""

import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from ingest.adapters.s3.direct import S3DirectStore
from tests.contracts.direct_store import HOUR, KEY, PARTS, DirectStoreContract, content
from tests.servers.http_faults import Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

FIRST, LAST = PARTS


class TestDirectInMemory(DirectStoreContract):
    @pytest.fixture
    def server(self) -> Iterator[S3Server]:
        with standing_before(MemoryS3(), Script()) as endpoint:
            yield S3Server(endpoint=endpoint, key_id="id", secret="hemligt-för-prov")  # noqa: S106 - nothing is kept there


@pytest.mark.ci
class TestDirectCeph(DirectStoreContract):
    @pytest.fixture
    def server(self, s3_server: S3Server) -> S3Server:
        return s3_server

    def test_an_address_is_good_for_that_part_alone(self, direct: S3DirectStore) -> None:
        begun, other = direct.begin(KEY), direct.begin(f"{KEY}-annat")
        address = direct.address(KEY, begun, LAST, HOUR)
        bytes_ = content(LAST)
        wrong = {
            "longer": httpx.put(address, content=bytes_ + b"x"),
            "shorter": httpx.put(address, content=bytes_[:-1]),
            "another part": httpx.put(address.replace("partNumber=2", "partNumber=1"), content=bytes_),
            "another upload": httpx.put(address.replace(begun, other), content=bytes_),
            "for longer": httpx.put(address.replace("X-Amz-Expires=3600", "X-Amz-Expires=7200"), content=bytes_),
            "reading": httpx.get(address),
            "giving up": httpx.delete(address),
            "completing": httpx.post(address),
            "unsigned": httpx.put(address.partition("&X-Amz")[0], content=bytes_),
        }
        assert {what: answer.status_code for what, answer in wrong.items()} == dict.fromkeys(wrong, 403)
        assert direct.sent(KEY, begun) == ()
        assert httpx.put(address, content=bytes_).status_code == httpx.codes.OK

    def test_an_address_ends_with_its_time(self, direct: S3DirectStore) -> None:
        address = direct.address(KEY, direct.begin(KEY), LAST, timedelta(seconds=1))
        time.sleep(2.1)
        assert httpx.put(address, content=content(LAST)).status_code == httpx.codes.FORBIDDEN
