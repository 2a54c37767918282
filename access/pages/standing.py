"""Pages that stand by themselves: about, accessibility, how to request; the stylesheet and the sign of life."""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import access
from access.index import Listed
from access.pages.links import CONTENT_LANGUAGE
from access.room import page, room_of
from schemas.style import BASE_STYLE

_OWN_STYLE = Path(access.__file__).parent / "static" / "room.css"


def about(request: Request) -> Response:
    """Say what the reading room is, and how to search."""
    return page(request, "about.html", {})


def accessibility(request: Request) -> Response:
    """Say how far everybody can use the reading room, and where to tell of obstacles."""
    return page(request, "accessibility.html", {})


def requests(request: Request) -> Response:
    """Say how a record is requested; `about` names one that is listed, and anything else is as if it were not there."""
    told = request.query_params.get("about", "")
    entry = room_of(request).index.entry(told) if told else None
    record = entry.record if isinstance(entry, Listed) else None
    return page(request, "requests.html", {"record": record, "content_language": CONTENT_LANGUAGE})


def style(_: Request) -> Response:
    """Give the stylesheet, the only thing of the reading room that a browser may keep."""
    return Response(_style(), media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def alive(_: Request) -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")


@cache
def _style() -> bytes:
    return BASE_STYLE.encode() + _OWN_STYLE.read_bytes()
