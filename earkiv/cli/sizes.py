"""How much lies at a path, for telling how far the work is."""

import os
from pathlib import Path


def size_of(path: Path) -> int:
    """Give the bytes of a file, or of all files below a folder; what cannot be looked at counts nothing."""
    if path.is_file():
        return path.stat().st_size
    return sum(_size(Path(folder) / name) for folder, _, names in os.walk(path) for name in names)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
