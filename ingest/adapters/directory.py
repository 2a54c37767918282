"""Objects as files in a folder: written aside, synced, then linked into place without ever overwriting.

Files are read-only once stored. What a crash leaves behind lies in a hidden folder beside the objects and is
never listed. `adopt` between two stores on one device is a hard link: no byte moves.
"""

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from ingest.adapters.batches import Naming, batch_into
from ingest.adapters.files import CHUNK, StoredFile, fixity_of, foreign, open_file
from ingest.adapters.folders import entries, made_folder, opened_folder, remove_empty, sync_folder, unlink_file
from ingest.adapters.incoming import INCOMING, FinishedFile, Unlinkable, sweep, written
from ingest.adapters.store_faults import differs, faults_of, missing, taken
from ingest.adapters.store_keys import folder_of, segments_of
from ingest.domain.fixity import Fixity
from ingest.errors import (
    EarkivError,
    InvalidKey,
    ObjectMissing,
    OutOfSpace,
    StoreUnavailable,
)
from ingest.ports import ObjectStore, Stored

_MAX_PATH_BYTES = 4000  # below Linux's PATH_MAX
# A `delete` beside us may prune a folder before the object is in it; as often as this is a fault.
_ATTEMPTS = 100


class DirectoryStore:
    """`ObjectStore` in one folder. A folder that is gone (a disk not mounted) raises StoreUnavailable.

    On file systems that refuse hard links the no-overwrite promise holds within one process (one per home).
    """

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._name = name

    @property
    def name(self) -> str:
        """The store's name in receipts and operations logs."""
        return self._name

    @property
    def root(self) -> Path:
        """The folder that holds the objects."""
        return self._root

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        """Store the bytes in one pass, say what they were. Raises ObjectExists, OutOfSpace, StoreReadOnly."""
        segments = self._segments(key)
        with written(self._root, chunks) as file:
            self._publish_file(segments, file)
            return file.fixity

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        """Put a batch of (key, bytes), in bounded rounds of files that are synced side by side. Raises as `put`."""
        naming = Naming(compare=self._require_same, publish=self._publish_file)
        with batch_into(self._root, naming) as batch:
            return tuple([batch.add(self._segments(key), chunks) for key, chunks in objects])

    def adopt(self, key: str, source: ObjectStore, source_key: str, expected: Fixity) -> None:
        """Take over an object: a hard link from a folder on the same device, else a copy checked by digest.

        A link is compared by size only; the caller reads back. Raises DamageFound when the source is not as
        expected, ObjectMissing when it is gone and the object is not here already.
        """
        segments = self._segments(key)
        try:
            if not (isinstance(source, DirectoryStore) and self._link(segments, source, source_key, expected)):
                self._copy(segments, source, source_key, expected)
        except ObjectMissing:
            if self.stat(key) is None:
                raise
            self._require_same(segments, expected)

    def replace(self, key: str, content: bytes) -> None:
        """Put or replace a small object in one atomic move. Raises OutOfSpace, StoreReadOnly."""
        segments = self._segments(key)
        with written(self._root, (content,)) as file:
            self._publish(segments, file.replace_as, file.fixity)

    def open(self, key: str) -> BinaryIO:
        """Read an object from its start; the caller closes. Raises ObjectMissing; DamageFound for a link."""
        return self._open(self._segments(key))

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Lend the object's own path, or one through /proc where that is longer than the system takes.

        Raises ObjectMissing. The path is valid within the `with` block, in this process and in its children.
        """
        path = self._root / key
        with self.open(key) as stream:
            if len(os.fsencode(path.absolute())) > _MAX_PATH_BYTES:
                yield Path(f"/proc/{os.getpid()}/fd/{stream.fileno()}")
                return
        # Nothing is held open: a batch of hundreds must not use up the descriptors.
        yield path

    def stat(self, key: str) -> Stored | None:
        """Say what is stored under the key, None when nothing is. Raises DamageFound for a link."""
        *parents, leaf = self._segments(key)
        try:
            with self._reading(key), opened_folder(self._root, tuple(parents)) as folder:
                found = os.stat(leaf, dir_fd=folder, follow_symlinks=False)
        except ObjectMissing:
            return None
        if stat.S_ISDIR(found.st_mode):
            return None
        if not stat.S_ISREG(found.st_mode):
            raise foreign(key, self._root)
        return Stored(key=key, size=found.st_size)

    def keys(self, prefix: str) -> Iterator[str]:
        """List all keys under a folder prefix, sorted as text; links are listed, and refused when opened.

        Raises InvalidKey for a name on disk that can be no key.
        """
        segments = folder_of(prefix)
        self._refuse_reserved(segments)
        return self._listed(segments)

    def prove_room(self, needed: int) -> None:
        """Raise OutOfSpace where the file system does not let this process write so many more bytes."""
        free = self.room()
        if free < needed:
            raise OutOfSpace(
                f"I {self._root} finns {free} byte ledigt, och {needed} behövs.",
                f"In {self._root} there are {free} bytes free, and {needed} are needed.",
            )

    def room(self) -> int:
        """Say how many bytes the file system lets this process still write."""
        with faults_of(self._root):
            found = os.statvfs(self._root)
        return found.f_bavail * found.f_frsize

    def capacity(self) -> int:
        """Say how large the file system is."""
        with faults_of(self._root):
            found = os.statvfs(self._root)
        return found.f_blocks * found.f_frsize

    def delete(self, keys: Iterable[str]) -> None:
        """Delete exactly these keys and the folders they leave empty; one that is absent is no error.

        Nothing is synced: after a power cut a deleted object may be there again, and is deleted again.
        """
        # Keys come sorted: each folder is opened once, and looked at once for being empty.
        for parents, siblings in groupby(map(self._segments, keys), key=lambda segments: segments[:-1]):
            with faults_of(self._root), suppress(FileNotFoundError, NotADirectoryError):
                with opened_folder(self._root, parents) as folder:
                    for *_, leaf in siblings:
                        with suppress(FileNotFoundError):
                            unlink_file(leaf, folder)
                remove_empty(self._root, parents)

    def sweep_temporary(self, older_than: timedelta) -> tuple[str, ...]:
        """Remove what crashes left behind and nobody has written to for that long; say the names removed."""
        return sweep(self._root, older_than)

    def _segments(self, key: str) -> tuple[str, ...]:
        segments = segments_of(key)
        self._refuse_reserved(segments)
        return segments

    def _refuse_reserved(self, segments: tuple[str, ...]) -> None:
        if segments[:1] == (INCOMING,):
            raise InvalidKey(f"{INCOMING} är reserverat i {self._root}.", f"{INCOMING} is reserved in {self._root}.")

    @contextmanager
    def _reading(self, key: str) -> Iterator[None]:
        with faults_of(self._root):
            try:
                yield
            except (FileNotFoundError, NotADirectoryError) as error:
                raise missing(key, self._root) from error

    def _open(self, segments: tuple[str, ...]) -> BinaryIO:
        with self._reading("/".join(segments)), opened_folder(self._root, segments[:-1]) as folder:
            raw = StoredFile(open_file(segments[-1], folder, self._root), self._root)
            return io.BufferedReader(raw, CHUNK)

    def _publish(self, segments: tuple[str, ...], give: Callable[[str, int], None], fixity: Fixity) -> None:
        """Give a finished file its name, durably; a name that holds the same bytes already is as good."""
        for _ in range(_ATTEMPTS):
            with (
                faults_of(self._root),
                suppress(FileNotFoundError),
                made_folder(self._root, segments[:-1]) as folder,
            ):
                try:
                    give(segments[-1], folder)
                except FileExistsError:
                    self._require_same(segments, fixity)
                sync_folder(folder)
                return
        raise self._unstable(segments)

    def _publish_file(self, segments: tuple[str, ...], file: FinishedFile) -> None:
        self._publish(segments, file.move_as, file.fixity)

    def _link(self, segments: tuple[str, ...], source: "DirectoryStore", source_key: str, expected: Fixity) -> bool:
        """Link the source's file into place; False where the two folders cannot share a file."""
        try:
            with source.lend(source_key, expected) as file:
                self._publish(segments, file.link_as, expected)
        except Unlinkable:
            return False
        return True

    @contextmanager
    def lend(self, key: str, expected: Fixity) -> Iterator[FinishedFile]:
        """Lend an object of the expected size to be linked elsewhere. Raises ObjectMissing, DamageFound."""
        *parents, leaf = self._segments(key)
        found = self.stat(key)
        if found is not None and found.size != expected.size:
            raise differs(key, self._name)
        with self._reading(key), opened_folder(self._root, tuple(parents)) as folder:
            os.stat(leaf, dir_fd=folder, follow_symlinks=False)
            yield FinishedFile(folder=folder, name=leaf, fixity=expected)

    def _copy(self, segments: tuple[str, ...], source: ObjectStore, source_key: str, expected: Fixity) -> None:
        with (
            source.open(source_key) as stream,
            written(self._root, iter(lambda: stream.read(CHUNK), b"")) as file,
        ):
            if file.fixity != expected:
                raise differs(source_key, source.name)
            self._publish_file(segments, file)

    def _require_same(self, segments: tuple[str, ...], expected: Fixity) -> None:
        key = "/".join(segments)
        found = self.stat(key)
        if found is not None and found.size == expected.size:
            with self._open(segments) as stream:
                if fixity_of(stream) == expected:
                    return
        raise taken(key, self._root)

    def _listed(self, segments: tuple[str, ...]) -> Iterator[str]:
        for name, *folder in self._entries(segments):
            within = (*segments, name)
            if folder:
                yield from self._listed(within)
            else:
                yield "/".join(within)

    def _entries(self, segments: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        with faults_of(self._root):
            found = entries(self._root, segments)
        for entry in found:
            if segments or entry[0] != INCOMING:
                segments_of(entry[0])
                yield entry

    def _unstable(self, segments: tuple[str, ...]) -> EarkivError:
        key = "/".join(segments)
        return StoreUnavailable(
            f"Mappen för {key} i {self._root} försvinner medan den skrivs.",
            f"The folder of {key} in {self._root} vanishes while it is written.",
        )
