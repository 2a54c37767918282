"""Many objects into a directory store together: synced side by side, and each folder once.

What takes time with small files is waiting for the disk. Files are written in rounds that are bounded in number
(descriptors) and bytes (what a crash leaves behind). Some threads sync a round, so that the file system can put the
syncs together; only then do its files get their names, and their folders are synced.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from ingest.adapters.folders import made_folder, sync_folder
from ingest.adapters.incoming import FinishedFile, UnsyncedFile, opened_incoming, write_unsynced
from ingest.adapters.store_faults import faults_of
from ingest.domain.fixity import Fixity

Segments = tuple[str, ...]
FILES_A_ROUND: Final = 128
BYTES_A_ROUND: Final = 64 << 20
_SIDE_BY_SIDE: Final = 16
_WORTH_A_THREAD: Final = 4
_ADVISED_BYTES: Final = 1 << 20
"""Only small files need it, and what of them may leave the cache costs little to be read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a store does when a finished file cannot simply get its name.

    `compare` raises ObjectExists unless the name, which is taken, holds these bytes; `publish` names a file whose
    folder somebody removes beside us.
    """

    compare: Callable[[Segments, Fixity], None]
    publish: Callable[[Segments, FinishedFile], None]


@contextmanager
def batch_into(root: Path, naming: Naming) -> Iterator["Batch"]:
    """Lend a batch: all that was added to it is durable under its name after the block.

    Raises as `incoming.written` does, and what `naming` raises; what has no name by then leaves nothing behind.
    """
    with opened_incoming(root) as incoming, ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
        batch = Batch(root, incoming, naming, threads)
        try:
            yield batch
            batch.end_round()
        finally:
            batch.let_go()


class Batch:
    """Files that are whole; those of the last round are neither durable nor named yet."""

    def __init__(self, root: Path, incoming: int, naming: Naming, threads: ThreadPoolExecutor) -> None:
        self._root, self._incoming, self._naming, self._threads = root, incoming, naming, threads
        self._round: list[tuple[Segments, UnsyncedFile]] = []
        self._bytes = 0

    def add(self, segments: Segments, chunks: Iterable[bytes]) -> Fixity:
        """Write the bytes in one pass and say what they were."""
        file = write_unsynced(self._root, self._incoming, chunks)
        self._round.append((segments, file))
        self._bytes += file.finished.fixity.size
        if len(self._round) >= FILES_A_ROUND or self._bytes >= BYTES_A_ROUND:
            self.end_round()
        return file.finished.fixity

    def end_round(self) -> None:
        """Make all that was added durable under its name."""
        with faults_of(self._root):
            self._sync([file.descriptor for _, file in self._round])
            for folder, siblings in groupby(self._round, key=lambda one: one[0][:-1]):
                self._name(folder, [(segments, file.finished) for segments, file in siblings])
        self.let_go()

    def let_go(self) -> None:
        """Close the files of the round and take their temporary names away."""
        self._bytes = 0
        while self._round:
            self._round.pop()[1].let_go()

    def _sync(self, descriptors: list[int]) -> None:
        _begin_writing(descriptors)
        most = min(_SIDE_BY_SIDE, len(descriptors) // _WORTH_A_THREAD + 1)
        for _ in self._threads.map(_sync_each, (descriptors[n::most] for n in range(most))):
            pass

    def _name(self, parents: Segments, siblings: list[tuple[Segments, FinishedFile]]) -> None:
        try:
            with made_folder(self._root, parents) as folder:
                for segments, file in siblings:
                    self._give_name(segments, file, folder)
                sync_folder(folder)
        except FileNotFoundError:
            # A `delete` beside us has removed the folder: one by one, as often as it takes.
            for segments, file in siblings:
                self._naming.publish(segments, file)

    def _give_name(self, segments: Segments, file: FinishedFile, folder: int) -> None:
        try:
            file.move_as(segments[-1], folder)
        except FileExistsError:
            self._naming.compare(segments, file.fixity)


def _begin_writing(descriptors: list[int]) -> None:
    """Let the system write what it holds before anybody waits for it: advice alone, where the system takes it."""
    if hasattr(os, "posix_fadvise"):
        for descriptor in descriptors:
            os.posix_fadvise(descriptor, 0, _ADVISED_BYTES, os.POSIX_FADV_DONTNEED)


def _sync_each(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.fsync(descriptor)
