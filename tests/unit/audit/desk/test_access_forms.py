"""What a form of the desk says of units comes back as it was, or not at all; every term is said."""

import pytest

from audit.desk import access_texts as texts
from audit.desk.access import hidden
from audit.desk.access_forms import key_in, key_text, unit_in, unit_text
from ingest.domain.access.decisions import Lack, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.access.marks import Cause
from ingest.domain.access.proposals import Place
from ingest.domain.people import PersonRole
from ingest.domain.personal_numbers import NumberKind
from ingest.domain.personal_numbers.found import Where
from ingest.domain.texts import UnreadReason

VIEW = View(content="c" * 64, hits="h" * 64)


@pytest.mark.parametrize("key", [("EXN 1",), ("EXN 1", 'a"b/<\u202e', "å")])
def test_a_unit_comes_back_as_it_was_and_travels_in_plain_letters(key: tuple[str, ...]) -> None:
    unit = UnitInView(key=key, view=VIEW, closed="a decision")
    assert unit_text(unit).isascii()
    assert unit_in(unit_text(unit)) == unit
    assert key_in(key_text(key)) == key


@pytest.mark.parametrize("text", ["", "x", "{}", "[1]", '["a","b"]', '["a","b","c"]', "[" * 100_000, '["a",["b"],"c"]'])
def test_what_no_page_has_made_is_no_unit(text: str) -> None:
    assert unit_in(text) is None


def test_a_number_in_a_title_is_masked() -> None:
    assert hidden("Ansökan från 640823-3234") == "Ansökan från ••••••-••••"


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        (texts.LEVELS, Level),
        (texts.LEVEL_MARKS, Level),
        (texts.CHOICES, Level),
        (texts.CAUSES, Cause),
        (texts.PLACES, Place),
        (texts.WHERES, Where),
        (texts.NUMBER_KINDS, NumberKind),
        (texts.UNREAD, UnreadReason),
        (texts.LACKS, Lack),
        (texts.ROLES, PersonRole),
    ],
)
def test_every_term_is_said(said: dict[object, object], terms: type[Level]) -> None:
    assert set(said) == set(terms)
