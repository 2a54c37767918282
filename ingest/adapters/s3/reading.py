"""An object being read: a cut connection is taken up again where it was, and never taken for the end."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from ingest.adapters.s3.faults import s3_fault
from ingest.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

Fetch = Callable[[int], "GetObjectOutputTypeDef"]
"""Asks for an object from an offset on."""
_BROKEN = (BotoCoreError, HTTPError, OSError)
_CUTS: Final = 8


class S3Reader(io.RawIOBase):
    """Reads one object from its start to its very end. Raises StoreUnavailable after too many cuts."""

    def __init__(self, first: "GetObjectOutputTypeDef", fetch: Fetch, place: str) -> None:
        super().__init__()
        self._body, self._etag, self._size = first["Body"], first["ETag"], first["ContentLength"]
        self._fetch, self._place = fetch, place
        self._at, self._cuts = 0, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # io passes no other
        """Read as `io.RawIOBase` does. Raises StoreUnavailable."""
        wanted = min(len(buffer), self._size - self._at)
        while wanted:
            try:
                chunk = self._body.read(wanted)
            except _BROKEN as error:
                self._resume(error)
                continue
            if chunk:
                buffer[: len(chunk)] = chunk
                self._at += len(chunk)
                return len(chunk)
            self._resume(EOFError())
        return 0

    def close(self) -> None:
        """Let go of the connection."""
        if not self.closed:
            self._body.close()
        super().close()

    def _resume(self, cut: Exception) -> None:
        self._cuts += 1
        self._body.close()
        if self._cuts > _CUTS:
            raise s3_fault(cut, self._place) from cut
        try:
            rest = self._fetch(self._at)
        except (*_BROKEN, ClientError) as error:
            raise s3_fault(error, self._place) from error
        if rest["ETag"] != self._etag or rest["ContentLength"] != self._size - self._at:
            raise StoreUnavailable(
                f"Ett objekt i {self._place} byttes ut medan det lästes.",
                f"An object in {self._place} was replaced while it was read.",
            )
        self._body = rest["Body"]
