"""The search: hits with excerpts, what they can be narrowed by, and three ways on where there are none."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from access.excerpts import Marker, Piece, marker
from access.index import Found, Listed
from access.language import Language
from access.pages.links import Item, of_hit, search_link
from access.question import Manner, Question, read_question
from access.room import Room, language_of, page, room_of
from access.shown import FILE_TYPES
from schemas.numbers import number_in
from schemas.public_index import Facet, FileType

PER_PAGE = 20
_VALUES_SHOWN = 6
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A hit as it is shown; `part_of` is the case around it."""

    item: Item
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    part_of: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that hits can be narrowed by, or freed from."""

    name: str
    number: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values of one facet; `more` are those behind "show more"."""

    title: str
    values: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way on from a search without hits."""

    name: str
    link: str
    number: int


def search(request: Request) -> Response:
    """Show a page of hits; a page beyond the last one is the last."""
    room, language = room_of(request), language_of(request)
    question = read_question(request.query_params.multi_items())
    number = max(1, number_in(request.query_params.get("page", ""), 1))
    found = room.index.search(question, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    pages = max(1, -(-found.number // PER_PAGE))
    if number > pages:
        number = pages
        found = room.index.search(question, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    told = {"asked": question.asked, "question": question, "found": found, "chosen": _chosen(question, language)}
    if not found.number:
        return page(request, "nothing.html", {**told, "ways": ways_on(room, question, language)})
    shown = {
        "hits": _hits(room, found, question, language),
        "choices": _choices(found, question, language),
        "page_number": number,
        "pages": pages,
        "previous": search_link(question, language, number - 1) if number > 1 else None,
        "next": search_link(question, language, number + 1) if number < pages else None,
    }
    return page(request, "search.html", {**told, **shown})


def ways_on(room: Room, question: Question, language: Language) -> dict[str, tuple[Way, ...]]:
    """Give the searches nearby that do find something, by what they change."""
    return {
        "way_spelling": _tried(room, language, [(question.asked, replace(question, manner=Manner.PLAIN))]),
        "way_unnarrowed": _tried(room, language, [(question.asked, replace(question, narrowed=()))]),
        "way_words": _tried(room, language, [(word, replace(question, asked=word)) for word in _single(question)]),
    }


def _tried(room: Room, language: Language, tried: list[tuple[str, Question]]) -> tuple[Way, ...]:
    counted = ((name, question, room.index.count(question)) for name, question in tried)
    return tuple(
        Way(name=name, link=search_link(question, language), number=number)
        for name, question, number in counted
        if number
    )


def _single(question: Question) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(question.asked.replace('"', " ").split()))
    return words[:8] if len(words) > 1 else ()


def _hits(room: Room, found: Found, question: Question, language: Language) -> tuple[Hit, ...]:
    mark = marker(question)
    return tuple(_hit(room, each, mark, language) for each in found.hits)


def _hit(room: Room, listed: Listed, mark: Marker, language: Language) -> Hit:
    record = listed.record
    around = room.index.entry(record.part_of) if record.part_of is not None else None
    return Hit(
        item=of_hit(record, language),
        title=mark.marked(record.title),
        excerpt=mark.excerpt(listed.text),
        part_of=of_hit(around.record, language) if isinstance(around, Listed) else None,
    )


def _choices(found: Found, question: Question, language: Language) -> tuple[Choices, ...]:
    shown = (_facet(facet, values, question, language) for facet, values in found.facets.items())
    return tuple(each for each in shown if each.values)


def _facet(facet: Facet, values: tuple[tuple[str, int], ...], question: Question, language: Language) -> Choices:
    every = tuple(
        Choice(
            name=value_name(facet, value, language),
            number=number,
            link=search_link(question.with_value(facet, value), language),
        )
        for value, number in values[:_MOST_VALUES]
        if (facet, value) not in question.narrowed
    )
    return Choices(title=f"facet_{facet}", values=every[:_VALUES_SHOWN], more=every[_VALUES_SHOWN:])


def _chosen(question: Question, language: Language) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "title": f"facet_{facet}",
            "name": value_name(facet, value, language),
            "facet": facet,
            "value": value,
            "link": search_link(question.without(facet, value), language),
        }
        for facet, value in question.narrowed
    )


def value_name(facet: Facet, value: str, language: Language) -> str:
    """Give a facet's value as people read it."""
    if facet is Facet.FILE_TYPE and value in tuple(FileType):
        return FILE_TYPES[FileType(value)].said(language)
    return value
