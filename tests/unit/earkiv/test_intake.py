"""Taking in ends with a tidy staging, and says what was removed from it, and what only a person may remove."""

import json
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest

from earkiv.cli.intake import ingest_paths
from earkiv.cli.language import Voice
from earkiv.cli.leftovers import leftovers
from earkiv.cli.session import Printing, Session
from ingest.adapters.directory import DirectoryStore
from ingest.bootstrap import reading
from ingest.config import Language
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import UnknownSubject
from ingest.pipeline.staging_keys import object_key
from tests.fakes.small_archive import pushed_case, settings_of

UNKNOWN = [str(UUID(int=n)) for n in (1, 2)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive with one delivery."""
    hand_in(tmp_path / "home", pushed_case(tmp_path / "first", "NEW", "ett"))
    return tmp_path / "home"


def hand_in(home: Path, folder: Path, language: Language = Language.SWEDISH) -> int:
    session = Session(settings=settings_of(home), voice=Voice(language=language), printing=Printing.JSON)
    return ingest_paths([folder], DEFAULT_AGREEMENT.id, session)


def left_over(home: Path, owners: Sequence[str]) -> None:
    for owner in owners:
        DirectoryStore(home / "staging", "staging").put(object_key(owner, 0), (b"x",))


def finished(home: Path) -> list[str]:
    """The ids of all deliveries that are over, in the order in which staging lists them."""
    with reading(settings_of(home)) as archive:
        return sorted(package.delivery_id for package in archive.ports.catalogue.packages())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.SWEDISH, "Borttaget ur staging, där ingen leverans behöver det längre: {} (filer: 1)\n"),
        (Language.ENGLISH, "Removed from staging, where no delivery needs it any more: {} (files: 1)\n"),
    ],
)
def test_what_was_left_over_is_removed_and_told_in_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Language, said: str
) -> None:
    left_over(home, finished(home))
    capsys.readouterr()
    assert hand_in(home, tmp_path / "first", language) == 0
    told = capsys.readouterr()
    assert told.err == said.format(*finished(home))
    assert json.loads(told.out)["outcome"] == "accepted"
    assert not any((home / "staging").rglob("objects"))


def test_many_leftovers_are_counted(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(2, 6):
        hand_in(home, pushed_case(tmp_path / f"more-{number}", "NEW", "ett", f"PUSH-{number}"))
    over = finished(home)
    left_over(home, over)
    capsys.readouterr()
    hand_in(home, tmp_path / "first")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.endswith(f"{over[2]} (filer: 1), … och 2 till\n")


def test_what_nobody_knows_stays_and_is_told_until_a_person_discards_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left_over(home, UNKNOWN)
    capsys.readouterr()
    assert hand_in(home, tmp_path / "first") == 0
    told = capsys.readouterr().err
    assert "(2)" in told
    assert told.endswith(f"{', '.join(UNKNOWN)}\n")
    session = Session(settings=settings_of(home), voice=Voice(language=Language.SWEDISH), printing=Printing.JSON)
    expected = [{"id": one, "files": 1} for one in UNKNOWN]
    for discard, shown in ((None, expected), (UNKNOWN[0], expected[:1]), (None, expected[1:])):
        assert leftovers(discard, session) == 0
        assert json.loads(capsys.readouterr().out) == shown
    with pytest.raises(UnknownSubject):
        leftovers(UNKNOWN[0], session)


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
