"""What kind of container a file is, told by its bytes alone."""

from pathlib import Path
from typing import Final

from ingest.formats.containers.compression import head_of
from ingest.formats.containers.gzip_headers import GZIP_MARK
from ingest.formats.containers.limits import DEFAULT_LIMITS
from ingest.formats.containers.members import AMBIGUOUS, ContainerDamaged, ContainerKind
from ingest.formats.containers.ranges import Ranges, StreamRanges
from ingest.formats.containers.tar_headers import BLOCK, ZEROS, is_header, is_proved
from ingest.formats.containers.zip_ending import leads_to_directory
from ingest.formats.containers.zstd_frames import is_zstd

_ZIP_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x07\x08PK", b"PK00PK")
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_END_BYTES: Final = 22


def kind_of(path: Path) -> ContainerKind | None:
    """Say what kind of container a file is, None when it is none; OSError may pass.

    A ZIP with something before it is a ZIP still, for some programs would open it: it is refused as one.
    """
    with path.open("rb", buffering=0) as stream:
        return kind_in(StreamRanges(stream))


def kind_in(ranges: Ranges) -> ContainerKind | None:
    """Say what kind of container an object is, None when it is none; OSError may pass."""
    head = ranges.read(0, min(BLOCK, ranges.size))
    if head.startswith(_ZIP_MARKS):
        return ContainerKind.ZIP
    if head.startswith(GZIP_MARK):
        return _packed(ranges, ContainerKind.TAR_GZ)
    if is_zstd(head):
        return _packed(ranges, ContainerKind.TAR_ZST)
    if _is_tar(head):
        return ContainerKind.TAR
    return ContainerKind.ZIP if _ends_as_zip(ranges) else None


def prove_one_kind(ranges: Ranges, kind: ContainerKind) -> None:
    """Refuse what is a container of one kind from its start and of another to its end. Raises ContainerDamaged.

    A ZIP or TAR that lies in a TAR ends before the TAR does, and is nothing but a file.
    """
    if kind is ContainerKind.ZIP:
        is_twofold = is_proved(ranges.read(0, min(BLOCK, ranges.size)))
    else:
        is_twofold = leads_to_directory(ranges)
    if is_twofold:
        raise ContainerDamaged.whole(AMBIGUOUS, "both a TAR and a ZIP")


def _packed(ranges: Ranges, kind: ContainerKind) -> ContainerKind | None:
    inside = head_of(ranges, kind, DEFAULT_LIMITS, BLOCK)
    return kind if inside is None or _is_tar(inside) else None


def _is_tar(head: bytes) -> bool:
    return is_header(head) or head == ZEROS


def _ends_as_zip(ranges: Ranges) -> bool:
    if ranges.size < _ZIP_END_BYTES:
        return False
    return ranges.read(ranges.size - _ZIP_END_BYTES, _ZIP_END_BYTES).startswith(_ZIP_END)
