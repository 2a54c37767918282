"""Swedish stems, made by the program in the same way when the index is written and when it is asked.

No database's own language rules are used, so SQLite and PostgreSQL find the same. `STEMS` names the rules; an index
made under other rules has to be written anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer.swedish_stemmer import SwedishStemmer

STEMS = "swedish-1"

LONGEST_WORD = 64
"""Characters of a word that count; what is longer is no word that anybody asks for."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS_KEPT = frozenset("åäö")
_DEFINITE = (("et", 4), ("an", 3))
"""Endings that Snowball leaves (ärendet, skolan), and how many letters have to remain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word and where it stands in its text (`text[start:end]`); `stem` is what it is found by."""

    stem: str
    start: int
    end: int


def folded(text: str) -> str:
    """Fold case, compatibility forms and foreign accents (é, ü) away; å, ä and ö are letters of their own and stay."""
    return "".join(_folded_letter(letter) for letter in unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Fold å and ä to a and ö to o as well, in a word: for "did you mean", never for the first answer."""
    decomposed = unicodedata.normalize("NFD", folded(text))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> Iterator[Word]:
    """Give the words of `text` in order: runs of letters and digits; all else parts them."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        yield Word(stem=stem(match.group()), start=match.start(), end=match.end())


def stems(text: str) -> tuple[str, ...]:
    """Give the stems of the words of `text`, in order, doubles kept."""
    return tuple(stem(match.group()) for match in _WORD.finditer(unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Give the stem of one word, folded: Snowball's, with the definite forms that it leaves."""
    # A stemmer holds the word it works on: one for each call is safe among threads.
    snowball = SwedishStemmer().stemWord
    told = folded(word)[:LONGEST_WORD]
    once: str = snowball(told)
    # Of "ärendena" Snowball takes the last letter; the rest is "ärenden".
    again = told.endswith("ena") and len(once) == len(told) - 1
    return _indefinite(snowball(once) if again else once)


def _indefinite(word: str) -> str:
    ending = next((end for end, kept in _DEFINITE if word.endswith(end) and len(word) >= kept + len(end)), "")
    return word.removesuffix(ending)


@lru_cache(maxsize=1_000)
def _folded_letter(letter: str) -> str:
    if letter in _LETTERS_KEPT:
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
