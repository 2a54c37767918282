"""A small reading room for all tests that only read, a visitor to it, and for each test an empty store and index."""

from pathlib import Path

import pytest

from access.app import reading_room
from tests.fakes.public_room import SmallRoom, small_room
from tests.fakes.public_shelf import Shelf
from tests.fakes.visitor import Visitor


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(path=tmp_path / "index.sqlite")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallRoom:
    """The room; a test that changes it takes `own` instead."""
    return small_room(tmp_path_factory.mktemp("public"))


@pytest.fixture
def own(tmp_path: Path) -> SmallRoom:
    """A room of the test's own."""
    return small_room(tmp_path / "public")


@pytest.fixture
def visitor(small: SmallRoom) -> Visitor:
    """Whoever visits the room."""
    return Visitor(app=reading_room(small.settings()))
