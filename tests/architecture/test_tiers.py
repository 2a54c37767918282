"""Tests of the slower tier are found by their mark, file by file: so the mark stands where the tests do."""

from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]
MARK: Final = "mark.ci"


def test_the_mark_of_the_slower_tier_stands_in_files_of_tests_alone() -> None:
    """`make test-ci` collects the files that name it; a test that has it from elsewhere would run nowhere."""
    marked = [path for path in TESTS.rglob("*.py") if MARK in path.read_text("utf-8")]
    assert len(marked) > 10
    assert [path for path in marked if not path.name.startswith("test_")] == []
