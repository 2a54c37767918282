"""`make demo` goes as expected, and again over the same archive."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source_tree import REPOSITORY
from tests.features.front_door import Door


def demonstrate(door: Door, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "earkiv.demo"],
        cwd=folder,
        env=door.environment(**settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_demonstration_shows_every_receipt_and_says_what_to_try_next(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    first = demonstrate(door, REPOSITORY)
    assert first.returncode == 0, first.stderr
    assert first.stdout.count("MOTTAGEN") == 4
    assert first.stdout.count("AVVISAD") == 1
    assert "OSKADAT" in first.stdout
    package = door.run("list", "--json").document[0]["package"]
    assert package in first.stdout
    again = demonstrate(door, REPOSITORY)
    assert again.returncode == 0, again.stderr
    assert receipts(again.stdout)[:4] == receipts(first.stdout)[:4]


def receipts(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if "Mottagningskvitto" in line]


def test_the_demonstration_speaks_english_too(tmp_path: Path) -> None:
    done = demonstrate(Door(home=tmp_path / "home"), REPOSITORY, EARKIV_LANG="en")
    assert done.returncode == 0, done.stderr
    assert "Try next" in done.stdout


def test_away_from_the_samples_it_says_where_to_run(tmp_path: Path) -> None:
    done = demonstrate(Door(home=tmp_path / "home"), tmp_path)
    assert done.returncode == 2
    assert "samples/deliveries" in done.stderr
