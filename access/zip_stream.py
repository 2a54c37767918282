"""A ZIP that is sent while it is made: nothing is held but the piece under way and the list of names."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The same content always makes the same ZIP; this is the earliest time that a ZIP can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of the ZIP; its content is read when its turn comes."""

    name: str
    content: Iterable[bytes]


class _Outlet(io.RawIOBase):
    """Takes what zipfile writes, and gives it on."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """Whether it takes bytes: always."""
        return True

    def write(self, piece: object, /) -> int:
        """Take a piece."""
        taken = bytes(piece)  # type: ignore[call-overload] # zipfile writes bytes-like pieces alone
        self._held += taken
        return len(taken)

    def given(self) -> bytes:
        """Give what has come since the last time."""
        given = bytes(self._held)
        self._held.clear()
        return given


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """Give the bytes of a ZIP of these members, uncompressed: most documents are compressed already."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", allowZip64=True) as archive:
        for member in members:
            entry = zipfile.ZipInfo(member.name, date_time=_FIRST_DAY)
            with archive.open(entry, "w", force_zip64=True) as target:
                for piece in member.content:
                    target.write(piece)
                    yield outlet.given()
            yield outlet.given()
    yield outlet.given()
