"""A process that may write 64 KiB to a file. Argument: the store's folder; prints the fault's name."""

import resource
import sys
from pathlib import Path

from ingest.adapters.directory import DirectoryStore
from ingest.errors import EarkivError

_LIMIT = 65536

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT, _LIMIT))
    store = DirectoryStore(Path(sys.argv[1]), "archive")
    try:
        store.put("big", [b"x" * _LIMIT, b"y"])
    except EarkivError as fault:
        print(type(fault).__name__)  # noqa: T201 - the answer to the test
    store.put("small", [b"x" * _LIMIT])
