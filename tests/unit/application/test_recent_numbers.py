"""A search is made once for those who ask at once, kept for a while, and never kept where it failed."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest

from ingest.application.recent_numbers import RecentNumbers
from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.personal_numbers.found import UnitHits
from ingest.errors import ToolFailed

Hits = Mapping[UnitKey, UnitHits]


def package(number: int) -> ArchivedPackage:
    return ArchivedPackage(
        package=f"p-{number}",
        generation=1,
        delivery_id="d-1",
        producer="ORG:1",
        delivery="D-1",
        dialect="case push",
        title="Bygglov",
        files=1,
        bytes=1,
        stored_at=datetime(2026, 11, 29, tzinfo=UTC),
    )


def hits(number: int) -> Hits:
    return {(): UnitHits(hits=(), unsearched=(), digest=str(number))}


class Search:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.faults: list[Exception] = []

    def __call__(self, package: ArchivedPackage) -> Hits:
        self.asked.append(package.package)
        if self.faults:
            raise self.faults.pop()
        return hits(len(self.asked))


def test_an_answer_is_kept_until_others_have_been_asked_for() -> None:
    search = Search()
    numbers = RecentNumbers(search, most=2)
    for one in (1, 2, 1, 3, 1, 2):
        numbers.hits_in(package(one))
    assert search.asked == ["p-1", "p-2", "p-3", "p-2"]
    assert numbers.hits_in(package(2)) == hits(4)


def test_a_search_that_failed_is_made_again() -> None:
    search = Search()
    search.faults.append(ToolFailed("trasig", "broken"))
    numbers = RecentNumbers(search)
    with pytest.raises(ToolFailed):
        numbers.hits_in(package(1))
    assert numbers.hits_in(package(1)) == hits(2)


def test_of_two_who_ask_at_once_one_searches_and_both_are_told() -> None:
    begun, go_on, search = Event(), Event(), Search()

    def slow(asked: ArchivedPackage) -> Hits:
        begun.set()
        assert go_on.wait(30)
        return search(asked)

    numbers = RecentNumbers(slow)
    with ThreadPoolExecutor(2) as people:
        first = people.submit(numbers.hits_in, package(1))
        assert begun.wait(30)
        second = people.submit(numbers.hits_in, package(1))
        go_on.set()
        assert first.result(30) is second.result(30)
    assert search.asked == ["p-1"]
