"""A folder in which systems that can only write files leave their deliveries, and find their receipts.

    in/       where they write: a package `X`, its delivery note `X.json` where there is one, and last `X.ready`
    taken/    what is being taken in, each drop in a folder of its own that nobody else may enter
    done/     what was accepted, with `receipt.json` beside it (`earkiv-receipt.json` where the drop has that name)
    refused/  what was refused, likewise

A drop is claimed by moving its marker; whatever was claimed is gone on with after a kill at any moment, and nothing is
ever removed. A note that another drop in `in/` has too is copied, and moved with the last of them. Links, pipes and
devices are left where they lie.
"""

import os
import stat
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ingest.adapters.drop_names import (
    READY,
    marked_among,
    may_be_taken,
    notes_of,
    receipt_of,
    shares_note,
    unmarked_among,
)
from ingest.adapters.files import CHUNK, write_all
from ingest.adapters.folders import sync_path
from ingest.adapters.store_faults import faults_of
from ingest.drop_ports import Claim, Filed, Snapshot
from ingest.errors import StoreUnavailable

_LOOK_SECONDS: Final = 2.0
_PARTIAL: Final = ".partial"


class DropFolder:
    """The four folders below a root."""

    def __init__(self, root: Path) -> None:
        """Make what is missing. Raises StoreReadOnly, StoreUnavailable."""
        self._root = root
        self._in, self._taken = root / "in", root / "taken"
        self._filed = {into: root / into.value for into in Filed}
        with faults_of(root):
            self._in.mkdir(parents=True, exist_ok=True)
            for folder in (self._taken, *self._filed.values()):
                folder.mkdir(mode=0o700, exist_ok=True)

    @property
    def shown(self) -> str:
        """How a person is told of the folder."""
        return str(self._root)

    @property
    def look_seconds(self) -> float:
        """How long to wait between two looks."""
        return _LOOK_SECONDS

    def marked(self) -> tuple[str, ...]:
        """List the drops whose marker is there, in the order of their names."""
        with faults_of(self._in):
            marked = marked_among(_names(self._in))
            return tuple(name for name in marked if self._may_be_taken(name) and _is_file(self._in / (name + READY)))

    def unmarked(self) -> Mapping[str, Snapshot]:
        """Give what could be a drop but has no marker, each as it looks now."""
        with faults_of(self._in):
            waiting = (name for name in unmarked_among(_names(self._in)) if self._may_be_taken(name))
            return {name: tuple(_seen(self._in / name)) for name in waiting}

    def _may_be_taken(self, name: str) -> bool:
        path = self._in / name
        return may_be_taken(name) and (_is_file(path) or _is_folder(path))

    def claim(self, name: str, place: str) -> None:
        """Make a drop ours, in `taken/<place>`, a name that was never used; one without a marker gets it there."""
        folder, marker = self._taken / place, self._in / (name + READY)
        with faults_of(self._taken):
            folder.mkdir(mode=0o700)
            if _is_file(marker):
                marker.rename(folder / marker.name)
            else:
                _write(folder / marker.name, ())
            sync_path(folder)
            self._bring(name, folder)

    def resume(self) -> None:
        """Bring every claim that a kill cut off to its end; to be called before anything new is claimed."""
        for folder, held in self._places():
            with faults_of(folder):
                for name in marked_among(held):
                    self._bring(name, folder)
                if not held:
                    folder.rmdir()  # killed before anything was claimed

    def claims(self) -> Iterator[Claim]:
        """Give every drop that is ours and not filed yet, oldest first."""
        for folder, held in self._places():
            for name in marked_among(held):
                if _is_file(folder / name) or _is_folder(folder / name):
                    yield Claim(place=folder.name, name=name, source=folder / name)

    def holds(self, claim: Claim) -> bool:
        """Say whether the claim still waits to be filed: another watcher may have filed it."""
        return _is_folder(self._taken / claim.place)

    def _places(self) -> Iterator[tuple[Path, list[str]]]:
        with faults_of(self._taken):
            places = (self._taken / name for name in sorted(_names(self._taken)))
            found = [(place, _names(place)) for place in places if _is_folder(place)]
        yield from found

    def _bring(self, name: str, folder: Path) -> None:
        """Move a drop after its marker: the note first, so that a package that is here has its note beside it."""
        if not _mode(folder / name):
            notes = [note for note in notes_of(name) if _is_file(self._in / note)]
            for note in notes:
                self._bring_note(note, name, folder)
            if _is_file(self._in / name) or _is_folder(self._in / name):
                (self._in / name).rename(folder / name)
            for note in notes:
                # Whoever shared it may have been claimed meanwhile, by another watcher: then the last one moves it.
                if _is_file(self._in / note) and not self._is_shared(note, name):
                    self._bring_note(note, name, folder)
        sync_path(folder)
        sync_path(self._in)

    def _bring_note(self, note: str, drop: str, folder: Path) -> None:
        """Copy a note that is shared, move another; one that may not be read is moved, and its drop refused for it."""
        with suppress(FileNotFoundError):
            if self._is_shared(note, drop) and os.access(self._in / note, os.R_OK):
                # Another watcher may be bringing the same claim: to each its own copy, and the last whole one stays.
                beside = folder / f".{note}.{uuid.uuid4()}{_PARTIAL}"
                _copy(self._in / note, beside)
                beside.rename(folder / note)
            else:
                (self._in / note).rename(folder / note)

    def _is_shared(self, note: str, drop: str) -> bool:
        return shares_note(note, drop, filter(self._may_be_taken, _names(self._in)))

    def file(self, claim: Claim, receipt: bytes, into: Filed) -> None:
        """Put a drop with its receipt into `done` or `refused`, both or neither."""
        here, name = self._taken / claim.place, receipt_of(claim.name)
        with faults_of(here):
            beside = here / f".{name}{_PARTIAL}"
            try:
                for cut_off in (one for one in _names(here) if one.startswith(".") and one.endswith(_PARTIAL)):
                    (here / cut_off).unlink(missing_ok=True)
                _write(beside, (receipt,))
                beside.rename(here / name)
                sync_path(here)
                here.rename(self._filed[into] / here.name)
            except (FileNotFoundError, StoreUnavailable):
                if self.holds(claim):
                    raise
                return
            sync_path(self._filed[into])
            sync_path(self._taken)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _copy(source: Path, target: Path) -> None:
    # O_NONBLOCK: opening a named pipe that somebody put there must not hang.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with open(os.open(source, flags), "rb") as stream:  # noqa: PTH123 - a path would follow a link
        _write(target, iter(lambda: stream.read(CHUNK), b""))


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        for chunk in chunks:
            write_all(descriptor, chunk)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seen(path: Path) -> Iterator[tuple[str, int, str]]:
    """Look at everything below a path; what goes away meanwhile is another look."""
    waiting = [path]
    while waiting:
        here = waiting.pop()
        with suppress(FileNotFoundError, NotADirectoryError):
            found = here.lstat()
            yield str(here), found.st_size, str(found.st_mtime_ns)
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
