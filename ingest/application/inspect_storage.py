"""Look at stored objects of which any may be missing, altered or unreadable: each such is a damage, none raises.

Only a store that answers nothing at all, or lets nobody in, raises: that is a fault of the machine, not of an object.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ingest.domain.damages import Damage, DamageKind, damage
from ingest.domain.fixity import Fixity
from ingest.errors import ConfigurationError, EarkivError, ObjectMissing, OutOfSpace, PermanentError, TransientError
from ingest.ports import ObjectStore

CHUNK = 1 << 20
Report = Callable[[int, int], None]
"""Is told how many objects and bytes have been read so far."""
_NO_DAMAGE = (ConfigurationError, OutOfSpace)
"""Wrong credentials, or no room for a copy to look at: no object is damaged by that."""


@dataclass(slots=True, kw_only=True)
class Progress:
    """What has been read so far, in all stores together."""

    report: Report
    objects: int = 0
    bytes: int = 0

    def add(self, size: int) -> None:
        """Count one more object of that many bytes, and report."""
        self.objects += 1
        self.bytes += size
        self.report(self.objects, self.bytes)


class Inspector:
    """Reads one store and collects the damages found there."""

    def __init__(self, store: ObjectStore, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self.damages: list[Damage] = []

    @property
    def store(self) -> str:
        """The store's name."""
        return self._store.name

    def found(self, kind: DamageKind, key: str, sv: str, en: str) -> None:
        """Add a damage at a key of this store."""
        self.damages.append(damage(kind, self.store, key, sv, en))

    def keys(self, prefix: str) -> Iterator[str]:
        """List all keys under a folder prefix, sorted; a name that can be no key ends the listing with a damage."""
        try:
            yield from self._store.keys(prefix)
        except _NO_DAMAGE:
            raise
        except PermanentError as error:
            sv = f"Mappen {prefix} i {self.store} kan inte listas helt: {error.sv} {error.remedy_sv}"
            en = f"The folder {prefix} in {self.store} cannot be listed in full: {error.en} {error.remedy_en}"
            self.found(DamageKind.UNREADABLE, prefix, sv, en)

    def holds(self, key: str) -> bool:
        """Say whether something lies under a key, readable or not."""
        try:
            return self._store.stat(key) is not None
        except _NO_DAMAGE:
            raise
        except PermanentError:
            return True

    def content(self, key: str) -> bytes | None:
        """Read a small object whole; None, and a damage, when that cannot be done."""
        chunks: list[bytes] = []
        return b"".join(chunks) if self._read(key, chunks.append) else None

    def fixity(self, key: str) -> Fixity | None:
        """Read an object and give its size and SHA-256; None, and a damage, when that cannot be done."""
        digest, size = hashlib.sha256(), [0]

        def feed(chunk: bytes) -> None:
            digest.update(chunk)
            size[0] += len(chunk)

        return Fixity(size=size[0], sha256=digest.hexdigest()) if self._read(key, feed) else None

    def lend(self, key: str, closing: ExitStack) -> Path | None:
        """Lend a local path to an object until `closing` ends; None, and a damage, when that cannot be done."""
        try:
            return closing.enter_context(self._store.local(key))
        except EarkivError as error:
            self._judge(key, error)
            return None

    def _read(self, key: str, feed: Callable[[bytes], object]) -> bool:
        size = 0
        try:
            with self._store.open(key) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    feed(chunk)
        except EarkivError as error:
            self._judge(key, error)
            return False
        self._progress.add(size)
        return True

    def _judge(self, key: str, error: EarkivError) -> None:
        """Tell an object that cannot be read from a store that does not answer; the latter raises."""
        if isinstance(error, _NO_DAMAGE):
            raise error
        if isinstance(error, TransientError):
            for _ in self._store.keys("journal/"):
                break
        if isinstance(error, ObjectMissing):
            self.missing(key)
            return
        sv = f"{key} i {self.store} kan inte läsas: {error.sv} Återställ filen från en annan kopia."
        en = f"{key} in {self.store} cannot be read: {error.en} Restore the file from another copy."
        self.found(DamageKind.UNREADABLE, key, sv, en)

    def missing(self, key: str) -> None:
        """Add the damage that an object is gone."""
        sv = f"{key} saknas i {self.store}. Återställ filen från en annan kopia."
        en = f"{key} is missing in {self.store}. Restore the file from another copy."
        self.found(DamageKind.MISSING, key, sv, en)

    def altered(self, key: str) -> None:
        """Add the damage that an object has other bytes than were stored."""
        sv = f"{key} i {self.store} är inte de byte som lagrades. Återställ filen från en annan kopia."
        en = f"{key} in {self.store} is not the bytes that were stored. Restore the file from another copy."
        self.found(DamageKind.ALTERED, key, sv, en)

    def unlisted(self, key: str) -> None:
        """Add the damage that an object lies where none should."""
        sv = f"{key} i {self.store} hör inte till arkivet: ingen förteckning nämner filen. Flytta undan den."
        en = f"{key} in {self.store} does not belong to the archive: nothing lists the file. Move it away."
        self.found(DamageKind.UNLISTED, key, sv, en)
