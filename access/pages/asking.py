"""Asking for what is not on the web: the form, and what is done with what was written in it."""

import logging
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access.asking.book import BookUnavailable, Keeping, NewRequest
from access.asking.counter import Counter, id_of, secret_of, written
from access.asking.form import MOST_BODY, Filled, Lack, read_form
from access.asking.limits import HOUR
from access.index import Listed
from access.pages.links import CONTENT_LANGUAGE
from access.records import PublicRecord
from access.room import language_of, page, room_of
from schemas.public_requests import MOST_CONTACT, MOST_QUESTION

logger = logging.getLogger(__name__)

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 20
_OTHERS = frozenset({"cross-site", "same-site"})
"""What browsers say (Sec-Fetch-Site) of a form that another site sends."""
_STATUS = {Lack.ELSEWHERE: 403, Lack.SENT_BEFORE: 409, Lack.TOO_LARGE: 413, Lack.TOO_MANY: 429, Lack.NOT_NOW: 503}
_UNFIT = 422


async def requests(request: Request) -> Response:
    """Show the form, or take in what was written in it."""
    if request.method != "POST":
        return await run_in_threadpool(_shown, request)
    counter = counter_of_room(request)
    if request.headers.get("sec-fetch-site") in _OTHERS:
        return await run_in_threadpool(_again, request, Filled(), (Lack.ELSEWHERE,))
    fields = await _fields(request)
    if fields is None:
        return await run_in_threadpool(_again, request, Filled(), (Lack.TOO_LARGE,))
    return await run_in_threadpool(_sent, request, counter, read_form(fields))


def counter_of_room(request: Request) -> Counter:
    """Give the counter where requests are taken in. Raises HTTPException (404) where the room has none."""
    counter = room_of(request).counter
    if counter is None:
        raise HTTPException(404)
    return counter


def form_of(request: Request, record: PublicRecord | None, filled: Filled, lacks: tuple[Lack, ...] = ()) -> object:
    """Give what the form is made of, None where requests are not taken in here; it has a token of its own."""
    counter = room_of(request).counter
    if counter is None:
        return None
    return {
        "keeping": keeping_of(counter),
        "token": counter.token(),
        "about": record.id if record is not None else None,
        "question": filled.question,
        "contact": filled.contact,
        "lacks": lacks,
        "most_question": MOST_QUESTION,
        "most_contact": MOST_CONTACT,
    }


def keeping_of(counter: Counter) -> Keeping | None:
    """Say how long things are kept; None, and nothing is said of it, while the book cannot be read."""
    try:
        return counter.book.keeping()
    except BookUnavailable:
        logger.exception("the book of requests cannot be read")
        return None


def asked_for(request: Request) -> PublicRecord | None:
    """Give the record that the address names, if it is listed; anything else is as if it were not there."""
    told = request.query_params.get("about", "")
    entry = room_of(request).index.entry(told) if told else None
    return entry.record if isinstance(entry, Listed) else None


def _shown(request: Request) -> Response:
    record = asked_for(request)
    form = form_of(request, record, Filled())
    return page(request, "requests.html", {"record": record, "content_language": CONTENT_LANGUAGE, "form": form})


def _again(request: Request, filled: Filled, lacks: tuple[Lack, ...], before: str | None = None) -> Response:
    """Show the form again with what was written, and what there is to mend."""
    record = asked_for(request)
    form = form_of(request, record, filled, lacks)
    shown = {"record": record, "content_language": CONTENT_LANGUAGE, "form": form, "before": before}
    response = page(request, "requests.html", shown, status=_STATUS.get(lacks[0], _UNFIT))
    if lacks[0] is Lack.TOO_MANY:
        response.headers["Retry-After"] = str(HOUR)
    return response


async def _fields(request: Request) -> Mapping[str, str] | None:
    """Read what was sent; None where it is more than any form of ours. Raises HTTPException for what is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415)
    held = bytearray()
    async for piece in request.stream():
        held += piece
        if len(held) > MOST_BODY:
            return None
    try:
        return dict(parse_qsl(held.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(400) from error


def _sent(request: Request, counter: Counter, filled: Filled) -> Response:
    record = asked_for(request)
    lacks = filled.lacks(asks_for=record.id if record is not None else None)
    if record is None and "about" in request.query_params:
        lacks = (*lacks, Lack.NOT_SHOWN)
    if lacks:
        return _again(request, filled, lacks)
    if not counter.limit.takes(request.client.host if request.client is not None else ""):
        return _again(request, filled, (Lack.TOO_MANY,))
    secret = secret_of(filled.token)
    new = NewRequest(
        id=id_of(filled.token),
        secret=secret,
        form=filled.token,
        received_at=written(counter.now()),
        language=language_of(request),
        question=filled.question,
        contact=filled.contact,
        about=record.id if record is not None else None,
    )
    link = f"{language_of(request).root}/requests/{secret}"
    try:
        if not counter.book.add(new) and not counter.book.holds(new):
            return _again(request, filled, (Lack.SENT_BEFORE,), before=link)
    except BookUnavailable:
        logger.exception("a request could not be taken in")
        return _again(request, filled, (Lack.NOT_NOW,))
    return RedirectResponse(link, status_code=303)
