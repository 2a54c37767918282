"""What one process of the pool does with its share of a batch, object by object.

Digests and virus scan are fed from one pass over an object's bytes; meanwhile what needs the file itself reads in it.
"""

import hashlib
import os
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import FileIO
from pathlib import Path

from ingest.adapters.bounds import data_held
from ingest.adapters.files import CHUNK
from ingest.adapters.looks import WANTS_MORE, Look, QuickLooks, Seen, Thorough, look_thoroughly
from ingest.adapters.pronom import FAILED, PronomIdentifier
from ingest.adapters.store_faults import faults_of
from ingest.adapters.unscanned import Unscanned
from ingest.domain.fixity import Digest
from ingest.domain.packages import Examination, ExaminationRequest, FormatDesignation, ScanResult
from ingest.errors import ObjectMissing
from ingest.formats.document_types import declared_in
from ingest.tool_ports import FormatIdentifier, VirusScanner

_Passed = tuple[tuple[Digest, ...], ScanResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalObject:
    """An object to examine, lent as a local file; `signed` is the one it is a signature of."""

    path: Path
    request: ExaminationRequest
    signed: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one child is asked to examine in one go."""

    objects: tuple[LocalObject, ...]
    workspace: Path
    scanner: VirusScanner


@dataclass(frozen=True, slots=True, kw_only=True)
class LookWork:
    """One object to look into thoroughly."""

    lent: LocalObject
    designation: FormatDesignation
    bounds: Thorough


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """What is asked about an object while its bytes are at hand."""

    identifier: FormatIdentifier
    scanner: VirusScanner
    look: Look


class Unidentified:
    """`FormatIdentifier` that stands in for the real one where a file kills it."""

    tool = ""

    def identify(self, path: Path, name: str) -> FormatDesignation:  # noqa: ARG002 - the port's signature
        """Say that the identifier failed."""
        return FormatDesignation(puid=None, warning=FAILED)


def examine_share(share: Share) -> tuple[Examination, ...]:
    """Examine a share in this process; a look that wants more says so. Raises ToolFailed, ObjectMissing."""
    return _examined_by(share, QuickLooks(_held_at_first(share.workspace)))


def look_again(work: LookWork) -> Seen:
    """Look thoroughly into one object. Raises StoreUnavailable."""
    return look_thoroughly(work.lent.path, work.lent.signed, work.designation, work.bounds)


def identify_share(share: Share) -> tuple[Examination, ...]:
    """Examine a share without looking inside: each look wants more. Raises ToolFailed, ObjectMissing."""
    return _examined_by(share, lambda _path, _signed, _form: Seen(inside=WANTS_MORE))


def scan_share(share: Share) -> tuple[Examination, ...]:
    """Examine a share by the scanner alone: whatever reads a file's format died of it before."""
    return tuple(examined(lent, unread_by(share.scanner)) for lent in share.objects)


def unread_by(scanner: VirusScanner) -> Probes:
    """Give probes of which none but the scanner reads a file."""
    return Probes(identifier=Unidentified(), scanner=scanner, look=lambda _path, _signed, _form: Seen())


def tool_of(workspace: Path) -> str:
    """Give the identifier's name and versions, as this process finds them."""
    return _identifier(workspace).tool


def examined(lent: LocalObject, probes: Probes) -> Examination:
    """Examine one object: it is digested and scanned by one thread while another identifies it and looks inside."""
    unscanned = lent.request.unscanned
    scanner = Unscanned(reason=unscanned) if unscanned else probes.scanner
    passing = _beside().submit(_digested_and_scanned, lent, scanner)
    try:
        found = probes.identifier.identify(lent.path, lent.request.name)
        seen = probes.look(lent.path, lent.signed, found)
    finally:
        digests, scan = _result_of(passing, lent, scanner)
    return Examination(
        ordinal=lent.request.ordinal,
        digests=digests,
        format=found,
        scan=scan,
        inside=seen.inside,
        pulled_in=_pulled_in(lent.path),
        conformances=seen.conformances,
    )


def _result_of(passing: "Future[_Passed]", lent: LocalObject, scanner: VirusScanner) -> _Passed:
    """Give what the pass gave; where a look beside it had taken all memory, pass once more."""
    try:
        return passing.result()
    except MemoryError:
        return _digested_and_scanned(lent, scanner)


def _pulled_in(path: Path) -> str:
    with _opened(path) as stream, faults_of(path.parent):
        return declared_in(stream)


def _digested_and_scanned(lent: LocalObject, scanner: VirusScanner) -> _Passed:
    """Read an object once, for both."""
    sums = {a: hashlib.new(a.hashlib_name, usedforsecurity=False) for a in lent.request.algorithms}
    with _opened(lent.path) as stream:
        chunks = _counted(stream, sums.values())
        scan = scanner.scan(os.fstat(stream.fileno()).st_size, chunks)
        if sums:
            deque(chunks, maxlen=0)  # what the scanner had no need of
    return tuple(Digest(algorithm=a, value=digest.hexdigest()) for a, digest in sums.items()), scan


def _examined_by(share: Share, look: Look) -> tuple[Examination, ...]:
    probes = Probes(identifier=_identifier(share.workspace), scanner=share.scanner, look=look)
    return tuple(examined(lent, probes) for lent in share.objects)


@cache
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="earkiv-pass")


@cache
def _identifier(workspace: Path) -> PronomIdentifier:
    return PronomIdentifier(workspace)


@cache
def _held_at_first(workspace: Path) -> int:
    """Give the data that this process had when its identifier was ready and nothing foreign had been read."""
    _ = _identifier(workspace).tool
    return data_held()


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
