"""A question is read from an address, and written as one."""

import pytest

from access.question import LONGEST_QUESTION, MOST_TERMS, Manner, Question, Term, parameters_of, read_question
from schemas.public_index import Facet


def test_a_question_is_written_as_it_was_read() -> None:
    told = [("q", "öppen förskola"), ("who", "Nämnden"), ("when", "2021"), ("spelling", "plain")]
    question = read_question(told)
    assert question.narrowed == ((Facet.WHO, "Nämnden"), (Facet.WHEN, "2021"))
    assert question.manner is Manner.PLAIN
    assert list(parameters_of(question)) == told


def test_what_is_unknown_asks_for_nothing() -> None:
    assert read_question([("x", "y"), ("spelling", "x"), ("who", ""), ("level", "hidden")]) == Question()


def test_a_narrowing_is_added_and_taken_away() -> None:
    question = Question().with_value(Facet.WHO, "A").with_value(Facet.CLASS, "B")
    assert question.without(Facet.WHO, "A").narrowed == ((Facet.CLASS, "B"),)


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("lagen", [Term(stems=("lag",), is_open=False)]),
        ("bygglov", [Term(stems=("bygglov",), is_open=True)]),
        ("lag*", [Term(stems=("lag",), is_open=True)]),
        ('"nya lagen"', [Term(stems=("nya", "lag"), is_open=False)]),
        ('"nya lagen', [Term(stems=("nya", "lag"), is_open=False)]),
        ("2021/17", [Term(stems=("2021", "17"), is_open=False)]),
        ('- "" *', []),
    ],
)
def test_words_are_read_as_people_mean_them(asked: str, terms: list[Term]) -> None:
    assert list(Question(asked=asked).terms) == terms


def test_a_question_without_end_is_cut() -> None:
    question = read_question([("q", "a " * 10_000), *[("who", str(each)) for each in range(100)]])
    assert len(question.asked) <= LONGEST_QUESTION
    assert len(question.terms) == MOST_TERMS
    assert len(question.narrowed) == MOST_TERMS
