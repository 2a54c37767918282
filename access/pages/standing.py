"""Pages that stand by themselves: about, accessibility; the stylesheet and the sign of life."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from access.room import STYLE, page


def about(request: Request) -> Response:
    """Say what the reading room is, and how to search."""
    return page(request, "about.html", {})


def accessibility(request: Request) -> Response:
    """Say how far everybody can use the reading room, and where to tell of obstacles."""
    return page(request, "accessibility.html", {})


def style(request: Request) -> Response:
    """Give the stylesheet, the only thing of the reading room that a browser may keep."""
    kept = STYLE.kept_for(request.query_params.get("v"))
    return Response(STYLE.text, media_type="text/css", headers={"Cache-Control": kept})


def alive(_: Request) -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")
