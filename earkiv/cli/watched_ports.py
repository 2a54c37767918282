"""Ports that tell how far the work is; what they do is done by the ports behind them."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from ingest.domain.fixity import Fixity
from ingest.domain.packages import Examination, ExaminationRequest
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore, Stored
from ingest.tool_ports import Examiner

_CHUNK = 1 << 20


class Meter(Protocol):
    """Is told what has been done with the delivery under way."""

    def landed(self, size: int) -> None:
        """So many more bytes lie in staging."""

    def file_landed(self) -> None:
        """One more file lies in staging, whole."""

    def examined(self, files: int) -> None:
        """So many more files have been examined."""

    def preserved(self, size: int) -> None:
        """So many more bytes have been read back from the archive."""


def watched(ports: Ports, meter: Meter) -> Ports:
    """Put a meter before the ports that move the bytes."""
    return replace(
        ports,
        staging=WatchedStaging(ports.staging, meter),
        replicas=tuple(WatchedReplica(store, meter) for store in ports.replicas),
        trials=WatchedReplica(ports.trials, meter),
        examiner=WatchedExaminer(ports.examiner, meter),
    )


class WatchedStore:
    """An object store that only hands on."""

    def __init__(self, store: ObjectStore, meter: Meter) -> None:
        self.store = store
        self._meter = meter

    @property
    def name(self) -> str:
        """The store's name."""
        return self.store.name

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        """Store the bytes."""
        return self.store.put(key, chunks)

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        """Store a batch."""
        return self.store.put_all(objects)

    def adopt(self, key: str, source: ObjectStore, source_key: str, expected: Fixity) -> None:
        """Take an object over from the store behind the other's meter: two stores of one kind can link."""
        bare = source.store if isinstance(source, WatchedStore) else source
        self.store.adopt(key, bare, source_key, expected)

    def replace(self, key: str, content: bytes) -> None:
        """Put or replace a small object."""
        self.store.replace(key, content)

    def open(self, key: str) -> BinaryIO:
        """Read an object."""
        return self.store.open(key)

    def local(self, key: str) -> AbstractContextManager[Path]:
        """Lend a local path."""
        return self.store.local(key)

    def stat(self, key: str) -> Stored | None:
        """Say what is stored under the key."""
        return self.store.stat(key)

    def keys(self, prefix: str) -> Iterator[str]:
        """List keys."""
        return self.store.keys(prefix)

    def prove_room(self, needed: int) -> None:
        """Raise OutOfSpace where so many more bytes do not fit."""
        self.store.prove_room(needed)

    def room(self) -> int | None:
        """Say how many more bytes fit."""
        return self.store.room()

    def capacity(self) -> int | None:
        """Say how many bytes fit in all."""
        return self.store.capacity()

    def delete(self, keys: Iterable[str]) -> None:
        """Delete exactly these keys."""
        self.store.delete(keys)

    def sweep_temporary(self, older_than: timedelta) -> tuple[str, ...]:
        """Remove what crashes left behind."""
        return self.store.sweep_temporary(older_than)


class WatchedStaging(WatchedStore):
    """Tells what lands."""

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        """Store the bytes, telling each chunk."""
        fixity = self.store.put(key, self._told(chunks))
        self._meter.file_landed()
        return fixity

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        """Store a batch, telling each chunk as it is read and the files when all of them lie there."""
        stored = self.store.put_all((key, self._told(chunks)) for key, chunks in objects)
        for _ in stored:
            self._meter.file_landed()
        return stored

    def _told(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._meter.landed(len(chunk))
            yield chunk


class WatchedReplica(WatchedStore):
    """Tells what is read back."""

    def open(self, key: str) -> BinaryIO:
        """Read an object, telling what is read."""
        return cast("BinaryIO", io.BufferedReader(_Counted(self.store.open(key), self._meter), _CHUNK))


class _Counted(io.RawIOBase):
    """A stream that tells how much of it has been read."""

    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the base takes any buffer
        """Read into a buffer."""
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._meter.preserved(len(chunk))
        return len(chunk)

    def close(self) -> None:
        """Close the stream below too."""
        self._stream.close()
        super().close()


class WatchedExaminer:
    """Tells what has been examined."""

    def __init__(self, examiner: Examiner, meter: Meter) -> None:
        self._examiner = examiner
        self._meter = meter

    @property
    def tool(self) -> str:
        """The format identifier."""
        return self._examiner.tool

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Examine a batch, and tell that it is done."""
        examinations = self._examiner.examine(staging, requests)
        self._meter.examined(len(requests))
        return examinations

    def prove_scanner(self) -> None:
        """Let the virus scanner look at something harmless."""
        self._examiner.prove_scanner()
