"""What one process of the pool does with its share of a batch, object by object.

An object's bytes are read once here: digests and virus scan are fed from the same pass.
"""

import hashlib
import os
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import FileIO
from pathlib import Path

from ingest.adapters.files import CHUNK
from ingest.adapters.pronom import FAILED, PronomIdentifier
from ingest.adapters.store_faults import faults_of
from ingest.domain.fixity import Digest
from ingest.domain.packages import Examination, FormatDesignation
from ingest.errors import ObjectMissing
from ingest.ports import ExaminationRequest, FormatIdentifier, VirusScanner


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalObject:
    """An object to examine, lent as a local file."""

    path: Path
    request: ExaminationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one child is asked to examine in one go."""

    objects: tuple[LocalObject, ...]
    workspace: Path
    scanner: VirusScanner


class Unidentified:
    """`FormatIdentifier` that stands in for the real one where a file kills it."""

    tool = ""

    def identify(self, path: Path, name: str) -> FormatDesignation:  # noqa: ARG002 - the port's signature
        """Say that the identifier failed."""
        return FormatDesignation(puid=None, warning=FAILED)


def examine_share(share: Share) -> tuple[Examination, ...]:
    """Examine a share in this process. Raises ToolFailed, ObjectMissing."""
    identifier = _identifier(share.workspace)
    return tuple(examined(lent, identifier, share.scanner) for lent in share.objects)


def scan_share(share: Share) -> tuple[Examination, ...]:
    """Examine a share without identification, which died of it before."""
    return tuple(examined(lent, Unidentified(), share.scanner) for lent in share.objects)


def tool_of(workspace: Path) -> str:
    """Give the identifier's name and versions, as this process finds them."""
    return _identifier(workspace).tool


def examined(lent: LocalObject, identifier: FormatIdentifier, scanner: VirusScanner) -> Examination:
    """Examine one object."""
    sums = {a: hashlib.new(a.hashlib_name, usedforsecurity=False) for a in lent.request.algorithms}
    with _opened(lent.path) as stream:
        chunks = _counted(stream, sums.values())
        scan = scanner.scan(os.fstat(stream.fileno()).st_size, chunks)
        if sums:
            deque(chunks, maxlen=0)  # what the scanner had no need of
    return Examination(
        ordinal=lent.request.ordinal,
        digests=tuple(Digest(algorithm=a, value=digest.hexdigest()) for a, digest in sums.items()),
        format=identifier.identify(lent.path, lent.request.name),
        scan=scan,
    )


@cache
def _identifier(workspace: Path) -> PronomIdentifier:
    return PronomIdentifier(workspace)


@contextmanager
def _opened(path: Path) -> Iterator[FileIO]:
    """Open an object: one that is gone must not pass for an unknown format. Raises ObjectMissing, StoreUnavailable."""
    with faults_of(path.parent):
        try:
            stream = path.open("rb", buffering=0)
        except FileNotFoundError as error:
            raise ObjectMissing(f"{path} saknas.", f"{path} is missing.") from error
    with stream:
        yield stream


def _counted(stream: FileIO, sums: Collection["hashlib._Hash"]) -> Iterator[bytes]:
    """Read an object, and let every digest see what goes by."""
    while chunk := _read(stream):
        for digest in sums:
            digest.update(chunk)
        yield chunk


def _read(stream: FileIO) -> bytes:
    with faults_of(Path(os.fsdecode(stream.name)).parent):
        return stream.read(CHUNK) or b""
