import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from itertools import count
from typing import Any

import pytest

from ingest.domain.cases import Case, Record
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.personal_numbers.described import texts_in
from ingest.domain.submissions import Submission

DEEPEST = 3


class Filler:
    """Fills every field of a class, whatever it is called, with a word of its own; what it cannot fill, fails."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers = count()

    def value(self, kind: Any, depth: int = 0) -> Any:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is tuple:
            return () if depth > DEEPEST else (self.value(arguments[0], depth), self.value(arguments[0], depth))
        if origin in (types.UnionType, typing.Union):
            return self.value(next(one for one in arguments if one is not type(None)), depth)
        if is_dataclass(kind):
            return self._filled(kind, depth + 1)
        if kind in (bool, int):
            return kind(1)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return next(iter(kind))
        word = f"word{next(self._numbers)}"
        self.words.append(word)
        return getattr(kind, "__supertype__", kind)(word)

    def _filled(self, kind: Any, depth: int) -> Any:
        before = list(self.words)
        hints = typing.get_type_hints(kind)
        made = kind(**{each.name: self.value(hints[each.name], depth) for each in fields(kind)})
        if kind in (Case, Record, DeclaredDigest) and depth > 1:
            self.words = before  # a unit of its own, or no text of a person
        return made


@pytest.mark.parametrize("kind", [Case, Record, Submission])
def test_no_field_is_forgotten_whoever_added_it(kind: type) -> None:
    filler = Filler()
    texts = [text for _, text in texts_in(filler.value(kind))]
    assert filler.words
    assert [word for word in filler.words if word not in texts] == []


def test_each_text_is_told_with_its_field() -> None:
    record = Record(id="R1", title="Ansökan", keywords=("a", "b"))
    assert dict(texts_in(record)) == {"id": "R1", "title": "Ansökan", "keywords[0]": "a", "keywords[1]": "b"}


def test_units_inside_are_left_to_themselves() -> None:
    case = Case(id="C1", records=(Record(id="R1"),), parts=(Case(id="C2"),))
    assert set(_words(texts_in(case))) == {"C1", "caseFile"}


def test_a_kind_of_value_that_nobody_has_thought_of_is_a_fault() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Later:
        words: frozenset[str]

    with pytest.raises(TypeError, match="words"):
        list(texts_in(Later(words=frozenset({"x"}))))


def _words(texts: Iterator[tuple[str, str]]) -> Iterator[str]:
    return (text for _, text in texts)
