"""What the archive holds: a package as it is listed, and how many files of each format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.domain.packages import FormatDesignation


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFormat:
    """How many delivered files and preservation copies of one format there are; `puid` None = unknown format."""

    puid: str | None
    name: str
    version: str
    originals: int
    copies: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPackage:
    """A row of `earkiv list`: `delivery` is the producer's own id, `delivery_id` the archive's (as in a receipt).

    `files` and `bytes` count what was delivered; `formats` what was delivered and what was made of it.
    """

    package: str
    generation: int
    delivery: str
    delivery_id: str
    producer: str
    dialect: str
    title: str
    files: int
    bytes: int
    stored_at: datetime
    formats: tuple[HeldFormat, ...] = ()


_Sized = tuple[FormatDesignation, int]


def held_formats(originals: Iterable[_Sized], copies: Iterable[_Sized]) -> tuple[HeldFormat, ...]:
    """Count files, given as format and size in bytes, by format; unknown ones first, then by PUID."""
    return summed((*(_one(form, size, 1, 0) for form, size in originals), *(_one(f, s, 0, 1) for f, s in copies)))


def _one(form: FormatDesignation, size: int, originals: int, copies: int) -> HeldFormat:
    known = form if form.puid is not None else FormatDesignation(puid=None)
    return HeldFormat(
        puid=known.puid, name=known.name, version=known.version, originals=originals, copies=copies, bytes=size
    )


def summed(counts: Iterable[HeldFormat]) -> tuple[HeldFormat, ...]:
    """Add up counts of the same format; unknown ones first, then by PUID."""
    totals: dict[tuple[str, str, str], list[int]] = {}
    for count in counts:
        total = totals.setdefault((count.puid or "", count.name, count.version), [0, 0, 0])
        for place, figure in enumerate((count.originals, count.copies, count.bytes)):
            total[place] += figure
    return tuple(
        HeldFormat(puid=puid or None, name=name, version=version, originals=o, copies=c, bytes=size)
        for (puid, name, version), (o, c, size) in sorted(totals.items())
    )
