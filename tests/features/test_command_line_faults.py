"""How the command line ends when the machine, the settings or the person who types are at fault: exit 2, in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY
from tests.features.front_door import BAD, GOOD, SAMPLES, Door

HOLD_THE_LOCK = REPOSITORY / "tests" / "unit" / "adapters" / "hold_the_lock.py"

LISTENING = """
import sys
from earkiv.cli import run
code = run(["validate", "--json", sys.argv[1]])
print([name for name in ("sqlalchemy", "pygfried", "cryptography", "celery", "alembic") if name in sys.modules], code)
"""


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(home=tmp_path / "home")


@pytest.fixture
def archive(door: Door) -> Door:
    """An archive with one refused delivery."""
    assert door.run("ingest", SAMPLES / BAD, "--json").code == 1
    return door


@pytest.mark.parametrize("command", ["validate", "ingest"])
@pytest.mark.parametrize(("language", "words"), [("sv", "Finns inte"), ("en", "Does not exist")])
def test_a_missing_path_is_told_before_anything_is_done(door: Door, command: str, language: str, words: str) -> None:
    answer = door.run(command, SAMPLES / GOOD[0], "/finns/inte", "--json", "--lang", language)
    assert answer.code == 2
    assert answer.out == ""
    assert words in answer.err
    assert "/finns/inte" in answer.err
    assert not door.home.exists()


@pytest.mark.parametrize("command", ["show", "receipt", "timeline", "verify"])
def test_an_unknown_id_is_told_on_stderr_alone(archive: Door, command: str) -> None:
    answer = archive.run(command, "okänt", "--json")
    assert answer.code == 2
    assert answer.out == ""
    assert "okänt" in answer.err
    assert "Gör så här" in answer.err


def test_export_of_an_unknown_id(archive: Door, tmp_path: Path) -> None:
    answer = archive.run("export", "okänt", "--as", "bagit", "--to", tmp_path / "ut.zip", "--lang", "en")
    assert answer.code == 2
    assert "okänt" in answer.err
    assert not (tmp_path / "ut.zip").exists()


def test_an_unknown_agreement_names_those_there_are(archive: Door) -> None:
    answer = archive.run("ingest", SAMPLES / GOOD[0], "--agreement", "skola", "--json")
    assert answer.code == 2
    assert answer.out == ""
    assert "skola" in answer.err
    assert "default" in answer.err
    assert archive.run("list", "--json").document == []


def test_an_empty_archive_says_how_to_go_on(archive: Door) -> None:
    assert "earkiv ingest" in archive.run("list").out


@pytest.mark.parametrize("command", ["list", "rebuild"])
def test_no_archive_at_all(door: Door, command: str) -> None:
    answer = door.run(command)
    assert answer.code == 2
    assert str(door.home) in answer.err
    assert not door.home.exists()


def test_every_wrong_setting_is_named_at_once(door: Door) -> None:
    answer = door.run("list", EARKIV_WORKERS="många", EARKIV_LANG="fi")
    assert answer.code == 2
    assert "EARKIV_WORKERS" in answer.err
    assert "EARKIV_LANG" in answer.err


def test_a_home_that_is_a_file(door: Door) -> None:
    door.home.write_text("inget arkiv", encoding="utf-8")
    answer = door.run("ingest", SAMPLES / GOOD[0], "--json")
    assert answer.code == 2
    assert str(door.home) in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingets",),
        ("validate",),
        ("list", "--jsn"),
        ("export", "x", "--as", "pdf", "--to", "y"),
        ("show", "a", "b"),
        ("verify", "a", "--all"),
        ("list", "--lang", "fi"),
        ("schemas",),
    ],
)
def test_wrong_use_is_told_in_swedish_and_in_english(archive: Door, arguments: tuple[str, ...]) -> None:
    swedish = archive.run(*arguments)
    assert swedish.code == 2
    assert swedish.out == ""
    assert swedish.err.startswith("Fel: ")
    english = archive.run(*arguments, EARKIV_LANG="en")
    assert english.code == 2
    assert english.err.startswith("Fault: ")
    assert swedish.err.splitlines()[0].removeprefix("Fel: ") != english.err.splitlines()[0].removeprefix("Fault: ")


def test_reading_goes_on_while_another_process_writes_and_a_second_writer_is_refused(archive: Door) -> None:
    holding = [sys.executable, str(HOLD_THE_LOCK), str(archive.home)]
    with subprocess.Popen(
        holding, env=archive.environment(), stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as holder:
        try:
            assert holder.stdout
            assert holder.stdout.readline()
            assert archive.run("list", "--json").document == []
            refused = archive.run("ingest", SAMPLES / GOOD[0], "--json", EARKIV_LOCK_WAIT="0")
            assert archive.run("rebuild", EARKIV_LOCK_WAIT="0").code == 2
            assert "varning" in archive.run("doctor").out
        finally:
            subprocess.run(["kill", "-9", "--", f"-{holder.pid}"], check=True)
    assert refused.code == 2
    assert refused.out == ""
    assert str(holder.pid) in refused.err


def test_missing_schemas_that_cannot_be_fetched(door: Door, tmp_path: Path) -> None:
    offline = {"EARKIV_SCHEMAS": str(tmp_path / "schemas"), "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    answer = door.run("validate", SAMPLES / GOOD[0], "--json", **offline)
    assert answer.code == 2
    assert answer.out == ""
    assert "earkiv schemas install" in answer.err
    assert "varning" in door.run("doctor", **offline).out


def test_schemas_that_are_there_are_not_fetched(door: Door) -> None:
    answer = door.run("schemas", "install", PIP_INDEX_URL="http://127.0.0.1:9/")
    assert answer.code == 0
    assert answer.err == ""


@pytest.mark.parametrize("command", ["list", "list --json", "--help", f"validate {SAMPLES / BAD}"])
def test_output_that_nobody_reads_ends_the_command_silently(archive: Door, command: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m earkiv {command} | true; exit ${{PIPESTATUS[0]}}"],
        env=archive.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (141, "")


def test_validate_loads_nothing_that_it_does_not_need(door: Door) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTENING, str(SAMPLES / GOOD[0])],
        env=door.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[] 0"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör")
    answer = Door(home=tmp_path / "home").run("ingest", "--json", tmp_path / "rör")
    assert (answer.code, answer.out) == (2, "")
    assert "Varken fil eller mapp" in answer.err
