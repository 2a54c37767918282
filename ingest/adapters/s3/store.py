"""`ObjectStore` in an S3 bucket: write-once by conditional PUT, Content-MD5 always, large objects in parts."""

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from heapq import merge
from pathlib import Path
from typing import BinaryIO, cast

from botocore.exceptions import ClientError

from ingest.adapters.files import CHUNK, fixity_of
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.blocks import Blocks, checked
from ingest.adapters.s3.bucket import Bucket
from ingest.adapters.s3.claims import CLAIM_BYTES, MARK, claim_of, mark_of
from ingest.adapters.s3.client import Patience
from ingest.adapters.s3.faults import MISSING, code_of, faults_of
from ingest.adapters.s3.leftovers import sweep
from ingest.adapters.s3.multipart import PART, Upload, begin, resume
from ingest.adapters.s3.reading import S3Reader
from ingest.adapters.s3.side_by_side import side_by_side
from ingest.adapters.s3.spelling import KEY_SUFFIX, Spelling
from ingest.adapters.store_faults import differs, missing, taken
from ingest.adapters.store_faults import faults_of as disk_faults_of
from ingest.adapters.store_keys import folder_of
from ingest.adapters.system import SystemClock
from ingest.domain.fixity import Fixity
from ingest.errors import ObjectMissing
from ingest.ports import ObjectStore, Stored

_ROUNDS = 3
"""What holds a key against us may be deleted while we look at it; as often as this is a fault."""


