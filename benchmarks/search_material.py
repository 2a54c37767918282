"""A public index of any size to search in: made-up records whose words are as uneven as those of a language."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

from access.question import Question
from schemas.public_index import Facet, facets_of, indexed
from schemas.public_store import INDEX_NAME, LAYOUT, SQLITE, State
from schemas.swedish_stems import STEMS

_WORDS: Final = 60_000
_COMMON: Final = (
    *("ansökan", "beslut", "yttrande", "protokoll", "ärende", "nämnden", "bygglov", "tillstånd", "remiss", "avtal"),
    *("fastighet", "förskola", "tillsyn", "detaljplan", "upphandling", "skrivelse", "tjänsteutlåtande", "bilaga"),
    *("föreläggande", "klagomål", "bidrag", "miljö", "trafik", "underrättelse"),
)
_ONSETS: Final = ("b", "bl", "d", "dr", "f", "fl", "g", "gr", "h", "k", "kl", "l", "m", "n", "pl", "r", "s", "sk", "st")
_RHYMES: Final = ("a", "al", "an", "as", "e", "el", "id", "il", "ing", "is", "ol", "on", "ott", "ul", "und", "år", "ör")
_ENDINGS: Final = ("", "", "", "en", "et", "er", "arna", "ens")
_CLASSES: Final = 120
_CREATORS: Final = 25
_PLACES: Final = 150
_TITLE, _TEXT = 4, 22
_AT_A_TIME: Final = 10_000
_HASH_SIZE: Final = "INSERT INTO words (words, rank) VALUES ('hashsize', ?)"
_MANY_BYTES: Final = 64 << 20
_USUAL_BYTES: Final = 1 << 20
_TYPES: Final = ("application/pdf", "text/plain", "image/jpeg", "application/vnd.oasis.opendocument.text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words, the commonest first; the one of rank r is met about in proportion to 1/r."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def some(self, chance: Random, number: int) -> list[str]:
        """Give so many words, as often as they are met."""
        return chance.choices(self.words, cum_weights=self.weights, k=number)


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same words each time, nothing is secret


def vocabulary() -> Vocabulary:
    """Make the words, the same each time."""
    chance, made = _chance(1), dict.fromkeys(_COMMON)
    while len(made) < _WORDS:
        parts = (chance.choice(_ONSETS) + chance.choice(_RHYMES) for _ in range(chance.randint(2, 4)))
        made["".join(parts) + chance.choice(_ENDINGS)] = None
    return Vocabulary(words=tuple(made), weights=tuple(accumulate(1 / rank for rank in range(1, _WORDS + 1))))


def write_index(path: Path, records: int, told_of: Callable[[int], None]) -> None:
    """Write an index of so many records, in the layout of schemas/public-record, not durably; tell how far it is."""
    with closing(sqlite3.connect(path)) as database:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            database.execute(f"PRAGMA {pragma}")
        for statement in SQLITE.create:
            database.execute(statement)
        told = (("layout", str(LAYOUT)), ("stems", STEMS), (INDEX_NAME, "benchmark"))
        database.executemany("INSERT INTO layout (name, value) VALUES (?, ?)", told)
        # As few segments as many merges leave, without the merges.
        database.execute(_HASH_SIZE, (_MANY_BYTES,))
        for position, (record, text) in enumerate(_records(records), start=1):
            _write(database, position, record, text)
            if position % _AT_A_TIME == 0:
                database.commit()
                told_of(position)
        database.execute(_HASH_SIZE, (_USUAL_BYTES,))
        database.commit()


def _write(database: sqlite3.Connection, position: int, record: dict[str, Any], text: str) -> None:
    row = indexed(record, text)
    entry = {"id": row.id, "part_of": row.part_of, "record": row.record, "sets": row.sets, "text": row.text}
    listed = {"position": position, "changed_at": "2026-11-29T12:00:00Z", "state": State.LISTED}
    database.execute(SQLITE.add_entry, entry | listed)
    words = {"title": row.title, "stems": row.words, "plain": row.plain_words, "marks": row.marks}
    written = {column: " ".join(each) for column, each in words.items()}
    database.execute(SQLITE.add_words, {**written, "entry": position})
    facets = [{"entry": position, "facet": facet, "value": value} for facet, value in row.facets]
    database.executemany(SQLITE.add_value, facets)
    database.executemany(SQLITE.add_facet, facets)


def _records(number: int) -> Iterator[tuple[dict[str, Any], str]]:
    chance, known = _chance(2), vocabulary()
    for each in range(number):
        yield _record(each, chance, known), " ".join(known.some(chance, _TEXT))


def _record(number: int, chance: Random, known: Vocabulary) -> dict[str, Any]:
    upper = chance.randrange(_CLASSES)
    return {
        "id": f"{number:016d}",
        "kind": "case",
        "level": "public",
        "title": " ".join(known.some(chance, _TITLE)).capitalize(),
        "reference": f"EXN {1990 + number % 35}/{number}",
        "date": f"{1990 + number % 35}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "archivalCreator": {"name": f"Nämnd {_skewed(chance, _CREATORS)}"},
        "classification": [
            {"code": f"{upper % 9 + 1}", "title": f"Område {upper % 9 + 1}"},
            {"code": f"{upper % 9 + 1}.{upper}", "title": f"Ärendeslag {upper}"},
        ],
        "places": [f"Ort {_skewed(chance, _PLACES)}"],
        "documents": [
            {"name": "handling", "mediaType": chance.choice(_TYPES), "size": 20_000, "sha256": f"{number:064x}"}
        ],
    }


def _skewed(chance: Random, number: int) -> int:
    """Give a number below `number`, small ones far more often."""
    return int(number ** chance.random()) - 1


def questions(number: int) -> list[Question]:
    """Give what people ask: one to three words as common as they are met, a third narrowed, a tenth a case number."""
    chance, known = _chance(3), vocabulary()
    return [_question(chance, known) for _ in range(number)]


def _question(chance: Random, known: Vocabulary) -> Question:
    kind = chance.random()
    if kind < 0.1:  # noqa: PLR2004 - a tenth
        asked = f"{1990 + chance.randrange(35)}/{chance.randrange(100_000)}"
    else:
        asked = " ".join(known.some(chance, chance.choice((1, 1, 1, 2, 2, 3))))
    narrowed: tuple[tuple[Facet, str], ...] = ()
    if chance.random() < 1 / 3:
        narrowed = (chance.choice([*facets_of(_record(chance.randrange(10_000), chance, known))]),)
    return Question(asked=asked, narrowed=narrowed)
