"""Words that nobody writes by accident: each stands in one place alone, and is known wherever it turns up."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from random import Random
from typing import Final

_LETTERS: Final = "bcdfghjkmpvwz"
_ZIP: Final = b"PK\x03\x04"
_WORD: Final = re.compile(rb"qx[a-z]{5,}")
NOBODYS: Final = "qxnobodysword"
LENGTH: Final = len(NOBODYS)


class Words:
    """Gives words, each once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.given: list[str] = []

    def new(self) -> str:
        """Give a word that was never given."""
        word = "qx" + "".join(self._random.choices(_LETTERS, k=LENGTH - 2))
        self.given.append(word)
        return word


def words_in(content: bytes) -> Iterator[str]:
    """Give every word that stands in some bytes, also in what is packed in them; one that was cut is given as it is."""
    yield from (found.decode() for found in _WORD.findall(content))
    if _ZIP in content:
        yield from _inside(content)


def _inside(content: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from words_in(name.encode())
                yield from words_in(archive.read(name))
    except zipfile.BadZipFile:
        return  # a document beside it in the same answer begins like one; the bytes themselves were searched


def unknown_among(found: Iterable[str], allowed: frozenset[str]) -> set[str]:
    """Give the words that are neither allowed nor the beginning of one that is: excerpts may cut a word."""
    return {word for word in found if word not in allowed and not any(one.startswith(word) for one in allowed)}