class S3Store:
    """`ObjectStore` below a prefix of a bucket; `scratch` is the folder where `local` lends copies from.

    The credentials need GetObject, PutObject, DeleteObject, ListBucket and the multipart rights. No object is put by
    anybody else below the prefix.
    """

    def __init__(self, address: S3Address, name: str, scratch: Path, patience: Patience | None = None) -> None:
        self.bucket = Bucket(address, patience or Patience())
        self.spelling = Spelling(prefix=address.prefix)
        self._name, self._scratch = name, scratch

    @property
    def name(self) -> str:
        """The store's name in receipts and operations logs."""
        return self._name

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        """Store the bytes in one pass, say what they were. Raises ObjectExists, OutOfSpace, ConfigurationError."""
        return self._begin(key, chunks)()

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        """Put a batch of (key, bytes): a few small objects side by side, a large one by itself. Raises as `put`."""
        return side_by_side(self._begin(key, chunks) for key, chunks in objects)

    def _begin(self, key: str, chunks: Iterable[bytes]) -> Callable[[], Fixity]:
        """Read a small object and give what puts it; a large one is put by now."""
        physical, blocks = self.spelling.physical(key), Blocks(chunks)
        block = blocks.take(PART)
        if len(block) < PART:
            return partial(self._put_small, key, physical, block, blocks.fixity)
        self._name_long(key, physical)
        upload = resume(self.bucket, physical)
        while block:
            upload.send(block)
            del block  # one block in memory at a time
            block = blocks.take(upload.next_size)
        self._complete(key, physical, upload, blocks.fixity)
        return lambda: blocks.fixity

    def adopt(self, key: str, source: ObjectStore, source_key: str, expected: Fixity) -> None:
        """Take over an object: a large one by the server itself where it can, else a copy checked by digest.

        A server's copy is compared by size only; the caller reads back. Raises DamageFound when the source is not as
        expected, ObjectMissing when it is gone and the object is not here already.
        """
        physical = self.spelling.physical(key)
        try:
            if (
                isinstance(source, S3Store)
                and expected.size >= PART
                and self.bucket.address.reaches(source.bucket.address)
            ):
                self._copy_there(key, physical, source, source_key, expected)
            else:
                self._copy_through(key, source, source_key, expected)
        except ObjectMissing:
            if self.stat(key) is None:
                raise
            self._require_same(key, physical, expected)

    def replace(self, key: str, content: bytes) -> None:
        """Put or replace a small object in one atomic move. Raises OutOfSpace, ConfigurationError."""
        physical = self.spelling.physical(key)
        self._name_long(key, physical)
        self.bucket.replace(physical, content)

    def open(self, key: str) -> BinaryIO:
        """Read an object from its start; the caller closes. Raises ObjectMissing, and StoreUnavailable while reading.

        What is read is the object to its last byte, however often the connection is cut; it cannot be sought in.
        """
        physical = self.spelling.physical(key)
        with faults_of(self.bucket.place):
            try:
                first = self.bucket.get(physical)
            except ClientError as error:
                if code_of(error) in MISSING:
                    raise missing(key, self.bucket.place) from error
                raise
        if MARK in first["Metadata"]:
            first["Body"].close()
            raise missing(key, self.bucket.place)
        raw = S3Reader(first, partial(self.bucket.get, physical), self.bucket.place)
        return cast("BinaryIO", io.BufferedReader(raw, CHUNK))

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Lend a copy in the scratch folder, gone after the `with` block. Raises ObjectMissing, OutOfSpace."""
        with ExitStack() as lent:
            stream = lent.enter_context(self.open(key))
            with disk_faults_of(self._scratch):
                copy = lent.enter_context(tempfile.NamedTemporaryFile(dir=self._scratch, prefix="s3-"))
            while chunk := stream.read(CHUNK):
                with disk_faults_of(self._scratch):
                    copy.write(chunk)
            with disk_faults_of(self._scratch):
                copy.flush()
            stream.close()
            yield Path(copy.name)

    def stat(self, key: str) -> Stored | None:
        """Say what is stored under the key, None when nothing is."""
        found = self.bucket.head(self.spelling.physical(key))
        return None if found is None or found.mark else Stored(key=key, size=found.size)

    def keys(self, prefix: str) -> Iterator[str]:
        """List all keys under a folder prefix, sorted as text."""
        folder_of(prefix)
        return merge(self._short_keys(prefix), sorted(self._long_keys(prefix)))

    def prove_room(self, needed: int) -> None:
        """Say nothing: S3 does not tell how much room there is; a full store raises OutOfSpace when written to."""

    def room(self) -> None:
        """Say nothing: S3 does not tell."""

    def capacity(self) -> None:
        """Say nothing: S3 does not tell."""

    def delete(self, keys: Iterable[str]) -> None:
        """Delete exactly these keys; one that is absent is no error. A lock in governance mode is overridden."""
        self.bucket.delete(
            spelt
            for key in keys
            for physical in (self.spelling.physical(key),)
            for spelt in ((physical, physical + KEY_SUFFIX) if self.spelling.is_long(key) else (physical,))
        )

    def sweep_temporary(self, older_than: timedelta) -> tuple[str, ...]:
        """Remove uploads and claims that nobody has completed for that long; say the keys they were to have."""
        return sweep(self.bucket, self.spelling, SystemClock().now() - older_than)

    def _name_long(self, key: str, physical: str) -> None:
        """Write a long key's name before the object: no object is ever without its name."""
        if self.spelling.is_long(key):
            self.bucket.put_object(physical + KEY_SUFFIX, key.encode())

    def _put_small(self, key: str, physical: str, content: bytes, fixity: Fixity) -> Fixity:
        self._name_long(key, physical)
        for _ in range(_ROUNDS):
            if self.bucket.put_object(physical, content):
                return fixity
            # Also after a lost answer: what lies there may be what this very call has put.
            if self._is_same(key, physical, fixity):
                return fixity
        raise taken(key, self.bucket.place)

    def _complete(self, key: str, physical: str, upload: Upload, fixity: Fixity) -> None:
        mark = mark_of(fixity)
        for _ in range(_ROUNDS):
            if self.bucket.put_claim(physical, claim_of(fixity), mark):
                held = mark
            elif found := self.bucket.head(physical):
                held = found.mark
            else:
                continue
            if held == mark:
                upload.complete(lambda: self._is_same(key, physical, fixity))
            else:
                upload.abort()
                self._require_same(key, physical, fixity)
            self.bucket.lock(physical)
            return
        raise taken(key, self.bucket.place)

    def _copy_there(self, key: str, physical: str, source: "S3Store", source_key: str, expected: Fixity) -> None:
        held = source.stat(source_key)
        if held is None:
            raise missing(source_key, source.bucket.place)
        if held.size != expected.size:
            raise differs(source_key, source.name)
        here = self.bucket.head(physical)
        if here is not None and not here.mark:
            self._require_same(key, physical, expected)
            self.bucket.lock(physical)
            return
        self._name_long(key, physical)
        upload = begin(self.bucket, physical)
        upload.copy(source.bucket, source.spelling.physical(source_key), expected.size)
        self._complete(key, physical, upload, expected)

    def _copy_through(self, key: str, source: ObjectStore, source_key: str, expected: Fixity) -> None:
        with source.open(source_key) as stream:
            self.put(key, checked(iter(lambda: stream.read(CHUNK), b""), source_key, source.name, expected))

    def _is_same(self, key: str, physical: str, fixity: Fixity) -> bool:
        """Read what holds a key: True for the same bytes, False for nothing or a claim to them. Raises ObjectExists."""
        found = self.bucket.head(physical)
        if found is None or found.mark == mark_of(fixity):
            return False
        if not found.mark and found.size == fixity.size:
            with self.open(key) as stream:
                if fixity_of(stream) == fixity:
                    return True
        raise taken(key, self.bucket.place)

    def _require_same(self, key: str, physical: str, fixity: Fixity) -> None:
        if not self._is_same(key, physical, fixity):
            raise taken(key, self.bucket.place)

    def _short_keys(self, prefix: str) -> Iterator[str]:
        for found in self.bucket.listed(self.spelling.prefix + prefix):
            key = self.spelling.logical(found.key)
            if key is not None and not self._is_claim(found.key, found.size):
                self.spelling.physical(key)
                yield key

    def _long_keys(self, prefix: str) -> Iterator[str]:
        for found in self.bucket.listed(self.spelling.long_below(prefix)):
            if found.key.endswith(KEY_SUFFIX) or self._is_claim(found.key, found.size):
                continue
            with faults_of(self.bucket.place):
                key = self.bucket.get(found.key + KEY_SUFFIX)["Body"].read().decode()
            if key.startswith(prefix):
                yield key

    def _is_claim(self, physical: str, size: int) -> bool:
        if size != CLAIM_BYTES:
            return False
        found = self.bucket.head(physical)
        return found is None or bool(found.mark)
