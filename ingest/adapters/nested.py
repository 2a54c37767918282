"""Nested containers opened in a process of its own, one at a time: what goes wrong there costs one container.

Its memory is bounded, and no other process of the archive examines anything meanwhile.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final

from ingest.adapters.nested_work import NestedWork, open_nested
from ingest.adapters.pool import SpawnPool
from ingest.adapters.store_faults import faults_of
from ingest.domain.nested import NestedFault, NestedFaultKind, NestedListing, NestedRequest
from ingest.errors import ToolFailed
from ingest.ports import ObjectStore

_BYTES_PER_SECOND: Final = 8_000_000
"""Packed bytes: some 400 files of 20 KB are unpacked, digested, identified and looked into in a second."""
_LEAST_SECONDS: Final = 0.1
_TRIES: Final = 2
ENDED: Final = "opening it ended its process"


class PooledNestedOpener:
    """`NestedOpener` on one process of at most `memory_bytes`, made on first use; `close` ends it.

    Before it starts, `make_room` lets go of memory that it needs. A process that is silent for `patience_seconds`
    counts as dead.
    """

    def __init__(
        self, *, workspace: Path, patience_seconds: float, memory_bytes: int, make_room: Callable[[], None]
    ) -> None:
        self._workspace = workspace
        self._patience = patience_seconds
        self._make_room = make_room
        self._pool = SpawnPool(1, memory_bytes)
        self._lock = threading.Lock()

    def listing(self, staging: ObjectStore, request: NestedRequest) -> NestedListing | None:
        """List what a container holds; None when it is no container. Raises ToolFailed, ObjectMissing, OutOfSpace."""
        granted = _LEAST_SECONDS + request.size / _BYTES_PER_SECOND
        with self._lock, staging.local(request.key) as path, self._folder() as folder:
            work = NestedWork(
                path=path, budget=request.budget, seconds=request.budget.seconds + granted, workspace=folder
            )
            found = self._opened(work)
        return found and replace(found, seconds=max(0.0, found.seconds - granted))

    def rest(self) -> None:
        """End the process until there is something to open again."""
        with self._lock:
            self._pool.restart()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._pool.close()

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        """Lend a folder that is gone afterwards, also where the process ended in the middle."""
        with faults_of(self._workspace):
            folder = Path(mkdtemp(dir=self._workspace))
        try:
            yield folder
        finally:
            rmtree(folder, ignore_errors=True)

    def _opened(self, work: NestedWork) -> NestedListing | None:
        """Open a container; a process that is killed from outside is no answer, and it is begun once more."""
        for _ in range(_TRIES):
            self._make_room()
            try:
                return self._pool.submit(open_nested, work).result(timeout=self._patience)
            except TimeoutError as error:
                self._pool.restart()
                raise _silent() from error
            except BrokenProcessPool:
                was_killed = self._pool.was_killed
                self._pool.restart()
                if not was_killed:
                    break
        fault = NestedFault(kind=NestedFaultKind.UNFINISHED, detail=ENDED)
        return NestedListing(faults=(fault,), seconds=work.seconds)


def _silent() -> ToolFailed:
    return ToolFailed(
        "Processen som öppnar behållare i leveransen svarar inte.",
        "The process that opens containers in the delivery does not answer.",
    )
