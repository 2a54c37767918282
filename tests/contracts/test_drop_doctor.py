"""`doctor` tries the place where drops are left, says what a watcher could not do there, and leaves nothing behind."""

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from earkiv.cli.drop_signs import drop_signs
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State
from ingest.adapters.drop_folder import DropFolder
from ingest.adapters.s3.bucket import Bucket
from ingest.adapters.secrets import Secret
from ingest.config import Language, Settings, read_settings
from tests.servers.buckets import new_store
from tests.servers.http_faults import Answer, Backend, Fault, Request, Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import READER, S3Server

SWEDISH, ENGLISH = Voice(language=Language.SWEDISH), Voice(language=Language.ENGLISH)
_FORBIDDEN: Final = (
    ("GET", "list-type", "/in cannot be listed"),
    ("PUT", "/in/", "/in cannot be written to"),
    ("GET", "/in/.earkiv-doctor", "/in cannot be read"),
    ("POST", "delete", "nothing can be deleted from s3://"),
    ("PUT", "/refused/", "/refused cannot be written to"),
)


def settings(**said: str) -> Settings:
    return read_settings({f"EARKIV_DROPS{name}": value for name, value in said.items()}, 1)


def sign_of(settings: Settings, voice: Voice = ENGLISH) -> Sign:
    (sign,) = drop_signs(settings, voice)
    return sign


def watched(server: S3Server, scratch: Path) -> tuple[Bucket, Settings]:
    bucket = new_store(server, "drops", scratch).bucket
    told = {"_ENDPOINT": server.endpoint, "_REGION": server.region, "_KEY_ID": server.key_id, "_SECRET": server.secret}
    return bucket, settings(**told, **{"": f"s3://{bucket.address.bucket}/nämnden/"})


def heedless(backend: Backend) -> Backend:
    """A store that overwrites."""

    def answer(request: Request) -> Answer:
        return backend(replace(request, headers={k: v for k, v in request.headers.items() if k != "If-None-Match"}))

    return answer


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def server(script: Script) -> Iterator[S3Server]:
    with standing_before(MemoryS3(), script) as endpoint:
        yield S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there


def test_where_nothing_is_set_nothing_is_said_and_a_key_alone_is_told() -> None:
    assert list(drop_signs(settings(), ENGLISH)) == []
    alone = settings(_KEY_ID="id", _SECRET="hemligt")  # noqa: S106 - nothing is kept there
    assert (sign_of(alone).state, "EARKIV_DROPS" in sign_of(alone).text) == (State.WARN, True)


def test_a_bucket_that_can_be_used_is_told_and_left_as_it_was(server: S3Server, tmp_path: Path) -> None:
    bucket, told = watched(server, tmp_path)
    assert sign_of(told).state is State.OK
    assert f"s3://{bucket.address.bucket}/nämnden" in sign_of(told, SWEDISH).text
    assert list(bucket.listed("")) == []


@pytest.mark.parametrize(("method", "part", "said"), _FORBIDDEN)
def test_what_is_forbidden_in_a_bucket_is_named(
    server: S3Server, script: Script, tmp_path: Path, method: str, part: str, said: str
) -> None:
    bucket, told = watched(server, tmp_path)
    script.plan(Fault.FORBIDDEN, method, part, 1000)
    sign = sign_of(told)
    assert (sign.state, said in sign.text, "AccessDenied" in sign.text) == (State.FAIL, True, True), sign
    assert "Leveranser: " in sign_of(told, SWEDISH).text
    script.plan(Fault.FORBIDDEN, method, part, 0)
    left = [one.key for one in bucket.listed("")]
    assert left == [] or method == "POST"


def test_a_bucket_that_overwrites_is_not_for_drops(tmp_path: Path) -> None:
    with standing_before(heedless(MemoryS3()), Script()) as endpoint:
        server = S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there
        bucket, told = watched(server, tmp_path)
        sign = sign_of(told)
        assert (sign.state, "do not use it" in sign.text) == (State.FAIL, True), sign
        assert list(bucket.listed("")) == []


def test_an_address_that_cannot_be_used_is_told() -> None:
    sign = sign_of(settings(**{"": "s3://hink/nämnden"}))
    assert (sign.state, "EARKIV_DROPS_KEY_ID" in sign.text) == (State.FAIL, True)


@pytest.mark.ci
def test_a_key_of_ceph_that_may_read_and_not_write_is_told(s3_server: S3Server, tmp_path: Path) -> None:
    bucket, told = watched(s3_server, tmp_path)
    assert sign_of(told).state is State.OK
    assert s3_server.reader
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": [f"arn:aws:iam:::user/{READER}"]},
                "Action": ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetObject"],
                "Resource": [f"arn:aws:s3:::{bucket.address.bucket}{below}" for below in ("", "/*")],
            }
        ],
    }
    bucket.client.put_bucket_policy(Bucket=bucket.address.bucket, Policy=json.dumps(policy))
    key_id, secret = s3_server.reader
    drops = replace(told.drops, key_id=key_id, secret=Secret(secret))
    sign = sign_of(replace(told, drops=drops))
    assert (sign.state, "/in cannot be written to" in sign.text) == (State.FAIL, True), sign
    assert list(bucket.listed("")) == []


def test_a_folder_is_tried_by_moving_a_file_through_it(tmp_path: Path) -> None:
    told = settings(**{"": str(tmp_path / "drops")})
    assert sign_of(told).state is State.WARN
    assert not (tmp_path / "drops").exists()
    (tmp_path / "drops").mkdir()
    assert sign_of(told).state is State.OK
    DropFolder(tmp_path / "drops")
    assert sign_of(told).state is State.OK
    assert sorted(path.name for path in (tmp_path / "drops").rglob("*")) == ["done", "in", "refused", "taken"]


@pytest.mark.parametrize(
    ("owner", "name", "number", "said"),
    [
        (os, "listdir", errno.EACCES, "/in cannot be listed"),
        (Path, "touch", errno.EROFS, "/in cannot be written to"),
        (Path, "rename", errno.EXDEV, "nothing can be moved to"),
        (Path, "unlink", errno.EACCES, "nothing can be deleted from"),
    ],
)
def test_what_is_refused_in_a_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, number: int, said: str
) -> None:
    def refused(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    DropFolder(tmp_path)
    monkeypatch.setattr(owner, name, refused)
    sign = sign_of(settings(**{"": str(tmp_path)}))
    assert (sign.state, said in sign.text, errno.errorcode[number] in sign.text) == (State.FAIL, True, True), sign
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left == [] or name == "unlink"


def test_a_folder_in_which_some_are_still_to_be_made_is_tried_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch = Path.touch

    def refused(path: Path, *arguments: Any, **named: Any) -> None:
        if path.parent == tmp_path:
            raise PermissionError(errno.EACCES, "no")
        touch(path, *arguments, **named)

    (tmp_path / "in").mkdir()
    assert sign_of(settings(**{"": str(tmp_path)})).state is State.OK
    monkeypatch.setattr(Path, "touch", refused)
    assert sign_of(settings(**{"": str(tmp_path)})).state is State.FAIL


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> bool:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "is_dir", refused)
    assert sign_of(settings(**{"": str(tmp_path)})).state is State.FAIL
