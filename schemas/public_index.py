"""What the index says of a public record: one pure function of the record and its search text, for every writer."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from schemas.public_store import State
from schemas.swedish_stems import plain, stems


class Facet(StrEnum):
    """What hits can be narrowed by."""

    WHEN = "when"  # the year
    WHERE = "where"  # a place
    WHO = "who"  # the archival creator
    CLASS = "class"  # a class of the classification scheme, with those above it
    FILE_TYPE = "type"  # a file type, as a word of `FileType`


class FileType(StrEnum):
    """File types as people speak of them."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    OFFICE = "office"
    SOUND = "sound"
    VIDEO = "video"
    WEB = "web"
    OTHER = "other"


CREATOR_SETS = "creator"
CLASS_SETS = "class"
"""The sets of OAI-PMH that all sets of archival creators, and of classes, lie in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OaiSet:
    """A set of OAI-PMH: its setSpec, with those above it before the last colon, and what it is called."""

    spec: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedRecord:
    """The rows of one listed record, but for its position and time of change.

    `text` is what excerpts are cut from; `title` (the words of the title), `words` (those of everything else that the
    record tells, and of the text), `plain_words` and `marks` are what is asked.
    """

    id: str
    part_of: str | None
    record: str
    sets: str
    text: str
    title: tuple[str, ...]
    words: tuple[str, ...]
    plain_words: tuple[str, ...]
    marks: tuple[str, ...]
    facets: tuple[tuple[Facet, str], ...]


def indexed(record: Mapping[str, Any], text: str) -> IndexedRecord:
    """Give the rows of `record` (it keeps to public-record.schema.json); `text` is that of its public copy, or ""."""
    title, words = stems(record["title"]), stems("\n".join((*_told(record), text)))
    facets = tuple(dict.fromkeys(facets_of(record)))
    return IndexedRecord(
        id=record["id"],
        part_of=record.get("partOf"),
        record=json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        sets=json.dumps([each.spec for each in sets_of(record)]),
        text="\n".join(part for part in (record.get("description"), text) if part),
        title=title,
        words=words,
        plain_words=tuple(plain(word) for word in (*title, *words) if plain(word) != word),
        marks=tuple(mark(facet, value) for facet, value in facets),
        facets=facets,
    )


def withdrawn(public_id: str) -> dict[str, str | None]:
    """Give the parameters of a withdrawn entry, but for position and time: its id and nothing else (DESIGN §8).

    Not even its sets: whoever harvests a set is told of everything withdrawn, so that nobody can tell what it was.
    """
    record = json.dumps({"id": public_id}, separators=(",", ":"))
    return {"id": public_id, "state": State.WITHDRAWN, "part_of": None, "record": record, "sets": "[]", "text": ""}


def facets_of(record: Mapping[str, Any]) -> Iterator[tuple[Facet, str]]:
    """Give what the record is narrowed by."""
    if "date" in record:
        last = record.get("dateTo", record["date"])
        yield from ((Facet.WHEN, str(year)) for year in range(int(record["date"][:4]), int(last[:4]) + 1))
    yield from ((Facet.WHERE, place) for place in record.get("places", ()))
    if "archivalCreator" in record:
        yield Facet.WHO, record["archivalCreator"]["name"]
    yield from ((Facet.CLASS, class_name(each)) for each in record.get("classification", ()))
    yield from ((Facet.FILE_TYPE, file_type(document["mediaType"])) for document in record["documents"])


def class_name(classification: Mapping[str, str]) -> str:
    """Give a class as people read it: its code, if it has one, and title."""
    return " ".join(part for part in (classification.get("code"), classification["title"]) if part)


def sets_of(record: Mapping[str, Any]) -> Iterator[OaiSet]:
    """Give the sets that the record is in: that of its archival creator, that of its class, and those above it."""
    creator = record.get("archivalCreator")
    if creator is not None:
        told = creator.get("identifier", creator["name"])
        yield OaiSet(spec=f"{CREATOR_SETS}:{_digest(told)}", name=creator["name"])
    spec, names, told = CLASS_SETS, list[str](), record.get("classificationScheme", "")
    for each in record.get("classification", ()):
        told = "\n".join((told, each.get("code", ""), each["title"]))
        spec, names = f"{spec}:{_digest(told)}", [*names, class_name(each)]
        yield OaiSet(spec=spec, name=" / ".join(names))


@lru_cache(maxsize=10_000)
def mark(facet: Facet, value: str) -> str:
    """Give the word that a facet's value is asked by: letters and digits only."""
    return f"x{_digest(f'{facet}={value}')}"


def vector(words: Iterable[str], *, title: Sequence[str] = ()) -> str:
    """Write words as PostgreSQL writes a tsvector, each with its first places (PostgreSQL keeps 16,383).

    Those of the title come first and weigh most. No phrase goes from the title into what follows.
    """
    places: dict[str, list[str]] = {}
    for place, word in enumerate(title, start=1):
        places.setdefault(word, []).append(f"{min(place, _LAST_PLACE)}A")
    for place, word in enumerate(words, start=len(title) + 2 if title else 1):
        places.setdefault(word, []).append(str(min(place, _LAST_PLACE)))
    return " ".join(f"'{word}':{','.join(held[:_PLACES_OF_A_WORD])}" for word, held in places.items())


def file_type(media_type: str) -> FileType:
    """Give the file type that people would call `media_type`."""
    kind, _, name = media_type.partition("/")
    if media_type in _BY_NAME:
        return _BY_NAME[media_type]
    if any(part in name for part in _OFFICE):
        return FileType.OFFICE
    return _BY_KIND.get(kind, FileType.OTHER)


_LAST_PLACE = 16_383
_PLACES_OF_A_WORD = 255
_OFFICE = ("opendocument", "officedocument", "msword", "ms-excel", "ms-powerpoint", "rtf")
_BY_NAME = {
    "application/pdf": FileType.PDF,
    "text/html": FileType.WEB,
    "application/xhtml+xml": FileType.WEB,
    "text/xml": FileType.OTHER,
}
_BY_KIND = {"image": FileType.IMAGE, "text": FileType.TEXT, "audio": FileType.SOUND, "video": FileType.VIDEO}


@lru_cache(maxsize=10_000)
def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _told(record: Mapping[str, Any]) -> Iterator[str]:
    yield from (record[name] for name in ("reference", "type", "description") if name in record)
    if "archivalCreator" in record:
        yield record["archivalCreator"]["name"]
    yield from (class_name(each) for each in record.get("classification", ()))
    yield from record.get("places", ())
    yield from record.get("keywords", ())
    yield from (party["name"] for party in record.get("parties", ()))
    yield from (document["name"] for document in record["documents"])
