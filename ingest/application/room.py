"""Room in staging, promised to whoever is sending: of many who begin at once, none counts on another's."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

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
        self.came(self._left)


class Room:
    """What one process has promised to those who are sending to it; uploads are promised room by the catalogue.

    Several API processes on one file system know nothing of each other's promises but those of uploads.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._promised = 0
        self._lock = Lock()

    @contextmanager
    def promised(self, size: int) -> Iterator[Promise]:
        """Keep room for so many bytes for the `with` block. Raises OutOfSpace when they do not fit."""
        # Promised first, and then looked for: whoever looks meanwhile counts it.
        self.give_back(-size)
        promise = Promise(self, size)
        try:
            self.prove(0)
            yield promise
        finally:
            promise.end()

    def prove(self, size: int) -> None:
        """Raise OutOfSpace where so many bytes do not fit beside all that is promised."""
        to_come = self._ports.catalogue.bytes_to_come(self._ports.clock.now())
        self._ports.staging.prove_room(self._promised + to_come + size)

    def give_back(self, size: int) -> None:
        """Promise so much less."""
        with self._lock:
            self._promised -= size
