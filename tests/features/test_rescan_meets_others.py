"""A rescan meets other rescans and deliveries: every scan is told once, of the generation that it saw."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.verification import verify_packages
from ingest.adapters.heartbeat import new_owner
from ingest.adapters.sql.processes import worker_here
from ingest.application.ingest_path import ingest_path
from ingest.application.later_events import later_events
from ingest.application.rescan_objects import Answer, LeftAlone, Rescanned, rescan
from ingest.application.run_deliveries import run_pending
from ingest.application.scan_standings import scans_of
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.domain.packages import Clean, NotScanned
from ingest.errors import CatalogueUnavailable, ToolFailed
from ingest.pipeline.runner import advance
from ingest.pipeline.step import Ports
from ingest.ports import Ids
from tests.fakes.clamd_server import Answers, answering
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.fakes.small_archive import hand_over, pushed_case, settings_of


@pytest.fixture(scope="module")
def unscanned_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One package, of which nothing is scanned."""
    folder = tmp_path_factory.mktemp("unscanned")
    hand_over(folder / "home", (pushed_case(folder / "first", "NEW", "ett"),))
    return folder / "home"


@pytest.fixture
def home(unscanned_archive: Path, tmp_path: Path) -> Path:
    return shutil.copytree(unscanned_archive, tmp_path / "home")


@contextmanager
def opened(home: Path) -> Iterator[Archive]:
    """Open the archive; in the end it must be sound."""
    with writing(settings_of(home)) as archive:
        yield archive
        assert verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages == ()


def only_package(ports: Ports) -> str:
    (package,) = ports.catalogue.packages()
    return package.package


def scans_told(package: str, ports: Ports) -> list[str]:
    """Give every file of which a later scan tells, as often as it does."""
    _, delivery = ports.catalogue.find(package)
    return sorted(path for event in later_events(package, delivery, ports) for path in event.objects)


def kinds(package: str, ports: Ports) -> set[type]:
    _, delivery = ports.catalogue.find(package)
    return {type(result) for result in scans_of(package, delivery, ports).values()}


def once(work: Callable[[], None]) -> Callable[[], None]:
    """Do that work the first time, and nothing afterwards."""
    left = [work]
    return lambda: left.pop()() if left else None


def delivered(archive: Archive, folder: Path, status: str, delivery: str) -> dict[str, Any]:
    folder = pushed_case(folder, status, "två", delivery=delivery)
    return ingest_path(folder, DEFAULT_AGREEMENT, archive.owner, archive.ports)


def test_a_second_rescan_leaves_alone_what_the_first_has_in_hand(home: Path) -> None:
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)
        seen: list[Answer] = []
        other = worker_here(new_owner())
        ports.catalogue.enrol(other)

        def meanwhile() -> None:
            seen.extend(rescan([package], ScriptedScanner(), other.owner, ports))

        (first,) = rescan([package], ScriptedScanner(meanwhile=once(meanwhile)), archive.owner, ports)
        assert seen == [LeftAlone(package=package)]
        assert isinstance(first, Rescanned)
        assert len(scans_told(package, ports)) == len(set(scans_told(package, ports))) == first.clean == 4


def test_a_delivery_into_another_package_does_not_matter(home: Path, tmp_path: Path) -> None:
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)
        meanwhile = once(lambda: assert_accepted(delivered(archive, tmp_path / "new", "NEW", "PUSH-2")))
        (found,) = rescan([package], ScriptedScanner(meanwhile=meanwhile), archive.owner, ports)
        assert isinstance(found, Rescanned)
        assert kinds(package, ports) == {Clean}
        assert len(ports.catalogue.packages()) == 2


def test_what_was_learnt_of_a_generation_that_is_another_by_now_is_not_told_of_that(home: Path, tmp_path: Path) -> None:
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)
        meanwhile = once(lambda: assert_accepted(delivered(archive, tmp_path / "next", "REPLACEMENT", "PUSH-1")))
        found = tuple(rescan([package], ScriptedScanner(meanwhile=meanwhile), archive.owner, ports))
        assert found == (LeftAlone(package=package),)
        assert (kinds(package, ports), scans_told(package, ports)) == ({NotScanned}, [])
        (found_now,) = rescan([package], ScriptedScanner(), archive.owner, ports)
        assert isinstance(found_now, Rescanned)
        assert kinds(package, ports) == {Clean}


class _Telling:
    """The real ids; before the first salt is given something happens: a place in a chain has just been chosen."""

    def __init__(self, ids: Ids, work: Callable[[], None]) -> None:
        self._ids = ids
        self._before = once(work)

    def new(self) -> str:
        return self._ids.new()

    def secret(self) -> str:
        self._before()
        return self._ids.secret()


def test_a_delivery_that_takes_the_place_a_rescan_has_chosen_was_first(home: Path, tmp_path: Path) -> None:
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)

        def meanwhile() -> None:
            assert_accepted(delivered(archive, tmp_path / "next", "REPLACEMENT", "PUSH-1"))

        telling = replace(ports, ids=_Telling(ports.ids, meanwhile))
        found = tuple(rescan([package], ScriptedScanner(), archive.owner, telling))
        assert found == (LeftAlone(package=package),)
        assert (kinds(package, ports), scans_told(package, ports)) == ({NotScanned}, [])


