"""The public index as the reading room asks it. Nothing here can tell what was never listed from what is not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from access.question import Question
from access.records import PublicRecord
from schemas.public_index import Facet

MOST_COUNTED = 5_000
"""Hits that are ranked and counted by facet; of more than these, the newest."""

MOST_WEIGHED = 20_000
"""Records with one of the words asked for that are read to tell what each hit is worth; where there are more, hits with
all words in the title come first, and then the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A record that may be shown; `text` is what excerpts are cut from."""

    record: PublicRecord
    changed_at: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A record that was shown once: its id and when it was withdrawn, and no more."""

    id: str
    changed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what a question finds. `is_all` = `number` and `facets` count every hit, not the newest alone."""

    hits: tuple[Listed, ...]
    number: int
    is_all: bool
    facets: Mapping[Facet, tuple[tuple[str, int], ...]]


class ReadingIndex(Protocol):
    """Reads the index; every method raises IndexUnavailable when it cannot be read."""

    def entry(self, public_id: str) -> Listed | Withdrawn | None:
        """Give what is said of an id; None for what was never listed, hidden or not."""

    def is_listed(self, public_id: str) -> bool:
        """Whether it may be shown at this moment."""

    def holds(self, public_id: str, sha256: str) -> bool:
        """Whether it may be shown at this moment with a document of that SHA-256 in it."""

    def parts_of(self, public_id: str, *, offset: int, limit: int) -> tuple[PublicRecord, ...]:
        """Give the listed records and parts of a case, in the order of their dates."""

    def count_parts(self, public_id: str) -> int:
        """Count the listed records and parts of a case."""

    def newest(self, limit: int) -> tuple[PublicRecord, ...]:
        """Give what can be read and was listed last, the last first; what belongs to a listed case is left to it."""

    def values_of(self, facet: Facet) -> tuple[tuple[str, int], ...]:
        """Give every value of a facet and how many records have it, the commonest first."""

    def search(self, question: Question, *, offset: int, limit: int) -> Found:
        """Give a page of hits: the best first; the newest where there are no words, or more than MOST_COUNTED hits."""

    def count(self, question: Question) -> int:
        """Count what a question finds, up to MOST_COUNTED."""


def grouped_facets(rows: Iterable[Sequence[Any]]) -> dict[Facet, tuple[tuple[str, int], ...]]:
    """Order rows of (facet, value, number): the commonest first, years from the latest."""
    held: dict[Facet, list[tuple[str, int]]] = {facet: [] for facet in Facet}
    for facet, value, number in rows:
        held[Facet(facet)].append((value, number))
    return {facet: ordered(facet, values) for facet, values in held.items()}


def ordered(facet: Facet, values: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Order the values of a facet: years from the latest, all else by number and then by name."""
    if facet is Facet.WHEN:
        return tuple(sorted(values, reverse=True))
    return tuple(sorted(values, key=lambda each: (-each[1], each[0])))
