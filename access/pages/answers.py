"""The page behind a status link: how a request stands, and the answer. Whoever has the link may read it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from access.asking.book import Standing
from access.file_names import attachment
from access.index import Listed
from access.pages.asking import counter_of_room
from access.pages.links import CONTENT_LANGUAGE, record_link
from access.room import address, language_of, page, room_of
from schemas.previews import SANDBOX
from schemas.public_requests import DisposedPart, StepKind

_ANSWERING = frozenset({StepKind.COPY, StepKind.MASKED_COPY, StepKind.REFUSED})
PRIVATE = {"X-Robots-Tag": "noindex, nofollow, noarchive"}


def show_request(request: Request) -> Response:
    """Show how a request stands, what was answered, and what happened when."""
    standing = _found(request)
    entry = room_of(request).index.entry(standing.about) if standing.about is not None else None
    record = entry.record if isinstance(entry, Listed) else None
    answers = [step for step in standing.steps if step.kind is not StepKind.CLAIMED]
    shown = {
        "standing": standing,
        "state": _state(standing),
        "answers": answers,
        "record": record,
        "record_link": record_link(record, language_of(request)) if record is not None else None,
        "content_language": CONTENT_LANGUAGE,
        "permanent": address(request, request.url.path),
        "files_at": f"{request.url.path}/files",
        "is_answered": any(step.kind in _ANSWERING for step in standing.steps),
        "keeping": counter_of_room(request).book.keeping(),
        "disposed": {part.value: standing.disposed.get(part) for part in DisposedPart},
    }
    response = page(request, "request.html", shown)
    response.headers.update(PRIVATE)
    return response


def answer_file(request: Request) -> Response:
    """Give a file of the answer to be kept; no browser is told what is in it."""
    standing = _found(request)
    files = (file for step in standing.steps for file in step.files)
    found = next((file for file in files if file.sha256 == request.path_params["sha256"]), None)
    if found is None or DisposedPart.FILES in standing.disposed:
        raise HTTPException(404)
    content = counter_of_room(request).book.content(standing, found)
    headers = {"Content-Disposition": attachment(found.name), "Content-Length": str(found.size), **SANDBOX, **PRIVATE}
    return StreamingResponse(content, media_type="application/octet-stream", headers=headers)


def _found(request: Request) -> Standing:
    standing = counter_of_room(request).book.standing(request.path_params["link"])
    if standing is None:
        raise HTTPException(404)
    return standing


def _state(standing: Standing) -> str:
    """Give the name of the texts that say how a request stands."""
    return f"state_{standing.steps[-1].kind.name.lower()}" if standing.steps else "state_received"
