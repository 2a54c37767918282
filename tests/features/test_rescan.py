"""What was archived unscanned is scanned later, whatever the scanner dies of; an outage loses nothing."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli import run
from ingest.adapters import clamd
from ingest.application.consult_archive import timeline_of
from ingest.application.later_events import later_events
from ingest.application.rescan_breaks import COUNTED, SUSPECTED
from ingest.application.rescan_objects import IN_OTHER_HANDS, Answer, LeftAlone, Rescanned, Unreadable, rescan
from ingest.application.scan_standings import scans_of
from ingest.bootstrap import Archive, writing
from ingest.domain.packages import Clean, NotScanned, ScanResult, StagedObject
from ingest.errors import ToolFailed
from ingest.pipeline.scan_breaks import MOST_BREAKS, UNANSWERED
from ingest.ports import Lease
from tests.fakes.clamd_server import Answers, answering
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.fakes.small_archive import TWINS, hand_over, pushed_case, settings_of

DEADLY = b"alltid samma"
"""What one file of every package holds, and no other does."""
DEADLY_FILE = TWINS[0]


@pytest.fixture(scope="module")
def unscanned_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two packages, of which nothing is scanned."""
    folder = tmp_path_factory.mktemp("unscanned")
    first, second = (pushed_case(folder / name, "NEW", name, delivery=name) for name in ("PUSH-1", "PUSH-2"))
    hand_over(folder / "home", (first, second))
    return folder / "home"


@pytest.fixture
def home(unscanned_archive: Path, tmp_path: Path) -> Path:
    return shutil.copytree(unscanned_archive, tmp_path / "home")


@contextmanager
def opened(home: Path) -> Iterator[Archive]:
    with writing(settings_of(home)) as archive:
        yield archive


def packages(archive: Archive) -> list[str]:
    return [one.package for one in archive.ports.catalogue.packages()]


def rescanned(archive: Archive, scanner: ScriptedScanner) -> dict[str, Answer]:
    """Rescan everything; each package is given once."""
    found = tuple(rescan(packages(archive), scanner, archive.owner, archive.ports))
    assert len({one.package for one in found}) == len(found)
    return {one.package: one for one in found}


def left(one: Answer) -> list[tuple[str, str]]:
    assert isinstance(one, Rescanned)
    return [(file.path, reason) for file, reason in one.left]


def known(archive: Archive, package: str) -> dict[str, ScanResult]:
    _, delivery = archive.ports.catalogue.find(package)
    return {file.path: result for file, result in scans_of(package, delivery, archive.ports).items()}


def later_scans(archive: Archive, package: str) -> list[str]:
    return [one.detail for one in timeline_of(package, archive.ports) if one.step == "rescan_objects"]


def breaks(archive: Archive, outcome: str) -> int:
    catalogue = archive.ports.catalogue
    return sum(len(catalogue.logged(one.delivery_id, outcome)) for one in catalogue.packages())


def test_a_file_that_the_scanner_dies_of_is_told_and_the_others_are_scanned(home: Path) -> None:
    scanner = ScriptedScanner(deadly=DEADLY)
    with opened(home) as archive:
        found = rescanned(archive, scanner)
        reason = f"{UNANSWERED} (scripted 1)"
        for package in packages(archive):
            one = found[package]
            assert isinstance(one, Rescanned)
            assert (one.clean, one.infected, left(one)) == (3, (), [(DEADLY_FILE, reason)])
            assert known(archive, package)[DEADLY_FILE] == NotScanned(reason=reason)
            assert later_scans(archive, package) == ["nothing found by scripted 1", f"not scanned: {reason}"]
        assert (breaks(archive, SUSPECTED), breaks(archive, COUNTED)) == (2, 2 * MOST_BREAKS)
    # All that is not deadly came first.
    assert [DEADLY in content for content in scanner.heard].index(True) == [*scanner.heard].index(DEADLY)
    assert scanner.heard[-2 * MOST_BREAKS :] == [DEADLY] * 2 * MOST_BREAKS


