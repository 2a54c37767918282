"""Taking in ends with a tidy staging, and says what was removed from it."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from earkiv.cli.intake import ingest_paths
from earkiv.cli.language import Voice
from earkiv.cli.session import Printing, Session
from ingest.adapters.directory import DirectoryStore
from ingest.config import Language
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.pipeline.staging_keys import object_key
from tests.fakes.small_archive import pushed_case, settings_of

OWNERS = [str(UUID(int=n)) for n in range(1, 6)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive in which something is left over that belongs to nobody."""
    hand_in(tmp_path / "home", pushed_case(tmp_path / "first", "NEW", "ett"))
    return tmp_path / "home"


def hand_in(home: Path, folder: Path, language: Language = Language.SWEDISH) -> int:
    session = Session(settings=settings_of(home), voice=Voice(language=language), printing=Printing.JSON)
    return ingest_paths([folder], DEFAULT_AGREEMENT.id, session)


def left_over(home: Path, owners: list[str]) -> None:
    for owner in owners:
        DirectoryStore(home / "staging", "staging").put(object_key(owner, 0), (b"x",))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.SWEDISH, f"Borttaget ur staging, där ingen leverans behöver det längre: {OWNERS[0]} (filer: 1)\n"),
        (Language.ENGLISH, f"Removed from staging, where no delivery needs it any more: {OWNERS[0]} (files: 1)\n"),
    ],
)
def test_what_was_left_over_is_removed_and_told_in_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Language, said: str
) -> None:
    left_over(home, OWNERS[:1])
    capsys.readouterr()
    assert hand_in(home, tmp_path / "first", language) == 0
    told = capsys.readouterr()
    assert told.err == said
    assert json.loads(told.out)["outcome"] == "accepted"
    assert not any((home / "staging").rglob("objects"))


def test_many_leftovers_are_counted(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left_over(home, OWNERS)
    capsys.readouterr()
    hand_in(home, tmp_path / "first")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.endswith(f"{OWNERS[2]} (filer: 1), … och 2 till\n")


def test_nothing_is_said_of_a_tidy_staging(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    hand_in(home, tmp_path / "first")
    assert capsys.readouterr().err == ""


def test_a_staging_that_cannot_be_tidied_spoils_no_receipt(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "staging" / "a\nb").write_text("no key")
    capsys.readouterr()
    assert hand_in(home, tmp_path / "first") == 0
    assert "Leveranserna är klara, men staging" in capsys.readouterr().err
