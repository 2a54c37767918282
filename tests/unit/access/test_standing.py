"""An index that has not come as far as the public store says is not asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from access.database import IndexUnavailable
from access.standing import INDEX_SECONDS, STORE_SECONDS, StandingQuery
from access.store import ObjectMissing, StoreUnavailable
from schemas.public_standing import (
    MADE_AS,
    MADE_AS_TOLD,
    STANDING,
    STANDING_KEY,
    Standing,
    read_standing,
    written_standing,
)


@dataclass(kw_only=True)
class Building:
    """An index and a store that say how far they have come, and a clock."""

    index: list[tuple[str, int]] = field(default_factory=lambda: [("a", 7)])
    store: bytes | Exception = field(default_factory=lambda: told("a", 7))
    made_as: dict[str, str] = field(default_factory=lambda: dict(MADE_AS))
    now: float = 0.0
    read_times: int = 0

    def query(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        assert parameters == {}
        told: dict[str, Sequence[Sequence[Any]]] = {STANDING: self.index, MADE_AS_TOLD: list(self.made_as.items())}
        return told.get(statement, [("answer",)])

    def read(self, key: str) -> bytes:
        assert key == STANDING_KEY
        self.read_times += 1
        if isinstance(self.store, Exception):
            raise self.store
        return self.store

    def chunks(self, key: str) -> Any:
        raise AssertionError(key)

    def opened(self) -> StandingQuery:
        return StandingQuery(self.query, self, lambda: self.now)


def told(index: str, position: int) -> bytes:
    return written_standing(Standing(index=index, position=position))


@pytest.mark.parametrize("store", [told("a", 7), told("a", 6), ObjectMissing(STANDING_KEY)])
def test_an_index_as_far_as_the_store_says_is_asked(store: bytes | Exception) -> None:
    building = Building(store=store)
    ask = building.opened()
    assert [ask("SELECT", {}) for _ in range(3)] == [[("answer",)]] * 3
    assert building.read_times == 1


@pytest.mark.parametrize("store", [told("a", 8), told("b", 1), b"{}", b"not JSON"])
def test_any_other_is_not_until_it_has_come_so_far(store: bytes) -> None:
    building = Building(store=store)
    ask = building.opened()
    for _ in range(2):
        with pytest.raises(IndexUnavailable):
            ask("SELECT", {})
    building.store = told("a", 7)
    assert ask("SELECT", {}) == [("answer",)]


@pytest.mark.parametrize("told_of_it", [{"layout": "1"}, {"stems": "swedish-0"}, {"layout": "3", "stems": "swedish-2"}])
def test_an_index_that_was_made_otherwise_is_not_asked(told_of_it: dict[str, str]) -> None:
    building = Building(made_as={**MADE_AS, **told_of_it})
    ask = building.opened()
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="made as"):
            ask("SELECT", {})
    building.made_as = dict(MADE_AS)
    assert ask("SELECT", {}) == [("answer",)]


def test_an_index_that_is_made_anew_otherwise_is_noticed_within_a_minute() -> None:
    building = Building()
    ask = building.opened()
    ask("SELECT", {})
    building.made_as, building.now = {**MADE_AS, "stems": "swedish-2"}, STORE_SECONDS
    with pytest.raises(IndexUnavailable, match="swedish-2"):
        ask("SELECT", {})


def test_an_index_put_back_under_a_running_room_is_found_out_within_a_second() -> None:
    building = Building()
    ask = building.opened()
    ask("SELECT", {})
    building.index, building.now = [("a", 6)], INDEX_SECONDS
    with pytest.raises(IndexUnavailable, match="older than the public store"):
        ask("SELECT", {})


def test_what_came_and_went_between_two_questions_is_found_out_within_a_minute() -> None:
    building = Building()
    ask = building.opened()
    ask("SELECT", {})
    building.index, building.store, building.now = [("a", 8)], told("a", 9), STORE_SECONDS
    with pytest.raises(IndexUnavailable):
        ask("SELECT", {})


def test_a_store_that_is_away_closes_nothing_that_was_proven() -> None:
    building = Building(store=StoreUnavailable("away"))
    ask = building.opened()
    with pytest.raises(StoreUnavailable):
        ask("SELECT", {})
    building.store = told("a", 7)
    ask("SELECT", {})
    building.store, building.now = StoreUnavailable("away"), STORE_SECONDS
    assert ask("SELECT", {}) == [("answer",)]
    building.index, building.now = [("a", 6)], STORE_SECONDS + INDEX_SECONDS
    with pytest.raises(StoreUnavailable):
        ask("SELECT", {})


def test_a_standing_is_read_as_it_was_written() -> None:
    assert read_standing(told("a", 7)) == Standing(index="a", position=7)
    for wrong in (b"[]", b'{"index": 1, "position": 2}', b'{"index": "a", "position": true}'):
        with pytest.raises(ValueError, match="standing"):
            read_standing(wrong)
