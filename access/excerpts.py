"""Excerpts: where in a text a reader's words stand, with the words marked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from access.question import Manner, Question
from schemas.swedish_stems import plain, stem

LONGEST = 240
"""Characters of an excerpt, about."""

_READ = 200_000
_BEFORE = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text; `is_marked` = it is a word that was asked for."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Finds the words of one question. Nothing is marked where nothing was asked for."""

    stems: frozenset[str]
    open_stems: tuple[str, ...]
    manner: Manner

    def is_asked_for(self, word: str) -> bool:
        """Whether this word is what the question asks for."""
        found = stem(word) if self.manner is Manner.STEMS else plain(stem(word))
        return found in self.stems or found.startswith(self.open_stems)

    def marked(self, text: str) -> tuple[Piece, ...]:
        """Give the whole of a short text, its words marked."""
        return tuple(_pieces(text, (match.span() for match in _WORD.finditer(text) if self.is_asked_for(match[0]))))

    def excerpt(self, text: str) -> tuple[Piece, ...]:
        """Give about LONGEST characters around the first marked word; () when no word of the text is asked for."""
        read = text[:_READ]
        first = next((match for match in self._candidates(read) if self.is_asked_for(match[0])), None)
        if first is None:
            return ()
        start = _word_boundary(read, first.start() - _BEFORE)
        end = _word_boundary(read, start + LONGEST)
        cut = " ".join(read[start:end].split())
        before = "… " if start > 0 else ""
        after = " …" if end < len(text) else ""
        return self.marked(f"{before}{cut}{after}")

    def _candidates(self, text: str) -> Iterator[re.Match[str]]:
        """Give the words that can be meant: a stem is what nearly all forms of a word begin with."""
        if self.manner is Manner.PLAIN:
            return _WORD.finditer(text)
        begins = "|".join(re.escape(each) for each in sorted(self.stems | set(self.open_stems)))
        pattern = rf"(?<![^\W_])(?:{begins})[^\W_]*" if begins else r"(?!)"
        return re.finditer(pattern, text, re.IGNORECASE)


def marker(question: Question) -> Marker:
    """Make the marker of a question."""
    terms = question.terms
    plainly = question.manner is Manner.PLAIN
    read = {each: plain(each) if plainly else each for term in terms for each in term.stems}
    return Marker(
        stems=frozenset(read.values()),
        open_stems=tuple(dict.fromkeys(read[term.stems[-1]] for term in terms if term.is_open)),
        manner=question.manner,
    )


def _word_boundary(text: str, place: int) -> int:
    """Give the next place at or after `place` where a word begins or the text ends."""
    if place <= 0:
        return 0
    if place >= len(text):
        return len(text)
    space = text.find(" ", place)
    return len(text) if space < 0 or space > place + _BEFORE else space + 1


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    place = 0
    for start, end in spans:
        if start > place:
            yield Piece(text=text[place:start], is_marked=False)
        yield Piece(text=text[start:end], is_marked=True)
        place = end
    if place < len(text):
        yield Piece(text=text[place:], is_marked=False)
