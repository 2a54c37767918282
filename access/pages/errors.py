"""Pages for what cannot be shown. They say nothing of what was asked for, so that all of one kind are alike."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from access.pages.finding import Gone
from access.room import language_of, page

logger = logging.getLogger(__name__)

_NOT_FOUND = 404
_UNSAID = {"here": ""}


def not_shown(request: Request, error: Exception) -> Response:
    """Say that there is no such page, or that this cannot be done here."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (_NOT_FOUND, None)
    response = _told(request, "not_found" if status == _NOT_FOUND else "refused", status)
    response.headers.update(headers or {})
    return response


def gone(request: Request, error: Exception) -> Response:
    """Say that something was withdrawn: its id and when, and no more."""
    if not isinstance(error, Gone):
        return broken(request, error)
    shown = {**_elsewhere(request), "id": error.entry.id, "day": error.entry.changed_at[:10]}
    return page(request, "gone.html", shown, status=410)


def resting(request: Request, error: Exception) -> Response:
    """Say that the index, the store or that of requests cannot be read just now."""
    logger.error("the reading room cannot read what it shows", exc_info=error)
    response = _told(request, "resting", 503)
    response.headers["Retry-After"] = "60"
    return response


def broken(request: Request, error: Exception) -> Response:
    """Say that the machine failed; the log says how."""
    logger.error("a page failed", exc_info=error)
    return _told(request, "broken", 500)


def _told(request: Request, name: str, status: int) -> Response:
    shown = {**_elsewhere(request), "title_of": f"{name}_title", "text_of": name}
    return page(request, "error.html", shown, status=status)


def _elsewhere(request: Request) -> dict[str, str]:
    return {**_UNSAID, "elsewhere": f"{language_of(request).other.root}/"}
