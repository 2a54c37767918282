"""Texts of documents, read in a process of its own: what a document does to it costs the answer about that one."""

import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ingest.adapters.pool import SpawnPool
from ingest.adapters.store_faults import faults_of
from ingest.adapters.text_work import TOO_MUCH_MEMORY, TextBounds, TextWork, read_texts
from ingest.domain.texts import ExtractedText, TextPart, Unread, UnreadReason
from ingest.errors import KilledFromOutside, ToolFailed
from ingest.ports import ObjectStore

_TRIES: Final = 2
_SHARE: Final = 4
_PROOF: Final = "sound"
_ENDED: Final = ExtractedText(unread=(Unread(part="", reason=UnreadReason.ENDED),))


class PooledTextExtractor:
    """`TextExtractor` on one process of at most `memory_bytes`, made on first use; `close` ends it.

    A process that is silent for `patience_seconds` counts as dead, so no document gets more than a quarter of that
    time, whatever `bounds` grants it. What ends the process is told of the document, unless something harmless ends it
    too.
    """

    def __init__(
        self, *, workspace: Path, patience_seconds: float, memory_bytes: int, bounds: TextBounds | None = None
    ) -> None:
        granted = bounds or TextBounds()
        self._workspace = workspace
        self._patience = patience_seconds
        self._bounds = replace(granted, most_seconds=min(granted.most_seconds, patience_seconds / _SHARE))
        self._pool = SpawnPool(1, memory_bytes)
        self._lock = threading.Lock()

    def texts(self, store: ObjectStore, key: str) -> ExtractedText:
        """Give the texts of an object. Raises ToolFailed, ObjectMissing."""
        with self._lock, store.local(key) as path:
            return self._read(path)

    def rest(self) -> None:
        """End the process until there is something to read again."""
        with self._lock:
            self._pool.rest()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._pool.close()

    def _read(self, path: Path) -> ExtractedText:
        """Read a document; where memory ran out, in a new process, for the old one may hold what others have left."""
        found = self._tried(path)
        if TOO_MUCH_MEMORY in found.unread:
            self._pool.restart()
            found = self._tried(path)
        if TOO_MUCH_MEMORY in found.unread:
            self._pool.restart()
        return found

    def _tried(self, path: Path) -> ExtractedText:
        """Read a document; a process that is killed from outside is no answer, and it is begun once more."""
        was_killed = False
        for _ in range(_TRIES):
            try:
                return self._answer(path)
            except (BrokenProcessPool, TimeoutError):
                was_killed = self._pool.was_killed
                self._pool.restart()
                if not was_killed:
                    break
        self._require_alive()
        if was_killed:
            raise _killed()
        return _ENDED

    def _answer(self, path: Path) -> ExtractedText:
        work = TextWork(path=path, bounds=self._bounds)
        try:
            return self._pool.submit(read_texts, work).result(timeout=self._patience)
        except MemoryError:  # the child's, which had none left to put its answer together
            return ExtractedText(unread=(TOO_MUCH_MEMORY,))

    def _require_alive(self) -> None:
        """Read something harmless: where that fails too, no document is at fault. Raises ToolFailed."""
        with faults_of(self._workspace), TemporaryDirectory(dir=self._workspace) as folder:
            harmless = Path(folder) / "harmless.txt"
            harmless.write_text(_PROOF, encoding="utf-8")
            try:
                found = self._answer(harmless)
            except (BrokenProcessPool, TimeoutError) as error:
                self._pool.restart()
                raise _silent() from error
        if found.parts != (TextPart(part="", text=_PROOF),):
            raise _silent()


def _killed() -> KilledFromOutside:
    return KilledFromOutside(
        "Processen som läste ett dokument dödades utifrån. Har maskinen för lite minne?",
        "The process that read a document was killed from outside. Is the machine short of memory?",
    )


def _silent() -> ToolFailed:
    return ToolFailed(
        "Processen som läser dokumentens text dör eller svarar inte.",
        "The process that reads the text of documents dies or does not answer.",
    )
