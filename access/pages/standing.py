"""Pages that stand by themselves: about, accessibility, how to request; the stylesheet and the sign of life."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from access.index import Listed
from access.pages.links import CONTENT_LANGUAGE
from access.room import STYLE, page, room_of


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


def style(request: Request) -> Response:
    """Give the stylesheet, the only thing of the reading room that a browser may keep."""
    kept = STYLE.kept_for(request.query_params.get("v"))
    return Response(STYLE.text, media_type="text/css", headers={"Cache-Control": kept})


def alive(_: Request) -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")
