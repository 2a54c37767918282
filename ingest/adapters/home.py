"""The embedded archive's folder (EARKIV_HOME): where all things lie, and the lock against a second writer."""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.adapters.files import write_all
from ingest.adapters.folders import sync_path
from ingest.adapters.store_faults import faults_of
from ingest.errors import ConfigurationError, HomeLocked
from schemas.public_requests import REQUESTS_FILE, REQUESTS_FOLDER

_BUSY = frozenset({errno.EAGAIN, errno.EACCES})
_PAUSE_SECONDS = 0.05
_HOLDER_BYTES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An embedded archive's folders; `archive` alone holds what must last, the rest can be made anew."""

    root: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite file."""
        return self.root / "catalogue.sqlite"

    @property
    def staging(self) -> Path:
        """The folder of deliveries under way."""
        return self.root / "staging"

    @property
    def quarantine(self) -> Path:
        """The folder of infected deliveries, kept apart."""
        return self.root / "quarantine"

    @property
    def test(self) -> Path:
        """The folder of test deliveries: an archive like the archive, until they expire."""
        return self.root / "test"

    @property
    def archive(self) -> Path:
        """The folder of the archive itself: `ocfl/` and `journal/`."""
        return self.root / "archive"

    @property
    def public(self) -> Path:
        """The folder of the reading room: what was carried over to it, and nothing else."""
        return self.root / "public"

    @property
    def requests(self) -> Path:
        """The SQLite file of what the public has asked for, which the reading room writes in too."""
        return self.public / REQUESTS_FOLDER / REQUESTS_FILE

    @property
    def keys(self) -> Path:
        """The folder of private signing keys."""
        return self.root / "keys"

    @property
    def agreements(self) -> Path:
        """The folder of submission agreements to register."""
        return self.root / "agreements"

    @property
    def scratch(self) -> Path:
        """The folder of tools at work; what a run that was killed left there is of no use to anybody."""
        return self.root / "scratch"

    @property
    def format_policy(self) -> Path:
        """The file in which an archive changes the format policy, if it does."""
        return self.root / "format-policy.toml"

    @property
    def lock(self) -> Path:
        """The file that a writer holds."""
        return self.root / "lock"


def create_home(root: Path) -> Home:
    """Make an archive's folders, or complete them; what is there is left alone.

    Raises ConfigurationError for a folder that holds other things, StoreReadOnly, OutOfSpace.
    """
    home = Home(root=root)
    with faults_of(root):
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            taken = any(root.iterdir()) and not home.archive.is_dir()
        except (FileExistsError, NotADirectoryError) as error:
            raise _no_folder(root) from error
        if taken:
            raise ConfigurationError(
                f"{root} innehåller annat än ett arkiv; välj en tom mapp med EARKIV_HOME.",
                f"{root} holds other things than an archive; choose an empty folder with EARKIV_HOME.",
            )
        # `archive` comes first: a folder that was left half made is known by it.
        for folder in (
            home.archive,
            home.staging,
            home.quarantine,
            home.test,
            home.keys,
            home.agreements,
            home.scratch,
        ):
            folder.mkdir(mode=0o700, exist_ok=True)
        sync_path(root)
    return home


def create_machine_home(root: Path) -> Home:
    """Make the folder of a machine of the server: keys, agreements, tools at work; the archive lies elsewhere.

    Raises ConfigurationError, StoreReadOnly, OutOfSpace.
    """
    home = Home(root=root)
    with faults_of(root):
        try:
            for folder in (home.root, home.keys, home.agreements, home.scratch):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise _no_folder(root) from error
    return home


def clear_scratch(home: Home) -> None:
    """Remove what tools of an earlier run have left; for whoever holds the writer lock."""
    with faults_of(home.root):
        for left in home.scratch.iterdir():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def open_home(root: Path) -> Home:
    """Open an archive that exists. Raises ConfigurationError when there is none."""
    home = Home(root=root)
    with faults_of(root):
        if not home.archive.is_dir():
            raise ConfigurationError(
                f"Det finns inget arkiv i {root}; EARKIV_HOME ska peka på arkivets mapp.",
                f"There is no archive in {root}; EARKIV_HOME must name the archive's folder.",
            )
    return home


@contextmanager
def writer_lock(home: Home, now: datetime, wait_seconds: float) -> Iterator[None]:
    """Be the archive's only writer within the `with` block; the lock dies with this process, however it ends.

    Waits up to `wait_seconds` and then raises HomeLocked, naming who holds it. Raises StoreReadOnly.
    """
    with faults_of(home.root):
        # Not inheritable (PEP 446): processes started meanwhile hold no copy of the lock.
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with faults_of(home.root):
            _acquire(descriptor, home, time.monotonic() + wait_seconds)
            os.ftruncate(descriptor, 0)
            write_all(descriptor, f"pid {os.getpid()}, {now.isoformat()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, home: Home, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in _BUSY:
                raise
            if time.monotonic() >= deadline:
                raise _locked(home, os.pread(descriptor, _HOLDER_BYTES, 0)) from error
        time.sleep(_PAUSE_SECONDS)


def _locked(home: Home, holder: bytes) -> HomeLocked:
    who = holder.decode("utf-8", "replace").strip() or "?"
    return HomeLocked(
        f"En annan körning ({who}) skriver just nu till arkivet i {home.root}.",
        f"Another run ({who}) is writing to the archive in {home.root} right now.",
    )


def _no_folder(root: Path) -> ConfigurationError:
    return ConfigurationError(f"{root} är ingen mapp.", f"{root} is not a folder.")
