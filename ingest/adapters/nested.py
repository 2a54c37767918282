"""Nested containers opened in a process of its own, one at a time: what goes wrong there costs one container.

Its memory is bounded, and no other process of the archive examines anything meanwhile.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final
from zipfile import ZipFile

from ingest.adapters.nested_work import NestedWork, open_nested
from ingest.adapters.pool import SpawnPool
from ingest.adapters.store_faults import faults_of
from ingest.domain.nested import NestedBudget, NestedFault, NestedFaultKind, NestedListing, NestedRequest
from ingest.errors import KilledFromOutside, ToolFailed
from ingest.ports import ObjectStore

_BYTES_PER_SECOND: Final = 16_000_000
"""Packed bytes: what an ordinary mixture of documents takes to be unpacked, digested, identified and looked into."""
_LEAST_SECONDS: Final = 0.1
_TRIES: Final = 2
_PROOF_SECONDS: Final = 10.0
ENDED: Final = "opening it ended its process"


class PooledNestedOpener:
    """`NestedOpener` on one process of at most `memory_bytes`, made on first use; `close` ends it.

    Before it is used, `make_room` lets go of memory that it needs. A process that is silent for `patience_seconds`
    counts as dead. What ends its process is told of the container, unless something harmless ends it too.
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
            self._pool.rest()

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
        """Open a container; a process that is killed from outside is no answer, and it is begun once more.

        Raises KilledFromOutside, ToolFailed.
        """
        self._make_room()
        was_killed = False
        for _ in range(_TRIES):
            try:
                return self._pool.submit(open_nested, work).result(timeout=self._patience)
            except (BrokenProcessPool, TimeoutError):
                was_killed = self._pool.was_killed
                self._pool.restart()
                if not was_killed:
                    break
        self._require_alive(work)
        if was_killed:
            raise _killed()
        fault = NestedFault(kind=NestedFaultKind.UNFINISHED, detail=ENDED)
        return NestedListing(faults=(fault,), seconds=work.seconds)

    def _require_alive(self, work: NestedWork) -> None:
        """Open something harmless: where that fails too, no container is at fault. Raises ToolFailed."""
        harmless = work.workspace / "harmless.zip"
        with faults_of(work.workspace):
            harmless.write_bytes(_harmless())
        budget = NestedBudget(depth=1, files=1, unpacked=1, listed=1, seconds=_PROOF_SECONDS)
        proof = NestedWork(path=harmless, budget=budget, seconds=_PROOF_SECONDS, workspace=work.workspace)
        try:
            found = self._pool.submit(open_nested, proof).result(timeout=self._patience)
        except (BrokenProcessPool, TimeoutError) as error:
            self._pool.restart()
            raise _silent() from error
        if found is None or found.faults:
            raise _silent()


def _harmless() -> bytes:
    with ZipFile(content := BytesIO(), "w") as archive:
        archive.writestr("a", b"a")
    return content.getvalue()


def _killed() -> KilledFromOutside:
    return KilledFromOutside(
        "Processen som öppnade en behållare i leveransen dödades utifrån. Har maskinen för lite minne?",
        "The process that opened a container in the delivery was killed from outside. Is the machine short of memory?",
    )


def _silent() -> ToolFailed:
    return ToolFailed(
        "Processen som öppnar behållare i leveransen dör eller svarar inte.",
        "The process that opens containers in the delivery dies or does not answer.",
    )
