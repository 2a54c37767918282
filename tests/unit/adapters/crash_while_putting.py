"""A process that dies in the middle of a put. Argument: the store's folder."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from ingest.adapters.directory import DirectoryStore


def _chunks() -> Iterator[bytes]:
    yield b"half of it"
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    DirectoryStore(Path(sys.argv[1]), "archive").put("a/b", _chunks())