def test_what_was_given_up_is_asked_about_again_when_the_scanner_is_another(home: Path) -> None:
    with opened(home) as archive:
        rescanned(archive, ScriptedScanner(deadly=DEADLY))
        same, newer = ScriptedScanner(), ScriptedScanner(version="scripted 2")
        before = {package: later_scans(archive, package) for package in packages(archive)}
        again = rescanned(archive, same)
        for one in again.values():
            assert left(one) == [(DEADLY_FILE, f"{UNANSWERED} (scripted 1)")]
        assert same.heard == []
        assert {package: later_scans(archive, package) for package in packages(archive)} == before
        assert {one.clean for one in rescanned(archive, newer).values() if isinstance(one, Rescanned)} == {1}
        assert newer.heard == [DEADLY, DEADLY]
        assert rescanned(archive, newer) == {}


def test_a_scanner_that_must_be_raised_each_time_is_done_with_all_others_first(home: Path) -> None:
    scanner, faults = ScriptedScanner(deadly=DEADLY, stays_dead=True), 0
    while True:
        scanner.is_away = False
        with opened(home) as archive:
            try:
                rescanned(archive, scanner)
            except ToolFailed:
                faults += 1
                continue
            for package in packages(archive):
                results = known(archive, package)
                assert {path for path, result in results.items() if not isinstance(result, Clean)} == {DEADLY_FILE}
        break
    assert faults == 2 * (1 + MOST_BREAKS)
    innocent = [content for content in scanner.heard if content != DEADLY]
    assert len(innocent) == len(set(innocent))  # nothing was scanned twice
    last_innocent = max(place for place, content in enumerate(scanner.heard) if content != DEADLY)
    assert scanner.heard[:last_innocent].count(DEADLY) == 2  # each once, before anybody could know


class _LentOnce:
    """The real catalogue; another has every delivery in hand once it has been lent here so many times in all."""

    def __init__(self, catalogue: Any, times: int) -> None:
        self._catalogue = catalogue
        self._left = times

    def acquire(self, delivery: str, owner: str) -> Lease | None:
        self._left -= 1
        return self._catalogue.acquire(delivery, owner) if self._left >= 0 else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


class _Misremembering:
    """The real catalogue, which has another digest for the file that is deadly."""

    def __init__(self, catalogue: Any) -> None:
        self._catalogue = catalogue

    def staged(self, delivery: str) -> tuple[StagedObject, ...]:
        found = self._catalogue.staged(delivery)
        return tuple(replace(one, sha256="0" * 64) if one.path == DEADLY_FILE else one for one in found)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


def test_a_file_that_the_inventory_does_not_name_is_told_and_stops_nothing(home: Path) -> None:
    with opened(home) as archive:
        ports = replace(archive.ports, catalogue=_Misremembering(archive.ports.catalogue))
        for one in rescan(packages(archive), ScriptedScanner(), archive.owner, ports):
            ((path, reason),) = left(one)
            assert path == DEADLY_FILE
            assert reason.startswith("the stored file is damaged")


def test_what_waits_for_a_second_visit_is_told_where_another_came_first(home: Path) -> None:
    with opened(home) as archive:
        ports = replace(archive.ports, catalogue=_LentOnce(archive.ports.catalogue, len(packages(archive))))
        found = tuple(rescan(packages(archive), ScriptedScanner(deadly=DEADLY), archive.owner, ports))
        assert [one.package for one in found] == packages(archive)
        for one in found:
            assert left(one) == [(DEADLY_FILE, IN_OTHER_HANDS)]
        ports = replace(archive.ports, catalogue=_LentOnce(archive.ports.catalogue, len(packages(archive))))
        again = tuple(rescan(packages(archive), ScriptedScanner(deadly=DEADLY), archive.owner, ports))
        assert again == tuple(LeftAlone(package=package) for package in packages(archive))


def test_an_outage_loses_nothing_and_is_no_files_fault(home: Path) -> None:
    scanner = ScriptedScanner(away_after=2)
    with opened(home) as archive:
        first = packages(archive)[0]
        for _ in range(2 * MOST_BREAKS):
            with pytest.raises(ToolFailed):
                rescanned(archive, scanner)
        assert len(scanner.heard) == 2
        assert later_scans(archive, first) == ["nothing found by scripted 1"]
        assert sum(isinstance(result, Clean) for result in known(archive, first).values()) == 2
        assert (breaks(archive, SUSPECTED), breaks(archive, COUNTED)) == (0, 0)
        scanner.away_after = None
        found = rescanned(archive, scanner)
        assert [one.clean for one in found.values() if isinstance(one, Rescanned)] == [2, 4]
    assert len(scanner.heard) == 8


