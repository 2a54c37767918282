"""Words are found by their Swedish stems, the same on every database and in every release."""

import pytest

from schemas.swedish_stems import STEMS, plain, stem, stems, words


@pytest.mark.parametrize(
    "forms",
    [
        ("handling", "handlingar", "handlingarna", "Handlingens"),
        ("ärende", "ärenden", "ärendet", "ärendena", "ÄRENDE"),
        ("bygglov", "bygglovet", "bygglovens"),
        ("skola", "skolan", "skolor", "skolorna"),
        ("protokoll", "protokollet", "protokollen"),
        ("Drottninggata", "Drottninggatan", "Drottninggatans"),
        ("idé", "ide"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("får", "far"), ("väg", "vag"), ("bön", "bon"), ("skola", "skolastik"), ("plan", "plåt")]
)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_the_rules_are_those_that_the_name_stands_for() -> None:
    """An index is made with these: if this changes, so must STEMS, and every index has to be written anew."""
    told = {"ansökan": "ansök", "beslutet": "beslut", "fastigheter": "fast", "nämndens": "nämnd", "vägen": "väg"}
    assert STEMS == "swedish-1"
    assert {word: stem(word) for word in told} == told


def test_swedish_letters_are_folded_for_guesses_only() -> None:
    assert stems("Målarvägen") != stems("Malarvagen")
    assert [plain(each) for each in stems("Målarvägen")] == list(stems("Malarvagen"))


def test_words_are_letters_and_digits_and_know_their_place() -> None:
    text = "Dnr EXN 2021/17_b, ”bygglov”."
    assert [text[word.start : word.end] for word in words(text)] == ["Dnr", "EXN", "2021", "17", "b", "bygglov"]


def test_decomposed_letters_are_the_same_letters() -> None:
    assert stems("a\u030arende") == stems("\u00e5rende")
