"""A folder in which systems that can only write files leave their deliveries, and find their receipts.

    in/       where they write: a package `X`, its delivery note `X.json` where there is one, and last `X.ready`
    taken/    what is being taken in, each drop in a folder of its own that nobody else may enter
    done/     what was accepted, with `receipt.json` beside it (`earkiv-receipt.json` where the drop has that name)
    refused/  what was refused, likewise

A drop is claimed by moving its marker; whatever was claimed is gone on with after a kill at any moment, and nothing is
ever removed. Links, pipes and devices are left where they lie.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.adapters.files import write_all
from ingest.adapters.folders import sync_path
from ingest.adapters.store_faults import faults_of

READY: Final = ".ready"
RECEIPT: Final = "receipt.json"
OTHER_RECEIPT: Final = "earkiv-receipt.json"
_UNFINISHED: Final = (READY, ".part", ".tmp", ".filepart", ".crdownload", ".json")
"""Names that are no drops: markers, what is still being written by usual programs, and delivery notes."""

Snapshot = tuple[tuple[str, int, int], ...]
"""Every file and folder of a drop: its path, size and time of change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A drop that is ours: `path` is the package, in the folder `place` below `taken`."""

    place: Path
    path: Path


class DropFolder:
    """The four folders below a root."""

    def __init__(self, root: Path) -> None:
        """Make what is missing. Raises StoreReadOnly, StoreUnavailable."""
        self._in, self._taken = root / "in", root / "taken"
        self.done, self.refused = root / "done", root / "refused"
        with faults_of(root):
            self._in.mkdir(parents=True, exist_ok=True)
            for folder in (self._taken, self.done, self.refused):
                folder.mkdir(mode=0o700, exist_ok=True)

    def marked(self) -> tuple[str, ...]:
        """List the drops whose marker is there, in the order of their names."""
        with faults_of(self._in):
            markers = sorted(_names(self._in))
            return tuple(
                name for name in _marked(markers) if self._may_be_taken(name) and _is_file(self._in / (name + READY))
            )

    def unmarked(self) -> Mapping[str, Snapshot]:
        """Give what could be a drop but has no marker, each as it looks now."""
        with faults_of(self._in):
            names = sorted(name for name in _names(self._in) if not name.endswith(_UNFINISHED))
            waiting = (name for name in names if self._may_be_taken(name) and not _mode(self._in / (name + READY)))
            return {name: tuple(_seen(self._in / name)) for name in waiting}

    def _may_be_taken(self, name: str) -> bool:
        path = self._in / name
        return bool(name) and not name.startswith(".") and (_is_file(path) or _is_folder(path))

    def claim(self, name: str, place: str) -> None:
        """Make a drop ours, in `taken/<place>`, a name that was never used; one without a marker gets it there."""
        folder, marker = self._taken / place, self._in / (name + READY)
        with faults_of(self._taken):
            folder.mkdir(mode=0o700)
            if _is_file(marker):
                marker.rename(folder / marker.name)
            else:
                _write(folder / marker.name, b"")
            sync_path(folder)
            self._bring(name, folder)

    def resume(self) -> None:
        """Bring every claim that a kill cut off to its end; to be called before anything new is claimed."""
        for folder, held in self._places():
            with faults_of(folder):
                for name in _marked(held):
                    self._bring(name, folder)
                if not held:
                    folder.rmdir()  # killed before anything was claimed

    def claims(self) -> Iterator[Claim]:
        """Give every drop that is ours and not filed yet, oldest first."""
        for folder, held in self._places():
            for name in _marked(held):
                if _is_file(folder / name) or _is_folder(folder / name):
                    yield Claim(place=folder, path=folder / name)

    def _places(self) -> Iterator[tuple[Path, list[str]]]:
        with faults_of(self._taken):
            found = [(self._taken / name, _names(self._taken / name)) for name in sorted(_names(self._taken))]
        yield from found

    def _bring(self, name: str, folder: Path) -> None:
        """Move a drop after its marker: the note first, so that a package that is here has its note beside it."""
        if not _mode(folder / name):
            for moved in (_note_of(name), name):
                if _is_file(self._in / moved) or (moved == name and _is_folder(self._in / moved)):
                    (self._in / moved).rename(folder / moved)
        sync_path(folder)
        sync_path(self._in)

    def file(self, claim: Claim, receipt: bytes, into: Path) -> None:
        """Put a drop with its receipt into `done` or `refused`, both or neither."""
        with faults_of(claim.place):
            name = receipt_of(claim.path.name)
            beside = claim.place / f".{name}.partial"
            beside.unlink(missing_ok=True)
            _write(beside, receipt)
            beside.rename(claim.place / name)
            sync_path(claim.place)
            claim.place.rename(into / claim.place.name)
            sync_path(into)
            sync_path(self._taken)


def receipt_of(drop: str) -> str:
    """Give the name of the receipt beside a drop of that name: another than that of the drop, and of its note.

    It depends on the drop's name alone, so that after a kill the same receipt is written again.
    """
    return OTHER_RECEIPT if _note_of(drop).casefold() == RECEIPT else RECEIPT


def _note_of(drop: str) -> str:
    return Path(drop).stem + ".json"


def _marked(names: list[str]) -> list[str]:
    return [name.removesuffix(READY) for name in names if name.endswith(READY)]


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seen(path: Path) -> Iterator[tuple[str, int, int]]:
    """Look at everything below a path; what goes away meanwhile is another look."""
    waiting = [path]
    while waiting:
        here = waiting.pop()
        with suppress(FileNotFoundError, NotADirectoryError):
            found = here.lstat()
            yield str(here), found.st_size, found.st_mtime_ns
            if stat.S_ISDIR(found.st_mode):
                waiting += sorted(here.iterdir())


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(_mode(path))


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """Give what a path is itself, whatever it links to; 0 where there is nothing."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