def test_a_delivery_whose_chosen_place_a_rescan_takes_chooses_another(home: Path, tmp_path: Path) -> None:
    folder = pushed_case(tmp_path / "next", "REPLACEMENT", "två")
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)
        handed = submit(Handover(path=folder, agreement=DEFAULT_AGREEMENT, owner=archive.owner), ports)

        def meanwhile() -> None:
            # It has chosen its place, which stands in its decision, and is cut off before it writes there.
            with pytest.raises(CatalogueUnavailable):
                advance(handed, archive.owner, replace(ports, signer=_Cut(ports.signer.key_id)))

        telling = replace(ports, ids=_Telling(ports.ids, meanwhile))
        (found,) = rescan([package], ScriptedScanner(), archive.owner, telling)
        assert isinstance(found, Rescanned)
        assert len(scans_told(package, ports)) == 4
        assert run_pending(archive.owner, ports) == ()
        assert ports.catalogue.delivery(handed).state is DeliveryState.ARCHIVED
        assert kinds(package, ports) == {NotScanned}  # what the rescan saw was the generation before


class _Cut:
    """A signer that fails when it is to sign."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id

    def sign(self, key_id: str, message: bytes) -> str:
        del key_id, message
        raise CatalogueUnavailable("Borta.", "Away.")

    def verify(self, key_id: str, message: bytes, signature: str) -> bool:
        raise NotImplementedError


def assert_accepted(receipt: dict[str, Any]) -> None:
    assert receipt["outcome"] == "accepted"


class _FailingOnce:
    """The real catalogue, of which one method fails the first time it is called."""

    def __init__(self, catalogue: Any, method: str) -> None:
        self._catalogue = catalogue
        self._failing = {method}

    def __getattr__(self, name: str) -> Any:
        if name in self._failing:
            self._failing.clear()
            raise CatalogueUnavailable("Borta.", "Away.")
        return getattr(self._catalogue, name)


def test_a_delivery_on_its_way_into_the_package_comes_first(home: Path, tmp_path: Path) -> None:
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)
        broken = replace(ports, catalogue=_FailingOnce(ports.catalogue, "register_package"))
        folder = pushed_case(tmp_path / "next", "REPLACEMENT", "två")
        handed = submit(Handover(path=folder, agreement=DEFAULT_AGREEMENT, owner=archive.owner), ports)
        with pytest.raises(CatalogueUnavailable):
            advance(handed, archive.owner, broken)
        (under_way,) = ports.catalogue.unfinished()
        assert under_way.package == package
        assert tuple(rescan([package], ScriptedScanner(), archive.owner, ports)) == (LeftAlone(package=package),)
        assert run_pending(archive.owner, ports) == ()
        assert kinds(package, ports) == {NotScanned}
        tuple(rescan([package], ScriptedScanner(), archive.owner, ports))
        assert kinds(package, ports) == {Clean}


def test_an_entry_that_was_written_and_not_recorded_is_in_nobodys_way(home: Path, tmp_path: Path) -> None:
    with opened(home) as archive:
        ports, package = archive.ports, only_package(archive.ports)
        cut = replace(ports, catalogue=_FailingOnce(ports.catalogue, "add_journal_record"))
        with pytest.raises(CatalogueUnavailable):
            tuple(rescan([package], ScriptedScanner(), archive.owner, cut))
        assert_accepted(delivered(archive, tmp_path / "next", "REPLACEMENT", "PUSH-1"))
        tuple(rescan([package], ScriptedScanner(), archive.owner, ports))
        assert kinds(package, ports) == {Clean}


def test_commands_at_once_wait_for_each_other_or_say_who_is_at_work(home: Path, tmp_path: Path) -> None:
    folder = pushed_case(tmp_path / "next", "NEW", "två", delivery="PUSH-2")
    waiting: list[subprocess.Popen[bytes]] = []
    answers = Answers()
    with answering(answers) as port:
        environment = {
            **os.environ,
            "EARKIV_HOME": str(home),
            "EARKIV_CLAMD": f"tcp:127.0.0.1:{port}",
            "EARKIV_CLAMD_MAX_AGE_DAYS": "3650",
            "EARKIV_WORKERS": "1",
        }

        def started(patience: str, *arguments: str) -> "subprocess.Popen[bytes]":
            command = [sys.executable, "-m", "earkiv", *arguments]
            return subprocess.Popen(command, env={**environment, "EARKIV_LOCK_WAIT": patience}, stderr=subprocess.PIPE)

        def meanwhile() -> None:
            hasty = started("0", "rescan", "--lang", "en")
            assert b"is writing to the archive" in hasty.communicate()[1]
            assert hasty.returncode == 2
            waiting.extend(started("120", *arguments) for arguments in (("rescan",), ("ingest", str(folder))))

        answers.meanwhile = once(meanwhile)
        first = started("0", "rescan")
        assert first.communicate()[1] == b""
        for process in waiting:
            assert process.communicate()[1] == b""
        assert [process.returncode for process in (first, *waiting)] == [0, 0, 0]
    with opened(home) as archive:
        for package in archive.ports.catalogue.packages():
            assert kinds(package.package, archive.ports) == {Clean}
            told = scans_told(package.package, archive.ports)
            assert len(told) == len(set(told))


def test_an_outage_in_the_middle_leaves_the_package_free(home: Path) -> None:
    with opened(home) as archive:
        package = only_package(archive.ports)
        with pytest.raises(ToolFailed):
            tuple(rescan([package], ScriptedScanner(away_after=1), archive.owner, archive.ports))
        other = worker_here(new_owner())
        archive.ports.catalogue.enrol(other)
        (found,) = rescan([package], ScriptedScanner(), other.owner, archive.ports)
        assert isinstance(found, Rescanned)
        assert found.clean == 3
