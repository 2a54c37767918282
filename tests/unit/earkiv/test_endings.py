"""Every fault becomes words on stderr and exit code 2."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from earkiv.cli.endings import ended
from earkiv.cli.language import Voice
from ingest.config import Language
from ingest.errors import OutOfSpace
from schemas import SchemasMissing

SWEDISH = Voice(language=Language.SWEDISH)
ENGLISH = Voice(language=Language.ENGLISH)


def raising(error: BaseException) -> Callable[[], int]:
    def command() -> NoReturn:
        raise error

    return command


def test_a_command_that_ends_well_gives_its_own_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(lambda: 1, SWEDISH) == 1
    assert capsys.readouterr().err == ""


def test_a_fault_of_the_machine_is_told_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    full = OutOfSpace("Disken är full.", "The disk is full.")
    assert ended(raising(full), SWEDISH) == 2
    assert capsys.readouterr().err == (
        "Fel: Disken är full.\nGör så här: Frigör utrymme och kör om; arbetet fortsätter där det var.\n"
    )
    assert ended(raising(full), ENGLISH) == 2
    assert capsys.readouterr().err.startswith("Fault: The disk is full.\nWhat to do: Free some space")


def test_missing_schemas_say_their_own_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(raising(SchemasMissing(("mets.xsd",))), ENGLISH) == 2
    told = capsys.readouterr().err
    assert "mets.xsd" in told
    assert "What to do" not in told


def test_a_fault_of_the_operating_system_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(raising(PermissionError(13, "Permission denied", "/x")), SWEDISH) == 2
    assert "/x" in capsys.readouterr().err


def test_an_interruption_says_that_the_work_goes_on_later(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(raising(KeyboardInterrupt()), SWEDISH) == 130
    assert "Avbrutet" in capsys.readouterr().err


def left_behind(capsys: pytest.CaptureFixture[str]) -> Path:
    """Meet a fault in the program, and give the file that it is told in."""
    assert ended(raising(ZeroDivisionError("oj")), ENGLISH) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    named = re.search(r"attach (\S+\.txt)", told)
    assert named
    file = Path(named[1])
    assert "ZeroDivisionError: oj" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    return file


def test_a_fault_in_the_program_leaves_its_traceback_in_a_file_with_the_archive(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home" / "archive").mkdir(parents=True)
    monkeypatch.setenv("EARKIV_HOME", str(tmp_path / "home"))
    assert left_behind(capsys).parent == tmp_path / "home"


@pytest.mark.parametrize("made", ["", "home"])
def test_a_fault_in_the_program_where_there_is_no_archive_leaves_its_traceback_beside(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    """A folder that is no archive yet stays empty: only then can it become one."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / made).mkdir(exist_ok=True)
    monkeypatch.setenv("EARKIV_HOME", str(tmp_path / "home"))
    assert left_behind(capsys).parent == tmp_path
