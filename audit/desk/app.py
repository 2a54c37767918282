"""The desk as an application: every room behind the same guard."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final, assert_never

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
from audit.desk.faults import BROKEN, BUSY, NOT_THERE, UNPROVEN, WRONG_WAY, Fault, fault_of
from audit.desk.filling_in import filled_in_by
from audit.desk.pages import fault_page
from audit.desk.record import use_of
from audit.desk.rooms import Entered, For, Room, sent_to
from audit.desk.visits import Visit, begin_session, language_of, session_of
from ingest.domain.desk_use import Trace
from ingest.domain.people import NotPermitted, Person
from ingest.errors import EarkivError, logged_of

logger = logging.getLogger(__name__)

_MOST_TURNED_AWAY: Final = 64
"""So many wait at the same time until it is recorded that they were not let in."""

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


async def _recorded(room: Room, visit: Visit, answer: Response | Entered) -> Response:
    """Give the answer once it is durable in the record that it was given; nothing of it where that fails.

    Nor is anybody signed in before that.
    """
    response = answer.response if isinstance(answer, Entered) else answer
    if not _is_to_be_recorded(room, visit, answer):
        return response
    person = _who(visit, answer)
    use = use_of(visit, room, person, response.status_code)
    limiter = visit.desk.turned_away if person is None else visit.desk.recorders
    if person is None and limiter.statistics().tasks_waiting >= _MOST_TURNED_AWAY:
        logger.warning("more are turned away at the desk than its record takes in")
        return fault_page(visit, BUSY)
    try:
        await to_thread.run_sync(visit.desk.record.note, use, limiter=limiter)
    except Exception as error:
        logger.exception("the record of the desk cannot be written")
        return fault_page(visit, fault_of(error) if isinstance(error, EarkivError) else BROKEN)
    if isinstance(answer, Entered):
        begin_session(response, visit, answer.person)
        logger.info("a person signed in at the desk")
    return response


def _is_to_be_recorded(room: Room, visit: Visit, answer: Response | Entered) -> bool:
    match room.leaves:
        case Trace.NONE:
            return False
        case Trace.SIGN_IN:
            # A link that is only looked at lets nobody in yet, and turns nobody away.
            return isinstance(answer, Entered) or answer.status_code >= HTTPStatus.BAD_REQUEST
        case Trace.READ | Trace.WRITE | Trace.SIGN_OUT:
            return visit.session is not None
        case _ as never:
            assert_never(never)


def _who(visit: Visit, answer: Response | Entered) -> Person | None:
    if isinstance(answer, Entered):
        return answer.person
    return visit.session.person if visit.session is not None else None


def _answered(room: Room, visit: Visit) -> Response | Entered:
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
