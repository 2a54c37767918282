"""What one process of the pool does with its share of a batch: digests, format, viruses, object by object."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.adapters.files import CHUNK
from ingest.adapters.pronom import FAILED, PronomIdentifier
from ingest.adapters.store_faults import faults_of
from ingest.domain.fixity import Digest, DigestAlgorithm
from ingest.domain.packages import Examination, ExaminationRequest, FormatDesignation
from ingest.errors import ObjectMissing
from ingest.ports import FormatIdentifier, VirusScanner


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
    """Examine one object; its bytes are read here only where digests beside SHA-256 are asked for."""
    return Examination(
        ordinal=lent.request.ordinal,
        digests=_digests(lent.path, lent.request.algorithms),
        format=identifier.identify(lent.path, lent.request.name),
        scan=scanner.scan(lent.path),
    )


@cache
def _identifier(workspace: Path) -> PronomIdentifier:
    return PronomIdentifier(workspace)


def _digests(path: Path, algorithms: tuple[DigestAlgorithm, ...]) -> tuple[Digest, ...]:
    sums = [hashlib.new(algorithm.hashlib_name, usedforsecurity=False) for algorithm in algorithms]
    with faults_of(path.parent):
        try:
            # Opened even when nothing is to be read: a file that is gone must not pass for an unknown format.
            with path.open("rb", buffering=0) as stream:
                while sums and (chunk := stream.read(CHUNK)):
                    for digest in sums:
                        digest.update(chunk)
        except FileNotFoundError as error:
            raise ObjectMissing(f"{path} saknas.", f"{path} is missing.") from error
    found = zip(algorithms, sums, strict=True)
    return tuple(Digest(algorithm=algorithm, value=digest.hexdigest()) for algorithm, digest in found)
