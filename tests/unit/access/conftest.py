"""An empty public store and index for each test."""

from pathlib import Path

import pytest

from tests.fakes.public_shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(path=tmp_path / "index.sqlite")
