"""The words that a package is found by, each in one spelling."""

from datetime import UTC, datetime

import pytest

from ingest.domain import search_words
from ingest.domain.cases import Case, Record
from ingest.domain.dates import PreciseDate, Precision
from ingest.domain.descriptions import ExtraId, Party, TypedDate, TypedText
from ingest.domain.holdings import ArchivedPackage, HeldFormat
from ingest.domain.lookups import WordKind
from ingest.domain.search_words import folded, words_of
from ingest.domain.submissions import Dialect, Submission

PACKAGE = ArchivedPackage(
    package="p",
    generation=1,
    delivery="LEV-7",
    delivery_id="d",
    producer="ORG:1",
    dialect="case-push",
    title="Bygglov för Garage",
    files=1,
    bytes=1,
    stored_at=datetime(2026, 11, 29, tzinfo=UTC),
    formats=(HeldFormat(puid="x-fmt/111", name="Text", version="", originals=1, copies=0, bytes=1),),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EXN 2021/17", ["exn", "2021/17"]),
        ("EXN 2021/17:1", ["exn", "2021/17:1"]),
        ("A\u030akesson, Åsa", ["åkesson", "åsa"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("EARKIV-SA-5 x-fmt/111", ["earkiv-sa-5", "x-fmt/111"]),
        ("2021-04-01", ["2021-04-01"]),
        ("under_streck %_ \x00", ["under", "streck"]),
        ("", []),
    ],
)
def test_words_are_compared_in_one_spelling(text: str, words: list[str]) -> None:
    assert list(folded(text)) == words


def test_a_word_without_end_is_cut() -> None:
    assert [len(word) for word in folded("a" * 1000)] == [80]


def test_a_package_is_found_by_all_that_its_cases_say() -> None:
    date = TypedDate(type="closed", raw="2021-06-01", value=PreciseDate(text="2021-06-01", precision=Precision.DAY))
    record = Record(id="EXN 2021/17:1", title="Ansökan", parties=(Party(type="x", organisation="Bolaget"),))
    part = Case(id="Del-2", title="Delärende", parties=(Party(type="x", name="Anna Ek"),), records=(record,))
    case = Case(
        id="EXN 2021/17",
        title="Bygglov",
        other_titles=(TypedText(type="public", text="Garaget"),),
        extra_ids=(ExtraId(type="x", text="Gammal-9"),),
        dates=(date,),
        status="closed",
        parts=(part,),
    )
    submission = Submission(dialect=Dialect.CASE_PUSH, cases=(case,), records=(Record(id="Lös-1", title="Protokoll"),))
    found = set(words_of(submission, ["EARKIV-SA-5"], PACKAGE))
    for kind, word in (
        (WordKind.CASE, "2021/17"),
        (WordKind.CASE, "del-2"),
        (WordKind.CASE, "2021/17:1"),
        (WordKind.CASE, "gammal-9"),
        (WordKind.CASE, "lös-1"),
        (WordKind.CASE, "lev-7"),
        (WordKind.TITLE, "garaget"),
        (WordKind.TITLE, "delärende"),
        (WordKind.TITLE, "ansökan"),
        (WordKind.TITLE, "protokoll"),
        (WordKind.PARTY, "anna"),
        (WordKind.PARTY, "bolaget"),
        (WordKind.DATE, "2021-06-01"),
        (WordKind.STATUS, "closed"),
        (WordKind.RULE, "earkiv-sa-5"),
        (WordKind.PUID, "x-fmt/111"),
    ):
        assert (kind, word) in found


def test_without_its_description_it_is_found_by_what_the_catalogue_knows() -> None:
    assert {word for _, word in words_of(None, [], PACKAGE)} == {"bygglov", "för", "garage", "lev-7", "x-fmt/111"}


def test_no_package_has_words_without_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_words, "MOST_WORDS", 3)
    assert len(words_of(None, [], PACKAGE)) == 3
