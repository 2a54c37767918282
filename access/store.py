"""The public store as the reading room reads it: a folder here, a bucket in `s3_store`; both keep to `PublicStore`."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024
"""Bytes that are read, checked and sent at a time."""


class ObjectMissing(Exception):
    """The store does not hold this object (any more)."""


class StoreUnavailable(Exception):
    """The store cannot be read just now: the reading room says so and shows nothing of it."""


class PublicStore(Protocol):
    """Reads objects by the keys of schemas/public_store.py; it has no right to write."""

    def read(self, key: str) -> bytes:
        """Give a small object whole. Raises ObjectMissing, StoreUnavailable."""

    def chunks(self, key: str) -> Iterator[bytes]:
        """Give an object in pieces of at most CHUNK bytes.

        Raises ObjectMissing and StoreUnavailable when it is called; between pieces, StoreUnavailable.
        """


class DirectoryStore:
    """A store in a folder. Links in it are not followed: they could lead out of the building."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, key: str) -> bytes:
        """Give a small object whole. Raises ObjectMissing, StoreUnavailable."""
        return b"".join(self.chunks(key))

    def chunks(self, key: str) -> Iterator[bytes]:
        """Give an object in pieces. Raises ObjectMissing and StoreUnavailable when it is called."""
        return _pieces(self._opened(key))

    def _opened(self, key: str) -> BinaryIO:
        path = self._folder.joinpath(*key.split("/"))
        folder = self._folder.resolve()
        try:
            if path.resolve(strict=True) != folder.joinpath(*key.split("/")):
                raise ObjectMissing(key)
            return path.open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            if folder.is_dir():
                raise ObjectMissing(key) from error
            raise StoreUnavailable(f"The folder {folder} is not there.") from error
        except OSError as error:
            raise StoreUnavailable(f"The folder {folder} cannot be read ({type(error).__name__}).") from error


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := _piece(stream):
            yield piece


def _piece(stream: BinaryIO) -> bytes:
    try:
        return stream.read(CHUNK)
    except OSError as error:
        raise StoreUnavailable(f"The public store cannot be read ({type(error).__name__}).") from error
