"""Where the thousands of small archives of these tests lie."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made inside


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory where there is one: a killed process needs no real disk, and fsync costs nothing."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=_MEMORY, prefix="earkiv-faults-") as folder:
        yield Path(folder)
