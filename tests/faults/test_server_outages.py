"""The server under load while what it stands on is away for half a minute, or its clocks are set by an hour."""

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.faults.under_load import Running, judge
from tests.features.server_shape import ROLES, Server, server
from tests.features.test_machine_faults import disk
from tests.servers.broker import KEEPING_ALL, KEEPING_NOTHING, redis_running, redis_server
from tests.servers.buckets import in_s3
from tests.servers.http_faults import ANY, Fault, Script, forwarding, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.postgres import Postgres
from tests.servers.s3 import S3Server

pytestmark = [pytest.mark.ci, pytest.mark.timeout(1200)]
_OUTAGE_SECONDS: Final = 30.0
_BROKER_AWAY_SECONDS: Final = 10.0
"""Longer than the work on what a worker has at hand, so that it stands idle and has to be called anew."""
_ASTRAY: Final = (
    (Fault.TRICKLED, "GET"),
    (Fault.DONE_BUT_ERROR, "PUT"),
    (Fault.DONE_BUT_BUSY, "PUT"),
    (Fault.DONE_BUT_CUT, "PUT"),
)
_ASTRAY_SECONDS: Final = 5.0
_FOREVER: Final = 1_000_000
_HOUR: Final = 3600


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Server]:
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        yield shared


def _answering_at(endpoint: str) -> S3Server:
    return S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.SLOW_DOWN], ids=["down", "slow_down"])
def test_a_store_that_is_away_for_half_a_minute(postgres: Postgres, tmp_path: Path, fault: Fault) -> None:
    """In S3, staging, quarantine and archive; the store in memory passes the contract of a real one and is as fast."""
    script = Script()

    def away(_: Running) -> None:
        before = len(script.seen)
        script.plan(fault, ANY, times=_FOREVER)
        time.sleep(_OUTAGE_SECONDS)
        script.plan(fault, ANY, times=0)
        assert len(script.seen) > before, "nobody asked the store while it was away"

    with (
        standing_before(MemoryS3(), script) as endpoint,
        redis_server(tmp_path) as broker,
        server(tmp_path, postgres, broker, **in_s3(_answering_at(endpoint), ROLES, tmp_path)) as shared,
    ):
        judge(shared, postgres, away)


def test_a_store_that_is_slow_and_does_what_it_says_it_did_not(
    postgres: Postgres, s3_server: S3Server, tmp_path: Path
) -> None:
    """A real one behind a network on which one thing after another goes wrong, with every request that it concerns."""
    script = Script()

    def astray(_: Running) -> None:
        for fault, method in _ASTRAY:
            script.plan(fault, method, times=_FOREVER)
            time.sleep(_ASTRAY_SECONDS)
            deadline = time.monotonic() + _OUTAGE_SECONDS
            while script.times == _FOREVER:
                assert time.monotonic() < deadline, f"no request met {fault.name}"
                time.sleep(0.1)
        script.plan(Fault.TRICKLED, "GET", times=0)

    with (
        standing_before(forwarding(s3_server.endpoint), script) as endpoint,
        redis_server(tmp_path) as broker,
        server(tmp_path, postgres, broker, **in_s3(replace(s3_server, endpoint=endpoint), ROLES, tmp_path)) as shared,
    ):
        judge(shared, postgres, astray)


@pytest.mark.parametrize("keeping", [KEEPING_ALL, KEEPING_NOTHING], ids=["as_it_was", "empty"])
def test_a_broker_that_is_killed_and_comes_back(postgres: Postgres, tmp_path: Path, keeping: tuple[str, ...]) -> None:
    """With every message that it had, those that no worker had acknowledged among them, or with none."""
    with redis_running(tmp_path, keeping) as broker, server(tmp_path, postgres, broker.socket) as shared:

        def killed(_: Running) -> None:
            broker.kill()
            time.sleep(_BROKER_AWAY_SECONDS)
            broker.start()

        judge(shared, postgres, killed)


@pytest.mark.parametrize("role", ["staging", "archive"])
def test_a_disk_that_is_full_for_half_a_minute(shared: Server, postgres: Postgres, role: str) -> None:
    folder = shared.root / "shared" / role
    folder.mkdir(parents=True)
    with disk(folder, "64m"):

        def full(_: Running) -> None:
            ballast = folder / "ballast"
            with pytest.raises(OSError, match="No space left"):
                ballast.write_bytes(bytes(64 << 20))
            time.sleep(_OUTAGE_SECONDS)
            ballast.unlink()

        judge(shared, postgres, full)


@pytest.mark.parametrize("seconds", [_HOUR, -_HOUR], ids=["on", "back"])
def test_a_clock_that_is_set_by_an_hour(shared: Server, postgres: Postgres, tmp_path: Path, seconds: int) -> None:
    """The wall clock of API, workers and commands, while they run; that of the database stays."""
    offset = tmp_path / "offset"
    offset.write_text("+0\n")

    def jump(_: Running) -> None:
        moved = tmp_path / "moved"
        moved.write_text(f"{seconds:+d}\n")
        moved.rename(offset)
        time.sleep(_OUTAGE_SECONDS / 3)

    clocked = replace(shared, around=_clocked(offset))
    assert abs(_clock_of(clocked) - time.time()) < _HOUR / 2
    judge(clocked, postgres, jump)
    assert abs(_clock_of(clocked) - time.time() - seconds) < _HOUR / 2


def _clock_of(clocked: Server) -> float:
    told = subprocess.run(
        ["date", "+%s"], env={**os.environ, **clocked.around}, capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def _clocked(offset: Path) -> dict[str, str]:
    """Let a process read its wall clock with the offset (seconds) that a file says at the moment."""
    return {
        "LD_PRELOAD": str(_library()),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DISABLE_SHM": "1",
        "NO_FAKE_STAT": "1",
    }


def _library() -> Path:
    """Find libfaketime; where there is none the test is skipped visibly, and in CI it fails."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if found:
        return found[0]
    missing = "libfaketime is missing (Debian package: libfaketime)"
    if os.environ.get("CI"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)
