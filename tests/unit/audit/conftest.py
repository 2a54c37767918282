"""One small archive for all tests of verification, and a copy of it for those that damage it for good."""

import shutil
from pathlib import Path

import pytest

from tests.fakes.small_archive import Stored, small_archive


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's home; a test that changes it must change it back."""
    folder = tmp_path_factory.mktemp("small")
    receipts = small_archive(folder / "home", folder / "sources")
    assert [receipt["outcome"] for receipt in receipts] == ["accepted", "accepted", "accepted", "rejected"]
    assert [receipt["generation"] for receipt in receipts] == [1, 2, 3, None]
    return folder / "home"


@pytest.fixture
def home(pristine: Path, tmp_path: Path) -> Path:
    """A copy of the archive's home."""
    return shutil.copytree(pristine, tmp_path / "home")


@pytest.fixture
def stored(home: Path) -> Stored:
    """The files of the copy."""
    return Stored(root=home / "archive")
