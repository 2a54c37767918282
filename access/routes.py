"""Every address of the reading room. Swedish lies at the root, English below /en; what is no page lies once."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access.language import Language
from access.pages.documents import download, package, preview, show_document
from access.pages.home import home
from access.pages.records import follow_ark, show_record
from access.pages.searching import search
from access.pages.standing import about, accessibility, alive, requests, style

_RECORD = "/{folder:folder}/{public_id:opaque}"
_DOCUMENT = f"{_RECORD}/documents/{{sha256:digest}}"

PAGES: dict[str, Callable[[Request], Response]] = {
    "/": home,
    "/search": search,
    _RECORD: show_record,
    _DOCUMENT: show_document,
    "/requests": requests,
    "/about": about,
    "/accessibility": accessibility,
}
"""Pages for people, in both languages."""

CONTENTS: dict[str, Callable[[Request], Response]] = {
    f"{_DOCUMENT}/file": download,
    f"{_DOCUMENT}/preview": preview,
    f"{_RECORD}/package.zip": package,
    "/ark:{authority:authority}/{public_id:opaque}": follow_ark,
    "/ark:/{authority:authority}/{public_id:opaque}": follow_ark,
}
"""What pages link to; below /en as well, so that a fault is told in the reader's language."""

ONCE: dict[str, Callable[[Request], Response]] = {"/en": home, "/style.css": style, "/health/live": alive}


def routes() -> list[Route]:
    """Give all routes."""
    spoken = [
        Route(f"{language.root}{path}", endpoint, methods=["GET"])
        for language in Language
        for path, endpoint in (PAGES | CONTENTS).items()
    ]
    return [*spoken, *(Route(path, endpoint, methods=["GET"]) for path, endpoint in ONCE.items())]
