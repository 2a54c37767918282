"""The reader's budgets: how long a file and a function may be."""

from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY, functions, line_count, packages, relative, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
USUAL_FILE = 150
USUAL_FUNCTION = 15
UNUSUAL_SHARE = 0.2

# A file (path) or a function (path:name) that may be longer, and the decision record that says why.
EXCEPTIONS: dict[str, str] = {}


@pytest.fixture(scope="module")
def every_file() -> tuple[Path, ...]:
    return sources(*packages(), "samples", "tests")


@pytest.fixture(scope="module")
def shipped_files() -> tuple[Path, ...]:
    return sources(*packages())


def test_no_file_is_too_long(every_file: tuple[Path, ...]) -> None:
    lengths = {relative(path): line_count(path) for path in every_file}
    assert not {k: n for k, n in lengths.items() if n > LONGEST_FILE and k not in EXCEPTIONS}


def test_no_function_is_too_long(every_file: tuple[Path, ...]) -> None:
    lengths = {f.place: f.lines for path in every_file for f in functions(path)}
    assert not {k: n for k, n in lengths.items() if n > LONGEST_FUNCTION and k not in EXCEPTIONS}


def test_most_files_are_short(shipped_files: tuple[Path, ...]) -> None:
    longer = {relative(path) for path in shipped_files if line_count(path) > USUAL_FILE}
    assert len(longer) <= UNUSUAL_SHARE * len(shipped_files), sorted(longer)


def test_most_functions_fit_a_glance(shipped_files: tuple[Path, ...]) -> None:
    every = [function for path in shipped_files for function in functions(path)]
    longer = {f.place for f in every if f.lines > USUAL_FUNCTION}
    assert len(longer) <= UNUSUAL_SHARE * len(every), sorted(longer)


def test_every_exception_names_its_decision() -> None:
    assert all((REPOSITORY / "docs" / "adr" / record).is_file() for record in EXCEPTIONS.values())


def test_no_exception_outlives_its_need(every_file: tuple[Path, ...]) -> None:
    files = {relative(path) for path in every_file if line_count(path) > LONGEST_FILE}
    long = {f.place for path in every_file for f in functions(path) if f.lines > LONGEST_FUNCTION}
    assert set(EXCEPTIONS) <= files | long
