"""A process with a pool at work. Arguments: a folder of objects, and `kill` or `exit`. Prints its children."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.unscanned import Unscanned
from ingest.domain.packages import ExaminationRequest

if __name__ == "__mp_main__":
    sys.exit("a child imported its parent's main module")

if __name__ == "__main__":
    store = DirectoryStore(Path(sys.argv[1]), "staging")
    examiner = PooledExaminer(workers=2, scanner=Unscanned(), patience_seconds=60, memory_bytes=512 << 20)
    keys = list(store.keys(""))
    examiner.examine(
        store,
        [ExaminationRequest(ordinal=n, key=key, name=key, algorithms=()) for n, key in enumerate(keys)],
    )
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)  # noqa: T201 - the answer
    if sys.argv[2] == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
