"""The public store as the reading room reads it: a folder here, and whatever else keeps to `PublicStore`."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024
"""Bytes that are read, checked and sent at a time."""


class ObjectMissing(Exception):
    """The store does not hold this object (any more)."""


class PublicStore(Protocol):
    """Reads objects by the keys of schemas/public_store.py; it has no right to write."""

    def read(self, key: str) -> bytes:
        """Give a small object whole. Raises ObjectMissing."""

    def chunks(self, key: str) -> Iterator[bytes]:
        """Give an object in pieces of at most CHUNK bytes. Raises ObjectMissing before the first."""


class DirectoryStore:
    """A store in a folder. Links in it are not followed: they could lead out of the building."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, key: str) -> bytes:
        """Give a small object whole. Raises ObjectMissing."""
        with self._opened(key) as stream:
            return stream.read()

    def chunks(self, key: str) -> Iterator[bytes]:
        """Give an object in pieces. Raises ObjectMissing when it is called, not at the first piece."""
        return _pieces(self._opened(key))

    def _opened(self, key: str) -> BinaryIO:
        path = self._folder.joinpath(*key.split("/"))
        folder = self._folder.resolve()
        try:
            if path.resolve(strict=True) != folder.joinpath(*key.split("/")):
                raise ObjectMissing(key)
            return path.open("rb")
        except OSError as error:
            raise ObjectMissing(key) from error


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(CHUNK):
            yield piece
