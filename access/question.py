"""What a reader asks for: words, phrases and what narrows them, read from the address of a search."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from schemas.public_index import Facet
from schemas.swedish_stems import stem, stems

LONGEST_QUESTION = 200
"""Characters of a question that are read."""

MOST_TERMS = 12
_SHORTEST_OPEN = 4
_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')


class Manner(StrEnum):
    """How words are matched."""

    STEMS = "stems"  # as they are spelt, in any form
    PLAIN = "plain"  # å and ä as a, ö as o


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that stand in a row; `is_open` = the last one may go on (bygglov… finds bygglovsansökan)."""

    stems: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A search: all terms and all narrowings have to hold."""

    asked: str = ""
    narrowed: tuple[tuple[Facet, str], ...] = ()
    manner: Manner = Manner.STEMS

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the words ask for; empty = everything."""
        return tuple(_terms(self.asked[:LONGEST_QUESTION]))[:MOST_TERMS]

    def with_value(self, facet: Facet, value: str) -> "Question":
        """Narrow further."""
        return replace(self, narrowed=(*self.narrowed, (facet, value)))

    def without(self, facet: Facet, value: str) -> "Question":
        """Take one narrowing away."""
        return replace(self, narrowed=tuple(each for each in self.narrowed if each != (facet, value)))


def read_question(parameters: Iterable[tuple[str, str]]) -> Question:
    """Read the parameters of an address; what is unknown asks for nothing."""
    asked, manner = "", Manner.STEMS
    narrowed: list[tuple[Facet, str]] = []
    for name, value in parameters:
        if name == "q":
            asked = " ".join(value.split())[:LONGEST_QUESTION]
        elif name == "spelling" and value == Manner.PLAIN:
            manner = Manner.PLAIN
        elif name in tuple(Facet) and value:
            narrowed.append((Facet(name), value))
    return Question(asked=asked, narrowed=tuple(dict.fromkeys(narrowed))[:MOST_TERMS], manner=manner)


def parameters_of(question: Question) -> Iterator[tuple[str, str]]:
    """Write a question as the parameters of its address."""
    if question.asked:
        yield "q", question.asked
    yield from ((str(facet), value) for facet, value in question.narrowed)
    if question.manner is not Manner.STEMS:
        yield "spelling", str(question.manner)


def _terms(asked: str) -> Iterator[Term]:
    for match in _PARTS.finditer(asked):
        phrase, word = match.groups()
        if phrase is not None:
            yield from _phrase(phrase)
        else:
            yield from _words(word)


def _phrase(phrase: str) -> Iterator[Term]:
    told = stems(phrase)
    if told:
        yield Term(stems=told, is_open=False)


def _words(word: str) -> Iterator[Term]:
    """Read what stands between two spaces; "2021/17" is a phrase of two words."""
    told = stems(word)
    if not told:
        return
    if word.endswith("*"):
        yield Term(stems=told, is_open=True)
    else:
        yield Term(stems=told, is_open=len(told) == 1 and len(stem(word)) >= _SHORTEST_OPEN)
