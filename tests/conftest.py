"""What every tier of tests shares: where the corpus lies, and what they are kept apart from."""

import os
import socket
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import NoReturn
from unittest.mock import Mock

import pytest
from hypothesis import settings

from tests.lent_processes import IdleProcesses
from tests.patience import TOLD
from tests.servers.postgres import Postgres, ServerMissing
from tests.servers.postgres import postgres as running_postgres
from tests.servers.s3 import PACKAGES, S3Server, ceph, given, missing
from tests.tracing import untraced

REPOSITORY = Path(__file__).resolve().parent.parent
UNIT_TESTS = REPOSITORY / "tests" / "unit"
TRACED = tuple(UNIT_TESTS / part for part in ("application", "audit", "domain", "pipeline", "rules"))
"""Tests of the parts that the gate of coverage measures, or of what calls them."""

# A busy machine is no fault of the code, and CI says the same thing twice.
settings.register_profile("earkiv", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("earkiv")

# Coverage traces the thread of the tests alone: CPython 3.11 fails where two threads begin to be traced at once, and
# servers of the tests start threads at all times, between two tests too.
threading.settrace(None)
threading.settrace = Mock(spec=threading.settrace)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tell a failure in CI when it happens: a run that is cut off has said what it met."""
    if report.failed and os.environ.get("CI") and "PYTEST_XDIST_WORKER" not in os.environ:
        sys.stdout.write(f"\n{report.nodeid} failed:\n{report.longreprtext}\n")
        sys.stdout.flush()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what tests that passed have to say: how far those came that go on as long as there is time."""
    for report in terminalreporter.getreports("passed"):
        for told in (value for name, value in report.user_properties if name == TOLD):
            terminalreporter.write_line(f"{report.nodeid}: {told}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each process begin with one of the longest tests, as far as they go; others take over the rest of a share."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if not item.get_closest_marker("long")]
    for nth, item in enumerate(long):
        items.insert(nth * ((len(items) + len(long) - nth) // processes), item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace those tests alone that have to reach the gate of coverage."""
    with nullcontext() if _is_traced(item) else untraced():
        return (yield)


def _is_traced(item: pytest.Item) -> bool:
    """Whether a test counts for the gate; the tracer nearly doubles the time of one that does."""
    return not item.get_closest_marker("untraced") and any(map(item.path.is_relative_to, TRACED))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the test corpus; absent, the test is skipped visibly, and in CI it fails."""
    folder = Path(os.environ.get("EARKIV_CORPUS") or REPOSITORY.parent / "shared" / "corpus")
    if folder.is_dir():
        return folder
    missing = f"the test corpus is not at {folder}; EARKIV_CORPUS names another place"
    if os.environ.get("CI"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A real S3 (Ceph), one for the whole run; without its programs the test is skipped visibly, and in CI it fails."""
    running = given()
    absent = () if running else missing()
    if absent and os.environ.get("CI"):
        pytest.fail(f"{', '.join(absent)} missing (Debian packages: {PACKAGES})", pytrace=False)
    if absent:
        pytest.skip(f"{', '.join(absent)} missing (Debian packages: {PACKAGES})")
    with nullcontext(running) if running else ceph(tmp_path_factory.mktemp("ceph") / "cluster") as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this process; where there is none, the test is skipped visibly, and in CI it fails."""
    with ExitStack() as closing:
        try:
            server = closing.enter_context(running_postgres())
        except ServerMissing as missing:
            if os.environ.get("CI"):
                pytest.fail(str(missing), pytrace=False)
            pytest.skip(str(missing))
        yield server


@pytest.fixture(scope="session")
def idle_processes() -> Iterator[IdleProcesses]:
    """Processes that archives of these tests hand to one another, where a folder's tests ask for it."""
    idle = IdleProcesses()
    yield idle
    idle.end()


@pytest.fixture(autouse=True)
def _apart_from_the_world(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test sees the archive or the tools of whoever runs it; a unit test that connects anywhere is no unit test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("EARKIV_HOME", raising=False)
        patch.setenv("EARKIV_TOOLS", os.devnull)  # no tools, save where a test brings them
        if request.path.is_relative_to(UNIT_TESTS):
            patch.setattr(socket.socket, "connect", _refuse)
            patch.setattr(socket.socket, "connect_ex", _refuse)
        yield


def _refuse(connection: socket.socket, address: object) -> NoReturn:
    connection.close()
    pytest.fail(f"a unit test tried to connect to {address}")
