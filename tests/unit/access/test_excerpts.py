"""Excerpts show where a reader's words stand."""

import pytest

from access.excerpts import LONGEST, marker
from access.question import Manner, Question

TEXT = "Nämnden behandlade frågan. " * 30 + "Bygglovet beviljades för garaget. " + "Mötet avslutades. " * 30


def marked(asked: str, text: str, manner: Manner = Manner.STEMS) -> list[str]:
    pieces = marker(Question(asked=asked, manner=manner)).excerpt(text)
    return [piece.text for piece in pieces if piece.is_marked]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bygglov", ["Bygglovet"]),
        ("garage bygglov", ["Bygglovet", "garaget"]),
        ("bygg*", ["Bygglovet"]),
        ("byg", []),
        ("rivning", []),
        ("", []),
        ("möten", ["Mötet"]),
    ],
)
def test_the_words_asked_for_are_marked(asked: str, found: list[str]) -> None:
    assert marked(asked, TEXT)[: len(found) or 1] == found


def test_an_excerpt_is_short_and_says_that_it_is_one() -> None:
    pieces = marker(Question(asked="bygglov")).excerpt(TEXT)
    told = "".join(piece.text for piece in pieces)
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert len(told) < LONGEST + 100
    assert told[2:-2] in TEXT


def test_a_whole_text_is_not_cut() -> None:
    told = marker(Question(asked="lov")).excerpt("Ett  lov\nges.")
    assert "".join(piece.text for piece in told) == "Ett lov ges."


def test_letters_without_their_dots_are_marked_when_asked_so() -> None:
    assert marked("malning", "Om målning av hus", Manner.PLAIN) == ["målning"]
    assert marked("malning", "Om målning av hus") == []


def test_a_title_is_marked_whole() -> None:
    pieces = marker(Question(asked="lov")).marked("Lov att läsa (lov)")
    assert [(piece.text, piece.is_marked) for piece in pieces] == [
        ("Lov", True),
        (" att läsa (", False),
        ("lov", True),
        (")", False),
    ]
