"""The record of what was done and read at the desk, day by day: for auditors."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from audit.desk import record_texts as texts
from audit.desk.pages import page
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.desk_record import uses_on
from ingest.domain.desk_use import DeskUse, Trace, cut
from ingest.domain.people import Person, PersonRole

_MOST: Final = 1000
_ALSO_NAMED: Final = ("unit", "document", "version", "from", "to", "day")
"""Parameters of addresses that say of what something was read; words that were sought are not kept."""


def use_of(visit: Visit, room: Room, person: Person, outcome: int) -> DeskUse:
    """Give a visit as it is recorded."""
    asked: Request = visit.request
    named = {**asked.path_params, **{name: visit.asked(name) for name in _ALSO_NAMED if visit.asked(name)}}
    return DeskUse(
        at=visit.desk.now(),
        by=person.name,
        subject=person.subject,
        roles=tuple(role for role in PersonRole if role in person.roles),
        trace=room.leaves,
        room=f"{room.method} {room.path}",
        of=tuple((name, cut(str(value))) for name, value in named.items()),
        outcome=outcome,
    )


def reading_of(visit: Visit, room: str, of: Sequence[tuple[str, str]]) -> DeskUse:
    """Give what a visit reads beside what its address names, as it is recorded: with the status of what was read."""
    person = visit.person
    return DeskUse(
        at=visit.desk.now(),
        by=person.name,
        subject=person.subject,
        roles=tuple(role for role in PersonRole if role in person.roles),
        trace=Trace.READ,
        room=room,
        of=tuple((name, cut(said)) for name, said in of),
        outcome=HTTPStatus.OK,
    )


def show(visit: Visit) -> Response:
    """Show what was done and read on a day; today, where the address names none."""
    today = visit.desk.now().date()
    try:
        day = date.fromisoformat(visit.asked("day")) if visit.asked("day") else today
    except ValueError:
        day = today
    uses = uses_on(day, visit.person, visit.desk.ports)
    return page(
        visit, "record.html", texts, status=HTTPStatus.OK, day=day.isoformat(), uses=uses[:_MOST], number=len(uses)
    )


ROOMS: Final = (Room(method="GET", path="/record", answer=show),)
