"""A SQLite catalogue as files that are moved and removed: the file itself, and beside it the log of what was last done.

A log found beside a file is taken for its own, so no file may ever lie beside a stranger's; and a file that has lost
its log has lost what was committed last. Nobody may write meanwhile (the home's lock sees to that).
"""

import os
import shutil
from pathlib import Path

from ingest.adapters.folders import sync_path
from ingest.adapters.store_faults import faults_of

_LOG = "-wal"
_LOG_INDEX = "-shm"


def move_catalogue(catalogue: Path, to: Path) -> None:
    """Rename a catalogue within its folder: killed at any moment, either name has the whole of it.

    Where `to` was, nothing may be; a log left there is removed. Raises OutOfSpace, StoreReadOnly, StoreUnavailable,
    and has changed nothing then.
    """
    with faults_of(catalogue.parent):
        _remove_logs(to)
        log = _beside(catalogue, _LOG)
        if log.exists():
            # A copy, for the file and its log cannot be renamed in one act.
            shutil.copyfile(log, _beside(to, _LOG))
            _sync_file(_beside(to, _LOG))
        sync_path(catalogue.parent)
        catalogue.replace(to)
        # Before the log goes from the old name, for otherwise a power cut could bring back the file without it.
        sync_path(catalogue.parent)
        _remove_logs(catalogue)


def remove_catalogue(catalogue: Path) -> None:
    """Remove a catalogue with its logs; one that is absent is no error. Raises StoreReadOnly, StoreUnavailable."""
    with faults_of(catalogue.parent):
        _remove_logs(catalogue)
        catalogue.unlink(missing_ok=True)
        sync_path(catalogue.parent)


def _remove_logs(catalogue: Path) -> None:
    for suffix in (_LOG_INDEX, _LOG):
        _beside(catalogue, suffix).unlink(missing_ok=True)


def _beside(catalogue: Path, suffix: str) -> Path:
    return catalogue.with_name(catalogue.name + suffix)


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
