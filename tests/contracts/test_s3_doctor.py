"""`doctor` finds out what a store really does, and leaves nothing behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State
from earkiv.cli.store_signs import store_signs
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.direct import S3DirectStore
from ingest.adapters.secrets import Secret
from ingest.adapters.store_settings import StoreSettings
from ingest.config import Language
from tests.servers.buckets import new_store
from tests.servers.http_faults import Answer, Backend, Request, Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

ENGLISH = Voice(language=Language.ENGLISH)


def sign_of(address: S3Address | Path) -> Sign:
    (sign,) = store_signs(StoreSettings(archive=(address,)), ENGLISH)
    return sign


def without(name: str, backend: Backend) -> Backend:
    """A store that does not heed a header."""

    def heedless(request: Request) -> Answer:
        return backend(replace(request, headers={k: v for k, v in request.headers.items() if k != name}))

    return heedless


@pytest.fixture(params=["", "If-None-Match", "Content-MD5"])
def unheeded(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(unheeded: str) -> Iterator[S3Server]:
    with standing_before(without(unheeded, MemoryS3()), Script()) as endpoint:
        yield S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there


def test_a_store_is_told_by_what_it_heeds(server: S3Server, unheeded: str, tmp_path: Path) -> None:
    store = new_store(server, "archive", tmp_path)
    told = {"": State.OK, "If-None-Match": State.FAIL, "Content-MD5": State.WARN}
    assert sign_of(store.bucket.address).state is told[unheeded]
    assert list(store.bucket.listed("")) == []


@pytest.mark.ci
def test_ceph_heeds_what_we_rely_on_and_refuses_strangers(s3_server: S3Server, tmp_path: Path) -> None:
    address = new_store(s3_server, "archive", tmp_path).bucket.address
    assert sign_of(address).state is State.OK
    refused = sign_of(replace(address, secret=Secret("guessed")))
    assert refused.state is State.FAIL
    assert "SignatureDoesNotMatch" in refused.text
    assert "guessed" not in refused.text
    gone = sign_of(replace(address, bucket="no-such-bucket"))
    assert (gone.state, "NoSuchBucket" in gone.text) == (State.FAIL, True)


def test_a_folder_is_there_or_not(tmp_path: Path) -> None:
    assert sign_of(tmp_path).state is State.OK
    assert sign_of(tmp_path / "gone").state is State.FAIL


def signs_of_direct(server: S3Server, scratch: Path) -> list[Sign]:
    address = new_store(server, "staging", scratch).bucket.address
    offered = replace(address, public_endpoint="https://s3.example.org")
    signs = list(store_signs(StoreSettings(staging=offered), ENGLISH))
    assert S3DirectStore(address, server.endpoint).under_way("") == ()
    return signs


def test_a_store_that_takes_more_than_was_signed_is_not_for_producers(tmp_path: Path) -> None:
    with standing_before(MemoryS3(), Script()) as endpoint:
        server = S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there
        answers, unbound = signs_of_direct(server, tmp_path)
    assert (answers.state, unbound.state) == (State.OK, State.FAIL)
    assert "remove EARKIV_STORE_STAGING_PUBLIC_ENDPOINT" in unbound.text


@pytest.mark.ci
def test_ceph_takes_what_was_signed_and_no_more(s3_server: S3Server, tmp_path: Path) -> None:
    answers, bound = signs_of_direct(s3_server, tmp_path)
    assert (answers.state, bound.state) == (State.OK, State.OK)
    assert "https://s3.example.org" in bound.text
