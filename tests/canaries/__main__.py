"""Let trees live in a process of its own: `python -m tests.canaries FIRST [TREES]`.

A leak ends it, and is told with the number of its tree.
"""

import gc
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.canaries.many import lived


def main(first: int, trees: int = 1) -> None:
    """Let so many trees live, one after the other."""
    # What has been imported is there to the end, and most of what a tree leaves is freed without being looked for.
    gc.freeze()
    gc.set_threshold(50_000)
    with TemporaryDirectory(prefix="earkiv-canaries-") as folder:
        lived(range(first, first + trees), Path(folder))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
