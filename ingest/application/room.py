"""Room in staging, promised to whoever is sending: of many who begin at once, none counts on another's."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from ingest.errors import OutOfSpace, StagingTooSmall
from ingest.pipeline.step import Ports


class Promise:
    """Room that is kept for bytes on their way, less what of them has come."""

    def __init__(self, room: "Room", size: int) -> None:
        self._room = room
        self._left = size

    def came(self, size: int) -> None:
        """Take room for bytes that lie in staging now."""
        used = min(size, self._left)
        self._left -= used
        self._room.give_back(used)

    def end(self) -> None:
        """Give back what was not used."""
        left, self._left = self._left, 0
        self._room.ended(left)


class Room:
    """What one process has promised to those who are sending to it; uploads are promised room by the catalogue.

    Several API processes on one file system know nothing of each other's promises but those of uploads.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._promised = 0
        self._turn = 0
        self._lock = Lock()

    @contextmanager
    def promised(self, size: int) -> Iterator[Promise]:
        """Keep room for so many bytes for the `with` block.

        Raises OutOfSpace when they do not fit, StagingTooSmall when they never will.
        """
        while not self._is_promised(size):
            pass  # Another promise began or ended meanwhile: look again.
        promise = Promise(self, size)
        try:
            yield promise
        finally:
            promise.end()

    def _is_promised(self, size: int) -> bool:
        """Promise room that is there; False where it has to be looked for anew. Raises OutOfSpace, StagingTooSmall.

        Nothing is counted before it is known to fit: what never fits must not stand in the way of what does.
        """
        with self._lock:
            turn, promised = self._turn, self._promised
        # Looked for without the lock, so that nobody waits for a slow catalogue or store on another's account.
        to_come = self._ports.catalogue.bytes_to_come(self._ports.clock.now())
        try:
            self._ports.staging.prove_room(promised + to_come + size)
        except OutOfSpace as fault:
            self._require_possible(size, fault)
            raise
        with self._lock:
            if self._turn != turn:
                return False
            self._turn += 1
            self._promised += size
        return True

    def _require_possible(self, size: int, fault: OutOfSpace) -> None:
        whole = self._ports.staging.capacity()
        if whole is not None and size > whole:
            raise StagingTooSmall(
                f"Det som skickas är {size} byte, och mottagningens hela disk är {whole}.",
                f"What is sent is {size} bytes, and the whole disk of staging is {whole}.",
            ) from fault

    def give_back(self, size: int) -> None:
        """Promise so much less."""
        with self._lock:
            self._promised -= size

    def ended(self, left: int) -> None:
        """Let a promise end of which so much is left."""
        with self._lock:
            self._promised -= left
            self._turn += 1
