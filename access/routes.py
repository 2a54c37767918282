"""Every address of the reading room. Swedish lies at the root, English below /en; what is no page lies once."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access.language import Language
from access.pages.answers import answer_file, show_request
from access.pages.asking import requests
from access.pages.documents import download, package, preview, show_document
from access.pages.home import home
from access.pages.records import follow_ark, show_record
from access.pages.searching import search
from access.pages.standing import about, accessibility, alive, style

_RECORD = "/{folder:folder}/{public_id:opaque}"
_DOCUMENT = f"{_RECORD}/documents/{{sha256:digest}}"

PAGES: dict[str, Callable[[Request], Response]] = {
    "/": home,
    "/search": search,
    _RECORD: show_record,
    _DOCUMENT: show_document,
    "/about": about,
    "/accessibility": accessibility,
}
"""Pages for people, in both languages."""

ANSWERS: dict[str, Callable[[Request], Response]] = {
    "/requests/{link:link}": show_request,
    "/requests/{link:link}/files/{sha256:digest}": answer_file,
}
"""What only whoever has sent a request has the address of."""

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
        for path, endpoint in (PAGES | CONTENTS | ANSWERS).items()
    ]
    forms = [Route(f"{language.root}/requests", requests, methods=["GET", "POST"]) for language in Language]
    return [*spoken, *forms, *(Route(path, endpoint, methods=["GET"]) for path, endpoint in ONCE.items())]
