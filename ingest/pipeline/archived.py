"""An archived package read again by its delivered descriptors, and by the corrections that were made since."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from ingest.domain.packages import StagedObject, place
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Submission, Unreadable
from ingest.errors import DamageFound
from ingest.formats.correction_documents import CORRECTIONS, correction_in
from ingest.formats.corrections import corrected
from ingest.formats.ocfl import Inventory, object_root
from ingest.formats.readers import read
from ingest.ports import ObjectStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A stored generation of a package, and the files that were delivered for it; `side_car` is the note beside it."""

    store: ObjectStore
    inventory: Inventory
    delivered: tuple[StagedObject, ...]
    side_car: PackagePath

    def key_of(self, sha256: str) -> str:
        """Give the storage key of the bytes with that digest. Raises KeyError."""
        return object_root(self.inventory.package) + self.inventory.manifest[sha256][0]


class _Delivered:
    """The package as it was delivered, without the note beside it, its bytes read from the archive."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._files = {one.path: one for one in generation.delivered if one.path != generation.side_car}

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        return {path: one.size for path, one in self._files.items()}

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        return self._generation.store.local(self._generation.key_of(self._files[path].sha256))

    def open(self, path: PackagePath) -> BinaryIO:
        return self._generation.store.open(self._generation.key_of(self._files[path].sha256))


def archived_reading(generation: Generation) -> Reading:
    """Read a package back as its producer and all corrections so far describe it.

    Raises DamageFound when its descriptors or corrections can no longer be read.
    """
    found = delivered_reading(generation)
    return replace(found, submission=_with_corrections(found, generation))


def delivered_reading(generation: Generation) -> Reading:
    """Read a package back as its producer described it, without any correction. Raises DamageFound."""
    note = (one for one in generation.delivered if generation.side_car and one.path == generation.side_car)
    with ExitStack() as lent:
        side_car = next((lent.enter_context(generation.store.local(generation.key_of(o.sha256))) for o in note), None)
        found = read(_Delivered(generation), side_car=side_car, container=None)
    match found:
        case Unreadable():
            raise _unreadable(generation, "descriptors")
        case Reading():
            return found


def corrections_of(generation: Generation, reading: Reading) -> Iterator[tuple[PackagePath, bytes]]:
    """Give the corrections that a generation holds, oldest first, with their paths in it."""
    descriptors = frozenset(reading.descriptors) | {generation.side_car}
    delivered = {place(reading.submission.dialect, o.path, descriptors).aip_path for o in generation.delivered}
    for path, digest in sorted(generation.inventory.files.items()):
        if CORRECTIONS.fullmatch(path) and path not in delivered:
            with generation.store.open(generation.key_of(digest)) as stream:
                yield PackagePath(path), stream.read()


def _with_corrections(found: Reading, generation: Generation) -> Submission:
    submission = found.submission
    for path, content in corrections_of(generation, found):
        correction = correction_in(content)
        after = None if correction is None else corrected(submission, correction)
        if not isinstance(after, Submission):
            raise _unreadable(generation, path)
        submission = after
    return submission


def _unreadable(generation: Generation, what: str) -> DamageFound:
    package = generation.inventory.package
    return DamageFound(
        f"Paketet {package} kan inte längre läsas ({what}).", f"Package {package} can no longer be read ({what})."
    )
