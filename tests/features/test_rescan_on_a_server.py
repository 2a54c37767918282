"""On a server, rescans of two machines and deliveries meet without a lock: every scan is told once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY
from tests.fakes.clamd_server import Answers, answering
from tests.fakes.small_archive import pushed_case
from tests.features.server_shape import AGREEMENT, Server, server
from tests.servers.broker import redis_server
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.ci

PACKAGES = 4


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Server]:
    with redis_server(tmp_path) as broker, server(tmp_path, postgres, broker) as shared:
        shared.establish()
        yield shared


def started(shared: Server, machine: str, port: int, *arguments: str) -> "subprocess.Popen[str]":
    scanner = {"EARKIV_CLAMD": f"tcp:127.0.0.1:{port}", "EARKIV_CLAMD_MAX_AGE_DAYS": "3650"}
    return subprocess.Popen(
        [sys.executable, "-m", "earkiv", *arguments, "--json"],
        cwd=REPOSITORY,
        env=shared.environment(machine, **scanner),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def later_scans(shared: Server, package: str) -> int:
    """Count what later scans tell of a package; all its files fit into one batch."""
    told = shared.run("one", "timeline", package, "--json").document
    return sum(one["step"] == "rescan_objects" for one in told)


def test_two_machines_rescan_while_deliveries_come_in(shared: Server, tmp_path: Path) -> None:
    folders = [pushed_case(tmp_path / f"d-{n}", "NEW", f"nr {n}", delivery=f"d-{n}") for n in range(PACKAGES)]
    first = shared.run("one", "ingest", *map(str, folders), "--agreement", AGREEMENT, "--json")
    assert first.code == 0, first
    replacing = [pushed_case(tmp_path / f"r-{n}", "REPLACEMENT", f"ny {n}", delivery=f"d-{n}") for n in (0, 1)]
    answers = Answers()
    with answering(answers) as port:
        at_once = [
            started(shared, "one", port, "rescan"),
            started(shared, "two", port, "rescan"),
            started(shared, "two", port, "ingest", *map(str, replacing), "--agreement", AGREEMENT),
        ]
        ended = [(*process.communicate(), process.returncode) for process in at_once]
        assert [code for _, _, code in ended] == [0, 0, 0], ended
        assert {receipt["outcome"] for receipt in json.loads(ended[2][0])} == {"accepted"}
        last = started(shared, "one", port, "rescan")
        assert (*last.communicate(), last.returncode)[2] == 0
    listed = shared.run("two", "list", "--json").document
    assert len(listed) == PACKAGES
    assert shared.run("one", "list", "--scan", "not-scanned", "--json").document == []
    for package in listed:
        shown = shared.run("two", "show", package["package"], "--json").document
        assert (shown["virusScan"]["clean"], shown["virusScan"]["notScanned"]) == (package["files"], [])
        # What replaced a generation was scanned as it came in: only the generation before may have been rescanned.
        assert later_scans(shared, package["package"]) in ({1} if shown["generation"] == 1 else {0, 1})
    verified = shared.run("one", "verify", "--all", "--json")
    assert (verified.code, verified.document["damages"]) == (0, [])
