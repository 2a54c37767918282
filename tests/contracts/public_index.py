"""What every public index promises: the same entries, words and facets, whichever database keeps them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.adapters.public_index import open_public_index
from ingest.errors import DamageFound
from ingest.public_ports import Listing, PublicIndex
from schemas.public_standing import Standing

AT = datetime(2026, 11, 29, 12, 0, 0, tzinfo=UTC)
CASE: dict[str, Any] = {
    "id": "c" * 16,
    "kind": "case",
    "level": "public",
    "title": "Ansökan om bygglov",
    "archivalCreator": {"name": "Exempelnämnden"},
    "documents": [],
}
RECORD = {**CASE, "id": "r" * 16, "kind": "record", "partOf": CASE["id"], "title": "Ritning"}
FACETS = "SELECT entry, value, records FROM facets JOIN facet_values USING (number)"


def yes() -> bool:
    return True


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


class PublicIndexContract:
    """`address` is a fresh place for an index; `rows` reads its tables as the reading room does."""

    @pytest.fixture
    def address(self) -> Any:
        raise NotImplementedError

    @pytest.fixture
    def index(self, address: Any) -> Iterator[PublicIndex]:
        with open_public_index(address) as index:
            yield index

    def rows(self, address: Any, statement: str) -> Sequence[tuple[Any, ...]]:
        raise NotImplementedError

    def test_work_is_done_while_an_id_is_unlisted_and_cannot_be_listed(self, address: Any, index: PublicIndex) -> None:
        done: list[str] = []
        with ThreadPoolExecutor() as others, open_public_index(address) as other:
            begun: list[Future[bool]] = []

            def work() -> None:
                begun.append(others.submit(other.show, CASE, "", at(AT), yes))
                assert not wait(begun, timeout=0.2).done
                done.append("unlisted")

            index.while_unlisted(CASE["id"], work)
            assert begun[0].result()
        index.while_unlisted(CASE["id"], lambda: done.append("listed"))
        index.withdraw([CASE["id"]], at(AT))
        index.while_unlisted(CASE["id"], lambda: done.append("withdrawn"))
        assert done == ["unlisted", "withdrawn"]

    def test_what_turns_out_damaged_elsewhere_meanwhile_is_not_called_the_index(self, address: Any) -> None:
        """Whoever publishes reads the archive meanwhile: its damage is no reason to remove the index."""

        def damaged() -> bool:
            raise DamageFound("arkivets fil är skadad", "the archive's file is damaged")

        with pytest.raises(DamageFound, match="the archive's file"), open_public_index(address) as index:
            index.show(CASE, "", at(AT), damaged)

    def test_an_index_knows_what_it_lists_and_what_it_has_withdrawn(self, index: PublicIndex) -> None:
        index.show(CASE, "", at(AT), yes)
        index.show(RECORD, "", at(AT), yes)
        index.withdraw([RECORD["id"], "x" * 16], at(AT))
        assert index.known([CASE["id"], RECORD["id"], "x" * 16]) == {CASE["id"], RECORD["id"]}

    def test_what_is_shown_is_listed_with_words_and_facets(self, address: Any, index: PublicIndex) -> None:
        assert index.show(CASE, "Nybyggnad", at(AT), yes)
        assert index.show(RECORD, "", at(AT), yes)
        assert index.shown([CASE["id"], RECORD["id"], "x" * 16]) == {CASE["id"], RECORD["id"]}
        assert self.rows(address, "SELECT id, position, changed_at, part_of FROM entries ORDER BY position") == [
            (CASE["id"], 1, "2026-11-29T12:00:00Z", None),
            (RECORD["id"], 2, "2026-11-29T12:00:00Z", CASE["id"]),
        ]
        assert self.rows(address, f"{FACETS} WHERE facet = 'who' ORDER BY entry") == [
            (1, "Exempelnämnden", 2),
            (2, "Exempelnämnden", 2),
        ]
        assert self.rows(address, "SELECT count(*) FROM words") == [(2,)]

    def test_the_same_again_is_no_change(self, address: Any, index: PublicIndex) -> None:
        for _ in range(2):
            assert index.show(CASE, "Nybyggnad", at(AT), yes)
        assert self.rows(address, "SELECT position FROM entries") == [(1,)]

    def test_a_change_takes_the_place_of_what_was_there_and_comes_last(self, address: Any, index: PublicIndex) -> None:
        index.show(CASE, "", at(AT), yes)
        index.show(RECORD, "", at(AT), yes)
        index.show({**CASE, "title": "Bygglov"}, "", at(AT - timedelta(days=1)), yes)
        assert self.rows(address, "SELECT id, position, changed_at FROM entries ORDER BY position") == [
            (RECORD["id"], 2, "2026-11-29T12:00:00Z"),
            (CASE["id"], 3, "2026-11-29T12:00:00Z"),
        ]
        assert self.rows(address, "SELECT count(*) FROM words") == [(2,)]

    def test_a_value_is_counted_as_long_as_somebody_has_it(self, address: Any, index: PublicIndex) -> None:
        index.show(CASE | {"places": ["Vasastan", "Söder"]}, "", at(AT), yes)
        index.show(RECORD | {"places": ["Vasastan"]}, "", at(AT), yes)
        index.show(CASE | {"places": ["Söder"]}, "", at(AT), yes)
        places = "SELECT value, records FROM facet_values WHERE facet = 'where' ORDER BY value"
        assert self.rows(address, places) == [("Söder", 1), ("Vasastan", 1)]
        index.withdraw([CASE["id"]], at(AT))
        assert self.rows(address, places) == [("Vasastan", 1)]

    def test_the_highest_position_is_never_given_twice(self, address: Any, index: PublicIndex) -> None:
        index.show(CASE, "", at(AT), yes)
        index.show(CASE, "annat", at(AT), yes)
        assert self.rows(address, "SELECT position FROM entries") == [(2,)]

    def test_of_what_is_withdrawn_the_id_and_the_time_remain(self, address: Any, index: PublicIndex) -> None:
        index.show(CASE, "Nybyggnad", at(AT), yes)
        assert index.withdraw([CASE["id"], "x" * 16], at(AT + timedelta(hours=1))) == {CASE["id"]}
        assert index.shown([CASE["id"]]) == frozenset()
        assert self.rows(address, "SELECT * FROM entries") == [
            (2, CASE["id"], "2026-11-29T13:00:00Z", "withdrawn", None, f'{{"id":"{CASE["id"]}"}}', "[]", "")
        ]
        left = "(SELECT count(*) FROM words), (SELECT count(*) FROM facets), (SELECT count(*) FROM facet_values)"
        assert self.rows(address, f"SELECT {left}") == [(0, 0, 0)]
        assert index.withdraw([CASE["id"]], at(AT + timedelta(hours=2))) == frozenset()
        assert self.rows(address, "SELECT position FROM entries") == [(2,)]
        index.show(CASE, "", at(AT + timedelta(hours=2)), yes)
        assert self.rows(address, "SELECT position, state FROM entries") == [(3, "listed")]

    def test_what_is_no_longer_decided_is_not_listed(self, address: Any, index: PublicIndex) -> None:
        assert not index.show(CASE, "", at(AT), lambda: False)
        index.show(CASE, "", at(AT), yes)
        assert not index.show({**CASE, "title": "Bygglov"}, "", at(AT), lambda: False)
        assert self.rows(address, "SELECT position FROM entries") == [(1,)]

    def test_it_says_how_and_where_records_are_listed(self, index: PublicIndex) -> None:
        index.show(CASE, "", at(AT), yes)
        index.show({**RECORD, "level": "on-request"}, "", at(AT + timedelta(seconds=1)), yes)
        index.show({**CASE, "id": "w" * 16}, "", at(AT), yes)
        index.withdraw(["w" * 16], at(AT))
        assert index.listings([CASE["id"], RECORD["id"], "w" * 16, "x" * 16]) == {
            CASE["id"]: Listing(level="public", since=AT),
            RECORD["id"]: Listing(level="on-request", since=AT + timedelta(seconds=1)),
        }
        assert index.listed_after(0, 9) == {1: CASE["id"], 2: RECORD["id"]}
        assert index.listed_after(0, 1) == {1: CASE["id"]}
        assert index.listed_after(2, 9) == {}

    def test_it_says_how_far_it_has_come_and_by_which_name(self, index: PublicIndex) -> None:
        name = index.standing().index
        assert index.standing() == Standing(index=name, position=0)
        index.show(CASE, "", at(AT), yes)
        told: list[Standing] = []
        index.while_standing(told.append)
        assert told == [Standing(index=name, position=1)]
        index.rename()
        assert index.standing().index != name
        assert index.standing().position == 1
        assert index.records([CASE["id"], "x" * 16]) == {CASE["id"]: CASE}

    def test_however_many_are_named_those_that_are_listed_are_withdrawn(self, index: PublicIndex) -> None:
        """Databases bound how many values a statement may have: 32,766 in SQLite, 65,535 in PostgreSQL."""
        index.show(CASE, "", at(AT), yes)
        many = [CASE["id"], *(f"{number:032}" for number in range(70_000))]
        assert index.shown(many) == {CASE["id"]}
        assert index.withdraw(many, at(AT)) == {CASE["id"]}

    def test_an_index_is_opened_again_with_what_it_had(self, address: Any, index: PublicIndex) -> None:
        index.show(CASE, "", at(AT), yes)
        with open_public_index(address) as again:
            assert again.shown([CASE["id"]]) == {CASE["id"]}
