"""A process that takes the writer's lock, starts a child, and sleeps. Argument: the home's folder."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from ingest.adapters.home import open_home, writer_lock

if __name__ == "__main__":
    with writer_lock(open_home(Path(sys.argv[1])), datetime(2026, 11, 2, 9, 30, tzinfo=UTC), 0):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(child.pid, flush=True)  # noqa: T201 - the answer to the test
        time.sleep(60)
