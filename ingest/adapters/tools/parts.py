"""Taking files to a tool and from it: what lies in its folder is its own, and may be anything at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.adapters.files import CHUNK
from ingest.adapters.store_faults import faults_of
from ingest.errors import ObjectMissing


def hand_over(source: Path, target: Path) -> None:
    """Copy a file into a tool's folder, where nothing may lie yet. Raises ObjectMissing, OutOfSpace."""
    with faults_of(target.parent):
        try:
            with source.open("rb") as given, _made(target) as taken:
                while chunk := given.read(CHUNK):
                    taken.write(chunk)
        except FileNotFoundError as error:
            raise ObjectMissing(f"{source} saknas.", f"{source} is missing.") from error


def write_new(target: Path, text: str) -> None:
    """Write a small text into a tool's folder, where nothing may lie yet. Raises OutOfSpace."""
    with faults_of(target.parent), _made(target) as taken:
        taken.write(text.encode())


def _made(target: Path) -> BinaryIO:
    # O_EXCL follows no link that the tool may have laid there.
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


@contextmanager
def taken(path: Path) -> Iterator[BinaryIO | None]:
    """Open what a tool has left; None unless it is an ordinary file: no link, no pipe, no device."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        yield None
        return
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        yield None
        return
    with os.fdopen(descriptor, "rb") as found:
        yield found


def clear(folder: Path, *names: str) -> None:
    """Remove files of these names from a tool's folder, whatever they are."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
