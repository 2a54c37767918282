"""The desk as an application: every room behind the same guard."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from audit.desk import (
    access,
    agreements,
    choosing,
    deliveries,
    descriptions,
    downloads,
    hiding,
    overview,
    packages,
    pre_approvals,
    previews,
    record,
    requests,
    sign_in,
    time_proposals,
)
from audit.desk.desk import Desk
from audit.desk.faults import BROKEN, NOT_THERE, UNPROVEN, WRONG_WAY, Fault, fault_of
from audit.desk.filling_in import filled_in_by
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
    *descriptions.ROOMS,
    *downloads.ROOMS,
    *previews.ROOMS,
    *access.ROOMS,
    *hiding.ROOMS,
    *pre_approvals.ROOMS,
    *time_proposals.ROOMS,
    *agreements.ROOMS,
    *requests.ROOMS,
    *choosing.ROOMS,
    *record.ROOMS,
)
"""Every address of the desk; the matrix of roles in the tests names each."""


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
            filled_in = await filled_in_by(visit, room.takes_in)
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
