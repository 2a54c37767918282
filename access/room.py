"""The reading room: what its pages are made from, and how a page is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from access.asking.counter import Counter
from access.index import ReadingIndex
from access.language import Language, asked_language, grouped
from access.settings import PublicSettings
from access.shown import shown_date, shown_licence, shown_size, shown_span
from access.store import PublicStore
from access.texts import Spoken
from schemas.style import sheet_with

STYLE: Final = sheet_with(Path(__file__).parent / "static" / "room.css")
"""The stylesheet of all pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The reading room: its settings, the index it asks and the store it reads; `counter` takes requests in."""

    settings: PublicSettings
    index: ReadingIndex
    store: PublicStore
    counter: Counter | None = None


def room_of(request: HTTPConnection) -> Room:
    """Give the room that a request came to."""
    room: Room = request.app.state.room
    return room


def language_of(request: HTTPConnection) -> Language:
    """Give the language that a page is asked for in."""
    return asked_language(request.url.path)


def page(request: Request, template: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """Make a page in the language of its address; `context` is what the template shows."""
    language = language_of(request)
    frame = {
        "t": Spoken(language),
        "language": language,
        "root": language.root,
        "settings": room_of(request).settings,
        "elsewhere": _elsewhere(request),
        "number": lambda number: grouped(number, language),
        "date": lambda told: shown_date(told, language),
        "span": lambda date, date_to: shown_span(date, date_to, language),
        "size": lambda told: shown_size(told, language),
        "here": _path(request),
        "style": STYLE.version,
    }
    content = templates().get_template(template).render({**frame, **context})
    return HTMLResponse(content, status_code=status)


def address(request: HTTPConnection, path: str) -> str:
    """Give the whole address of a path as readers use it, in Swedish and English alike."""
    base = room_of(request).settings.url or f"{request.url.scheme}://{request.url.netloc}"
    return f"{base}{path}"


@cache
def templates() -> Environment:
    """Give the templates; everything that is not `Markup` is escaped, and an unknown word is a fault."""
    environment = Environment(
        loader=PackageLoader("access"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["licence"] = shown_licence
    return environment


def _path(request: HTTPConnection) -> str:
    """Give the path of a page without its language."""
    root = language_of(request).root
    return request.url.path.removeprefix(root) or "/"


def _elsewhere(request: HTTPConnection) -> str:
    """Give the address of the same page in the other language."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return f"{language_of(request).other.root}{_path(request)}{asked}"
