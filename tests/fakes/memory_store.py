"""An object store in memory: the port's promises and nothing of a file system."""

import atexit
import hashlib
import io
import itertools
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from ingest.adapters.store_keys import folder_of, segments_of
from ingest.domain.fixity import Fixity
from ingest.errors import DamageFound, ObjectExists, ObjectMissing
from ingest.ports import ObjectStore, Stored

_NUMBERS: Final = itertools.count()


@cache
def _folder() -> Path:
    """Make the folder of this process's files, which goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="earkiv-memory-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class MemoryStore:
    """`ObjectStore` in a dictionary."""

    def __init__(self, name: str, contents: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._name = name
        self._objects = dict(contents)
        self._lock = threading.Lock()

    @property
    def contents(self) -> dict[str, bytes]:
        return dict(self._objects)

    @property
    def name(self) -> str:
        return self._name

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        segments_of(key)
        content = b"".join(chunks)
        with self._lock:
            if self._objects.setdefault(key, content) != content:
                raise ObjectExists(f"{key} finns redan.", f"{key} already exists.")
        return _fixity(content)

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        return tuple([self.put(key, chunks) for key, chunks in objects])

    def adopt(self, key: str, source: ObjectStore, source_key: str, expected: Fixity) -> None:
        segments_of(key)
        try:
            with source.open(source_key) as stream:
                content = stream.read()
        except ObjectMissing:
            if _fixity(self._objects.get(key, b"")) != expected or key not in self._objects:
                raise
            return
        if _fixity(content) != expected:
            raise DamageFound(f"{source_key} är skadat.", f"{source_key} is damaged.")
        self.put(key, (content,))

    def replace(self, key: str, content: bytes) -> None:
        segments_of(key)
        self._objects[key] = content

    def open(self, key: str) -> BinaryIO:
        segments_of(key)
        if key not in self._objects:
            raise ObjectMissing(f"{key} saknas.", f"{key} is missing.")
        return io.BytesIO(self._objects[key])

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        file = _folder() / str(next(_NUMBERS))
        with self.open(key) as stream:
            file.write_bytes(stream.read())
        try:
            yield file
        finally:
            file.unlink()

    def stat(self, key: str) -> Stored | None:
        segments_of(key)
        content = self._objects.get(key)
        return None if content is None else Stored(key=key, size=len(content))

    def keys(self, prefix: str) -> Iterator[str]:
        folder_of(prefix)
        return iter(sorted(key for key in self._objects if key.startswith(prefix)))

    def prove_room(self, needed: int) -> None:
        _ = needed

    def room(self) -> int | None:
        return None

    def capacity(self) -> int | None:
        return None

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            segments_of(key)
            self._objects.pop(key, None)

    def sweep_temporary(self, older_than: timedelta) -> tuple[str, ...]:
        _ = older_than  # nothing is left half made here
        return ()


def _fixity(content: bytes) -> Fixity:
    return Fixity(size=len(content), sha256=hashlib.sha256(content).hexdigest())
