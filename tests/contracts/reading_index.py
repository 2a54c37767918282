"""What every public index promises the reading room, whatever database it lies in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from access.index import MOST_WEIGHED, Listed, ReadingIndex, Withdrawn
from access.question import Manner, Question
from schemas.public_index import Facet
from tests.fakes.public_room import (
    APPLICATION,
    CASE,
    DECISION,
    LOOSE,
    NEVER,
    ON_REQUEST,
    WITHDRAWN,
    SmallRoom,
    small_room,
)

TITLED = {"id": "t" * 16, "kind": "case", "level": "public", "title": "Farthinder: sammanträde"}


class ReadingIndexContract:
    """Inherited by one class for each adapter, which gives the index of a room's writer."""

    @pytest.fixture
    def room(self, tmp_path: Path) -> SmallRoom:
        """A small room, freshly written."""
        return small_room(tmp_path / "public")

    def test_a_listed_record_is_given_as_it_was_carried_over(self, index: ReadingIndex) -> None:
        entry = index.entry(CASE)
        assert isinstance(entry, Listed)
        assert entry.record.reference == "SBN 2021/17"
        assert index.is_listed(CASE)

    def test_a_document_is_held_as_long_as_its_record_is_listed_with_it(
        self, room: SmallRoom, index: ReadingIndex
    ) -> None:
        sha256 = room.records[DECISION]["documents"][0]["sha256"]
        assert index.holds(DECISION, sha256)
        assert not any(index.holds(other, sha256) for other in (CASE, WITHDRAWN, NEVER))
        assert not index.holds(DECISION, "0" * 64)

    def test_of_a_withdrawn_record_the_id_and_time_are_given(self, index: ReadingIndex) -> None:
        assert index.entry(WITHDRAWN) == Withdrawn(id=WITHDRAWN, changed_at="2026-11-29T00:00:07Z")
        assert not index.is_listed(WITHDRAWN)

    def test_what_was_never_listed_is_not_there(self, index: ReadingIndex) -> None:
        assert index.entry(NEVER) is None
        assert not index.is_listed(NEVER)

    def test_a_case_has_its_records_by_their_dates(self, index: ReadingIndex) -> None:
        assert [each.id for each in index.parts_of(CASE, offset=0, limit=9)] == [APPLICATION, DECISION]
        assert [each.id for each in index.parts_of(CASE, offset=1, limit=9)] == [DECISION]
        assert (index.count_parts(CASE), index.count_parts(NEVER)) == (2, 0)

    def test_the_newest_are_what_can_be_read_and_stands_by_itself(self, index: ReadingIndex) -> None:
        assert [each.id for each in index.newest(9)] == [LOOSE, CASE]
        assert [each.id for each in index.newest(1)] == [LOOSE]

    def test_values_are_counted_over_what_is_listed(self, index: ReadingIndex) -> None:
        assert index.values_of(Facet.WHO) == (("Stadsbyggnadsnämnden", 4), ("Utbildningsnämnden", 1))
        assert index.values_of(Facet.WHEN) == (("2021", 4), ("1998", 1))

    def test_values_follow_the_index(self, room: SmallRoom, index: ReadingIndex) -> None:
        assert index.values_of(Facet.WHO)[0][1] == 4
        room.writer.withdraw(room.records[DECISION])
        assert index.values_of(Facet.WHO)[0][1] == 3

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("bygglov", {CASE, APPLICATION, DECISION}),
            ("bygglovets", {CASE, APPLICATION, DECISION}),
            ("BYGGLOV garagets", {CASE, APPLICATION, DECISION}),
            ("skolan", {LOOSE}),
            ("Drottninggata", {CASE, APPLICATION, DECISION}),
            ("Drottning", {CASE, APPLICATION, DECISION}),
            ("gara*", {CASE, APPLICATION, DECISION}),
            ("gar", set()),
            ('"öppna förskolan"', {LOOSE}),
            ('"förskolan öppna"', set()),
            ("2021/17", {CASE}),
            ("17/2021", set()),
            ("Eken sökande", set()),
            ("Ritning fasad.png", {APPLICATION}),
            ("kanariefågel", set()),
            ("", {CASE, APPLICATION, DECISION, LOOSE, ON_REQUEST}),
            ("!?", {CASE, APPLICATION, DECISION, LOOSE, ON_REQUEST}),
            ('stems: OR "', set()),
            ("NEAR(bygglov garage)", set()),
        ],
    )
    def test_words_find_what_they_mean(self, index: ReadingIndex, asked: str, found: set[str]) -> None:
        hits = index.search(Question(asked=asked), offset=0, limit=20)
        assert {each.record.id for each in hits.hits} == found
        assert (hits.number, index.count(Question(asked=asked))) == (len(found), len(found))

    def test_letters_without_their_dots_are_found_only_when_asked_so(self, index: ReadingIndex) -> None:
        plainly = Question(asked="oppna forskolan", manner=Manner.PLAIN)
        assert [each.record.id for each in index.search(plainly, offset=0, limit=9).hits] == [LOOSE]
        assert index.count(Question(asked="oppna forskolan")) == 0

    def test_hits_are_narrowed_and_counted(self, index: ReadingIndex) -> None:
        question = Question(asked="bygglov", narrowed=((Facet.FILE_TYPE, "pdf"), (Facet.WHEN, "2021")))
        found = index.search(question, offset=0, limit=9)
        assert [each.record.id for each in found.hits] == [APPLICATION]
        assert found.facets[Facet.FILE_TYPE] == (("image", 1), ("pdf", 1), ("web", 1))
        assert index.count(Question(narrowed=((Facet.WHERE, "Ingenstans"),))) == 0

    @pytest.mark.parametrize("most_weighed", [1, MOST_WEIGHED])
    def test_what_has_the_words_in_its_title_comes_first_however_common_they_are(
        self, room: SmallRoom, index: ReadingIndex, monkeypatch: pytest.MonkeyPatch, most_weighed: int
    ) -> None:
        monkeypatch.setattr("access.sql_index.MOST_WEIGHED", most_weighed)
        titled = room.writer.publish(TITLED)
        room.writer.publish(TITLED | {"id": "t" * 17, "title": "Annat"}, text="Sammanträde om farthinder")
        found = index.search(Question(asked="farthinder sammanträden"), offset=0, limit=9)
        assert [each.record.id for each in found.hits] == [titled["id"], "t" * 17]

    def test_facets_count_all_hits_and_not_one_page(self, index: ReadingIndex) -> None:
        found = index.search(Question(asked="bygglov"), offset=0, limit=1)
        assert (len(found.hits), found.number, found.is_all) == (1, 3, True)
        assert found.facets[Facet.WHO] == (("Stadsbyggnadsnämnden", 3),)

    def test_pages_follow_each_other(self, index: ReadingIndex) -> None:
        pages = [index.search(Question(asked="bygglov"), offset=each, limit=1).hits for each in range(4)]
        assert len({hit.record.id for page in pages for hit in page}) == 3
        assert pages[3] == ()

    def test_what_is_withdrawn_is_found_by_nothing(self, room: SmallRoom, index: ReadingIndex) -> None:
        assert index.count(Question(asked="träfasad")) == 1
        room.writer.withdraw(room.records[DECISION])
        assert index.count(Question(asked="träfasad")) == 0
        assert _marked(index, room.records[DECISION]) == 0


def _marked(index: ReadingIndex, record: Mapping[str, Any]) -> int:
    return index.count(Question(asked=record["title"], narrowed=((Facet.WHEN, record["date"][:4]),)))
