"""What a search of a package gave, unit by unit: where numbers are, and what could not be searched."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.domain.personal_numbers import NumberHit, NumberKind
from ingest.domain.texts import Unread, UnreadReason


class Where(StrEnum):
    """What a number was found in."""

    METADATA = "metadata"
    FILE_NAME = "file name"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A number: in the field `path` of the metadata (`parties[0].name`), or in the file at the AIP path `path`.

    `part` is the place in a document (`page 3`). `start` and `end` count characters of that text, the end not included.
    """

    where: Where
    path: str
    start: int
    end: int
    kind: NumberKind
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsearched:
    """A file, or a `part` of it, that could not be searched: whether there is a number in it, nobody knows."""

    path: str
    reason: UnreadReason
    part: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHits:
    """What was found in one unit, without the units in it. `digest` (SHA-256) stands for all of it in a decision."""

    hits: tuple[Found, ...]
    unsearched: tuple[Unsearched, ...]
    digest: str

    @property
    def keeps_back(self) -> bool:
        """Whether the unit is kept back until a person decides with this in view: not searched counts as a hit."""
        return bool(self.hits or self.unsearched)


def found_in(where: Where, path: str, hit: NumberHit, part: str = "") -> Found:
    """Say where a hit is."""
    return Found(where=where, path=path, part=part, start=hit.start, end=hit.end, kind=hit.kind)


def unsearched_of(path: str, unread: Unread) -> Unsearched:
    """Say what of a file was not searched."""
    return Unsearched(path=path, part=unread.part, reason=unread.reason, detail=unread.detail)
