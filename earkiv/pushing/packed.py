"""What is pushed, as one file: a container as it is, a folder packed into a TAR."""

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.application.local_sources import unreadable
from ingest.formats.side_car import find_side_car

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A container to send: `name` is what the archive will call it, `note` the delivery note beside it."""

    name: str
    path: Path
    size: int
    sha256: bytes
    note: Path | None


@contextmanager
def packed(source: Path) -> Iterator[Packed]:
    """Lend a source as one file, its digest taken first. Raises SourceUnreadable."""
    with TemporaryDirectory(prefix="earkiv-push-") as folder:
        try:
            path = _tarred(source, Path(folder)) if source.is_dir() else source
            size, sha256 = _digested(path)
        except OSError as error:
            raise unreadable(source, error) from error
        yield Packed(name=path.name, path=path, size=size, sha256=sha256, note=find_side_car(source))


def _tarred(source: Path, folder: Path) -> Path:
    """Pack a folder with all that is in it, links too: the archive says what of it cannot be delivered."""
    path = folder / f"{source.resolve().name}.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.add(source, arcname=source.resolve().name)
    return path


def _digested(path: Path) -> tuple[int, bytes]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.digest()
