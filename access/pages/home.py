"""The first page: the search, what was released last, and three ways to browse."""

from starlette.requests import Request
from starlette.responses import Response

from access.pages.links import of_hit, search_link
from access.question import Question
from access.room import language_of, page, room_of
from schemas.public_index import Facet

_NEWEST = 6
_SHOWN = 8


def home(request: Request) -> Response:
    """Show the first page."""
    index, language = room_of(request).index, language_of(request)
    browsed = [
        {
            "title": f"browse_{facet}",
            "values": [
                {"name": value, "number": number, "link": search_link(Question(narrowed=((facet, value),)), language)}
                for value, number in index.values_of(facet)[:_SHOWN]
            ],
        }
        for facet in (Facet.WHO, Facet.CLASS, Facet.WHEN)
    ]
    newest = [of_hit(record, language) for record in index.newest(_NEWEST)]
    return page(request, "home.html", {"newest": newest, "browsed": browsed, "asked": ""})