def test_what_was_found_before_an_outage_is_given(home: Path) -> None:
    scanner = ScriptedScanner(evil=b"PUSH", away_after=3)
    with opened(home) as archive:
        found = rescan(packages(archive), scanner, archive.owner, archive.ports)
        one = next(found)
        assert isinstance(one, Rescanned)
        assert {name for _, name in one.infected} == {"Test.Virus"}
        with pytest.raises(ToolFailed):
            next(found)


def test_two_entries_of_one_moment_tell_different_events(home: Path) -> None:
    with opened(home) as archive:
        for _ in range(2):
            with pytest.raises(ToolFailed):
                rescanned(archive, ScriptedScanner(away_after=1))
        package = packages(archive)[0]
        _, delivery = archive.ports.catalogue.find(package)
        scans = [event for event in later_events(package, delivery, archive.ports) if event.step == "rescan_objects"]
        assert len({event.id for event in scans}) == len({event.objects for event in scans}) == 2


def test_a_damaged_file_is_told_and_stops_nothing(home: Path) -> None:
    files = (path for path in (home / "archive" / "ocfl").rglob("*") if path.is_file())
    stored = next(path for path in files if path.read_bytes() == DEADLY)
    stored.chmod(0o600)
    stored.write_bytes(b"aldrig samma")
    with opened(home) as archive:
        found = rescanned(archive, ScriptedScanner()).values()
        assert sorted(one.clean for one in found if isinstance(one, Rescanned)) == [3, 4]
        ((path, reason),) = (each for one in found for each in left(one))
    assert path == DEADLY_FILE
    assert "stored file is damaged" in reason


@pytest.mark.parametrize("damaged", ["v1/inventory.json", "journal/package/"])
def test_a_damaged_package_is_told_and_stops_no_other(home: Path, damaged: str) -> None:
    with opened(home) as archive:
        broken, sound = packages(archive)
    keys = (path for path in (home / "archive").rglob("*") if path.is_file() and damaged in str(path))
    stored = next(path for path in keys if broken in str(path) or broken in path.read_text(encoding="utf-8"))
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes()[:-2])
    with opened(home) as archive:
        found = rescanned(archive, ScriptedScanner())
        assert isinstance(found[broken], Unreadable)
        assert isinstance(found[sound], Rescanned)
        assert {type(result) for result in known(archive, sound).values()} == {Clean}


def test_another_generations_file_of_the_same_name_is_not_scanned_by_that(home: Path, tmp_path: Path) -> None:
    with opened(home) as archive:
        rescanned(archive, ScriptedScanner())
    (receipt,) = hand_over(home, (pushed_case(tmp_path / "next", "REPLACEMENT", "nytt", delivery="PUSH-1"),))
    with opened(home) as archive:
        assert {type(result) for result in known(archive, receipt["package"]).values()} == {NotScanned}
        scanner = ScriptedScanner()
        assert list(rescanned(archive, scanner)) == [receipt["package"]]
        assert len(scanner.heard) == len(receipt["files"])


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    document: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return document


def test_the_command_goes_on_and_says_why_a_file_is_left(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clamd, "_PAUSES", ())
    monkeypatch.setenv("EARKIV_HOME", str(home))
    monkeypatch.setenv("EARKIV_CLAMD_MAX_AGE_DAYS", "3650")
    answers = Answers(deadly=DEADLY)
    with answering(answers) as port:
        monkeypatch.setenv("EARKIV_CLAMD", f"tcp:127.0.0.1:{port}")
        answers.is_dead = True
        assert run(["rescan", "--json"]) == 2
        assert capsys.readouterr().out == ""
        answers.is_dead = False
        assert run(["rescan"]) == 0
        said = capsys.readouterr().out
        assert said.count(UNANSWERED) == said.count(f"    {DEADLY_FILE}") == 2
        assert run(["rescan", "--json"]) == 0
        assert [one["notScanned"][0]["path"] for one in printed(capsys)] == [DEADLY_FILE] * 2
        assert run(["rescan", "inget-sådant"]) == 2
    assert run(["verify", "--all"]) == 0
