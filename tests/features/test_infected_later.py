"""What a later scan finds in an archived package is plain to the archivist, and is barred from being published."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli import run
from ingest.application.rescan_objects import rescan
from ingest.application.scan_standings import scans_of
from ingest.bootstrap import writing
from ingest.domain.scans import never_published
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.fakes.small_archive import TWINS, UGLY, hand_over, pushed_case, settings_of

ROW = {"package", "delivery", "dialect", "title", "status", "files", "bytes", "stored_at"}
EVIL = b"Bilaga: PUSH-1"
"""What one file of the first package holds alone."""


@pytest.fixture(scope="module")
def unscanned_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two packages, of which nothing is scanned."""
    folder = tmp_path_factory.mktemp("unscanned")
    hand_over(folder / "home", tuple(pushed_case(folder / n, "NEW", n, delivery=n) for n in ("PUSH-1", "PUSH-2")))
    return folder / "home"


@pytest.fixture
def home(unscanned_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The archive that commands work with."""
    home = shutil.copytree(unscanned_archive, tmp_path / "home")
    monkeypatch.setenv("EARKIV_HOME", str(home))
    return home


class Desk:
    """Runs commands and gives what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def said(self, *arguments: str) -> str:
        self._capsys.readouterr()
        assert run(arguments) == 0
        return "".join(self._capsys.readouterr())

    def answered(self, *arguments: str) -> Any:
        return json.loads(self.said(*arguments, "--json"))


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(capsys)


def scan(home: Path, evil: bytes) -> None:
    with writing(settings_of(home)) as archive:
        packages = [one.package for one in archive.ports.catalogue.packages()]
        tuple(rescan(packages, ScriptedScanner(evil=evil), archive.owner, archive.ports))


@pytest.mark.usefixtures("home")
def test_before_any_scan_everything_is_said_to_be_unscanned(desk: Desk) -> None:
    rows = desk.answered("list")
    assert desk.answered("list", "--scan", "not-scanned") == rows
    assert desk.answered("list", "--scan", "infected") == []
    shown = desk.answered("show", "PUSH-1")["virusScan"]
    assert (shown["clean"], shown["infected"], shown["neverPublished"]) == (0, [], [])
    assert {one["path"] for one in shown["notScanned"]} == {"case.json", UGLY, *TWINS}
    assert "no virus scanner is configured" in desk.said("show", "PUSH-1")
    assert "infected" not in desk.said("quarantine", "--lang", "en")


def test_what_is_found_is_plain_and_the_package_stays_archived(home: Path, desk: Desk) -> None:
    scan(home, EVIL)
    (row,) = desk.answered("list", "--scan", "infected")
    assert (row.keys(), row["delivery"], row["status"]) == (ROW, "PUSH-1", "archived")
    shown = desk.answered("show", "PUSH-1")
    assert shown["status"] == "archived"
    barred = {"path": TWINS[1], "origin": "delivered", "generation": 1}
    assert shown["virusScan"] == {
        "clean": 3,
        "infected": [{**barred, "name": "Test.Virus", "tool": "scripted 1"}],
        "notScanned": [],
        "neverPublished": [barred],
    }
    assert desk.answered("show", "PUSH-2")["virusScan"] == {
        "clean": 4,
        "infected": [],
        "notScanned": [],
        "neverPublished": [],
    }
    said = desk.said("show", "PUSH-1")
    assert said.count("1 smittad fil, som aldrig får publiceras") == 2
    assert f"Test.Virus  {TWINS[1]}" in said
    assert "smittad" not in desk.said("show", "PUSH-2")
    assert "Arkiverade paket med smittade filer: 1." in desk.said("quarantine")
    assert desk.answered("quarantine") == []
    assert desk.answered("list", "--scan", "not-scanned") == []
    desk.said("verify", "--all")


def test_an_export_says_that_it_carries_something_infected_along(home: Path, desk: Desk, tmp_path: Path) -> None:
    scan(home, EVIL)
    infected, clean = (
        desk.said("export", name, "--as", "bagit", "--to", str(tmp_path / name), "--lang", "en")
        for name in ("PUSH-1", "PUSH-2")
    )
    assert "found something" in infected
    assert "found something" not in clean


def test_it_is_known_after_a_rebuild(home: Path, desk: Desk) -> None:
    scan(home, EVIL)
    before = desk.answered("show", "PUSH-1")["virusScan"]
    desk.said("rebuild")
    assert desk.answered("show", "PUSH-1")["virusScan"] == before
    assert len(desk.answered("list", "--scan", "infected")) == 1


def test_a_clean_generation_after_an_infected_one_hides_nothing(home: Path, desk: Desk, tmp_path: Path) -> None:
    scan(home, EVIL)
    (receipt,) = hand_over(home, (pushed_case(tmp_path / "next", "REPLACEMENT", "rent", delivery="PUSH-1"),))
    scan(home, EVIL)
    shown = desk.answered("show", receipt["package"])
    assert (shown["generation"], shown["virusScan"]["clean"]) == (2, 4)
    assert [(one["path"], one["generation"]) for one in shown["virusScan"]["neverPublished"]] == [(TWINS[1], 1)]
    assert len(desk.answered("list", "--scan", "infected")) == 1
    with writing(settings_of(home)) as archive:
        assert never_published(scans_of(receipt["package"], receipt["deliveryId"], archive.ports)) == frozenset()


def test_what_became_no_package_has_nothing_to_be_scanned(home: Path, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "refused").mkdir()
    (tmp_path / "refused" / "note.txt").write_text("no package at all")
    (receipt,) = hand_over(home, (tmp_path / "refused",))
    shown = desk.answered("show", receipt["deliveryId"])["virusScan"]
    assert (shown["clean"], shown["infected"], shown["neverPublished"]) == (0, [], [])
