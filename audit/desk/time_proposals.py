"""What might be opened because time has passed: by the day on which its restrictions ended."""

from typing import Final

from starlette.responses import Response

from audit.desk import time_proposal_texts as texts
from audit.desk.access import hidden
from audit.desk.access_forms import key_in, key_text
from audit.desk.pages import page
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.time_proposals import proposed_by_time
from ingest.application.told_access import path_text
from ingest.domain.access.ended import EndedRestriction

_MOST: Final = 50


def queue(visit: Visit) -> Response:
    """List proposals behind the one that the address names."""
    found = proposed_by_time(visit.person, visit.desk.ports, _MOST, _place_in(visit.asked("after")))
    last = found.proposals[-1].ended if found.proposals else None
    return page(
        visit,
        "time_proposals.html",
        texts,
        proposals=found.proposals,
        further=None if found.is_all or last is None else _place_text(last),
        is_start=not visit.asked("after"),
        hidden=hidden,
        path_text=path_text,
    )


def _place_text(ended: EndedRestriction) -> str:
    return key_text((ended.ends, ended.package, *ended.unit))


def _place_in(text: str) -> EndedRestriction | None:
    """Read where the list goes on; from its start for anything that no page of ours wrote."""
    match key_in(text):
        case (str(ends), str(package), *unit) if unit:
            return EndedRestriction(package=package, unit=tuple(unit), ends=ends)
        case _:
            return None


ROOMS: Final = (Room(method="GET", path="/time-proposals", answer=queue),)
