"""The desk as an application: every room behind the same guard."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from audit.desk import access, agreements, deliveries, downloads, overview, packages, previews, record, sign_in
from audit.desk.desk import Desk
from audit.desk.faults import BROKEN, NOT_THERE, TOO_LARGE, UNPROVEN, WRONG_WAY, Fault, fault_of
from audit.desk.pages import fault_page
from audit.desk.record import use_of
from audit.desk.rooms import For, Room, sent_to
from audit.desk.visits import Visit, language_of, session_of
from ingest.domain.desk_use import Trace
from ingest.domain.people import NotPermitted
from ingest.errors import EarkivError, logged_of

logger = logging.getLogger(__name__)

ROOMS: Final[tuple[Room, ...]] = (
    *sign_in.ROOMS,
    *overview.ROOMS,
    *deliveries.ROOMS,
    *packages.ROOMS,
    *downloads.ROOMS,
    *previews.ROOMS,
    *access.ROOMS,
    *agreements.ROOMS,
    *record.ROOMS,
)
"""Every address of the desk; the matrix of roles in the tests names each."""
_MOST_FORM: Final = 512 << 10
_MOST_FIELDS: Final = 200


def create_desk(desk: Desk) -> Starlette:
    """Give the ASGI application, to be mounted at `MOUNTED_AT`."""

    async def faulty(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return fault_page(_visit(request, desk), WRONG_WAY if status == WRONG_WAY.status else NOT_THERE)

    app = Starlette(
        routes=[Route(room.path, _endpoint(room, desk), methods=[room.method]) for room in ROOMS],
        exception_handlers={404: faulty, 405: faulty},
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(room: Room, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        visit = _visit(request, desk)
        if room.who is For.SIGNED_IN and visit.session is None:
            return sent_to("/sign-in")
        if room.method == "POST":
            filled_in = await _filled_in(visit)
            if isinstance(filled_in, Fault):
                return fault_page(visit, filled_in)
            visit = filled_in
            if room.who is For.SIGNED_IN and not visit.is_proven:
                return fault_page(visit, UNPROVEN)
        answer = await to_thread.run_sync(_answered, room, visit, limiter=desk.threads)
        return await _recorded(room, visit, answer)

    return endpoint


async def _recorded(room: Room, visit: Visit, answer: Response) -> Response:
    """Give the answer once it is durable in the record that it was given; nothing of it where that fails."""
    if visit.session is None or room.leaves is Trace.NONE:
        return answer
    use = use_of(visit, room, visit.session.person, answer.status_code)
    try:
        await to_thread.run_sync(visit.desk.record.note, use, limiter=visit.desk.recorders)
    except Exception as error:
        logger.exception("the record of the desk cannot be written")
        if answer.background is not None:
            await answer.background()
        return fault_page(visit, fault_of(error) if isinstance(error, EarkivError) else BROKEN)
    return answer


def _answered(room: Room, visit: Visit) -> Response:
    try:
        return room.answer(visit)
    except (NotPermitted, EarkivError) as error:
        if isinstance(error, EarkivError):
            logger.info("the desk could not answer", extra=logged_of(error))
        return fault_page(visit, fault_of(error))
    except Exception:
        # What goes wrong in one room must not close the API beside it, nor show its inside to anybody.
        logger.exception("a room of the desk failed")
        return fault_page(visit, BROKEN)


def _visit(request: Request, desk: Desk) -> Visit:
    return Visit(request=request, desk=desk, language=language_of(request), session=session_of(request, desk))


async def _filled_in(visit: Visit) -> Visit | Fault:
    """Read a form; one with files, or without end, is none of ours."""
    held = bytearray()
    try:
        async for chunk in visit.request.stream():
            held += chunk
            if len(held) > _MOST_FORM:
                return TOO_LARGE
        fields = parse_qsl(held.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (ValueError, ClientDisconnect):
        return UNPROVEN
    return Visit(
        request=visit.request,
        desk=visit.desk,
        language=visit.language,
        session=visit.session,
        form=dict(fields),
    )
