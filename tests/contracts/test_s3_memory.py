"""However large an object is, little of it is in memory at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.servers.buckets import new_store
from tests.servers.s3 import S3Server

MIB = 512


@pytest.mark.ci
def test_half_a_gibibyte_goes_through_in_a_hundred_mebibytes(s3_server: S3Server, tmp_path: Path) -> None:
    bucket = new_store(s3_server, "archive", tmp_path).bucket.address.bucket
    server = (s3_server.endpoint, s3_server.key_id, s3_server.secret, s3_server.region)
    child = subprocess.run(
        [sys.executable, "-m", "tests.contracts.stream_through_s3", *server, bucket, str(tmp_path), str(MIB)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    _, peak = map(int, child.stdout.split())
    assert peak <= 100
