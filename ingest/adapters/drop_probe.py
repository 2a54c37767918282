"""Whether a place for drops can be used, found out with a tiny file of our own that is gone again afterwards."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from ingest.adapters.store_faults import faults_of
from ingest.drop_ports import Filed
from ingest.errors import EarkivError

FOLDERS: Final = ("in", "taken", *(into.value for into in Filed))
"""The folders of a place, in the order in which a drop passes through them."""


class Act(Enum):
    """What a watcher does in a place."""

    LIST = auto()
    WRITE = auto()
    WRITE_ONCE = auto()
    READ = auto()
    MOVE = auto()
    REMOVE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """The first thing that cannot be done, in which folder, and what was said; None where it was done all the same."""

    act: Act
    folder: str
    reason: EarkivError | None


class Trial:
    """Trying one act after another; `lacking` is the first that failed."""

    def __init__(self) -> None:
        """Nothing has failed yet."""
        self.lacking: Lacking | None = None

    @contextmanager
    def of(self, act: Act, folder: str) -> Iterator[None]:
        """Try an act in a folder, and remember its fault. Raises what was raised."""
        try:
            yield
        except EarkivError as reason:
            self.lacking = Lacking(act=act, folder=folder, reason=reason)
            raise


def name_of_ours() -> str:
    """Give a name that nobody has and no watcher takes for a drop."""
    return f".earkiv-doctor-{uuid.uuid4()}"


def probe_folder(root: Path) -> Lacking | None:
    """List the folders of a place and move a file of ours through them; give the first thing that cannot be done.

    Nothing is made that is not there: where folders are still missing, the root is tried too, for they are made in it.
    """
    trial, name = Trial(), name_of_ours()
    at = root / name
    try:
        with trial.of(Act.LIST, ""), faults_of(root):
            there = [folder for folder in FOLDERS if (root / folder).is_dir()]
        if len(there) < len(FOLDERS):
            there.insert(0, "")
        at = root / there[0] / name
        for folder in there:
            with trial.of(Act.LIST, folder), faults_of(root / folder):
                os.listdir(root / folder)  # noqa: PTH208 - refused at once
        with trial.of(Act.WRITE, there[0]), faults_of(root / there[0]):
            at.touch(mode=0o600, exist_ok=False)
        for folder in there[1:]:
            with trial.of(Act.MOVE, folder), faults_of(root / folder):
                at = at.rename(root / folder / name)
        with trial.of(Act.REMOVE, there[-1]), faults_of(root / there[-1]):
            at.unlink()
    except EarkivError:
        with suppress(OSError):
            at.unlink(missing_ok=True)
    return trial.lacking
