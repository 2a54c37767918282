"""The record of what was done and read at the desk, day by day: for auditors."""

from collections.abc import Iterator, Sequence
from datetime import date
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from audit.desk import record_texts as texts
from audit.desk.access_texts import ROLES
from audit.desk.pages import page
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.desk_record import uses_on
from ingest.domain.desk_use import DeskUse, Trace, cut
from ingest.domain.findings import Text
from ingest.domain.people import ALL_ROLES, Person, PersonRole

_MOST: Final = 1000
"""Rows of a page: whoever makes the desk write that they were not let in hides no reading by their number."""
_BEHIND: Final = "behind"
_DIGITS: Final = 9
_ALSO_NAMED: Final = ("unit", "document", "version", "from", "to", "day")
"""Parameters of addresses that say of what something was read; words that were sought are not kept."""


def use_of(visit: Visit, room: Room, person: Person | None, outcome: int) -> DeskUse:
    """Give a visit as it is recorded; by nobody where it is not known who came."""
    return DeskUse(
        at=visit.desk.now(),
        by=person.name if person else "",
        subject=person.subject if person else "",
        roles=tuple(role for role in PersonRole if person and role in person.roles),
        trace=room.leaves,
        room=f"{room.method} {room.path}",
        of=() if room.leaves is Trace.SIGN_IN else tuple(_named(visit)),  # there the address is a secret
        outcome=outcome,
    )


def _named(visit: Visit) -> Iterator[tuple[str, str]]:
    asked: Request = visit.request
    named = {**asked.path_params, **{name: visit.asked(name) for name in _ALSO_NAMED if visit.asked(name)}}
    for name, value in named.items():
        yield name, cut(str(value))


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
    behind = visit.asked(_BEHIND)[:_DIGITS]
    first = min(int(behind) if behind.isdecimal() else 0, len(uses))
    last = min(first + _MOST, len(uses))
    return page(
        visit,
        "record.html",
        texts,
        day=day.isoformat(),
        uses=uses[first:last],
        first=first + 1,
        last=last,
        number=len(uses),
        older=_address(day, last) if last < len(uses) else None,
        newest=_address(day, 0) if first else None,
        what=_what,
        roles=_roles,
    )


def _address(day: date, behind: int) -> str:
    return f"?day={day}" + (f"&{_BEHIND}={behind}" if behind else "")


def _what(use: DeskUse) -> Text:
    """Say what a visit was."""
    if use.trace is Trace.SIGN_IN and use.is_refused:
        return texts.NOT_LET_IN
    return texts.OVER_API.get(use.trace, texts.TRACES[use.trace]) if use.is_by_key else texts.TRACES[use.trace]


def _roles(use: DeskUse) -> tuple[Text, ...]:
    """Say in which roles somebody came."""
    return (texts.ALL_ROLES,) if set(use.roles) == ALL_ROLES else tuple(ROLES[role] for role in use.roles)


ROOMS: Final = (Room(method="GET", path="/record", answer=show),)
