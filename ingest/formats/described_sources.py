"""Which document describes which case, where a delivery has several."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from ingest.domain.cases import Case, Record
from ingest.domain.paths import PackagePath


class Description(Protocol):
    """What one document describes, in its own order."""

    @property
    def cases(self) -> Sequence[Case]:
        """Its cases."""

    @property
    def records(self) -> Sequence[Record]:
        """Its records of no case."""


def described_in(read: Iterable[tuple[PackagePath, Description]]) -> tuple[PackagePath, ...]:
    """Give the document of each case and then of each loose record, for documents in the order they were read."""
    documents = tuple(read)
    of_cases = (source for source, description in documents for _ in description.cases)
    of_records = (source for source, description in documents for _ in description.records)
    return (*of_cases, *of_records)
