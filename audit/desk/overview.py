"""The overview: what waits, what is held, what is stuck, how it has gone, and what formats the archive holds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from audit.desk import overview_texts as texts
from audit.desk.charts import Column, Row, columns, rows
from audit.desk.pages import page
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.answer_requests import WaitingRequests, waiting_requests
from ingest.application.desk_overview import Day, Overview, formats_held, overview
from ingest.domain.desk_use import Trace
from ingest.domain.findings import Text
from ingest.domain.people import Deed
from ingest.domain.standing import NEEDS_SOMEBODY, Standing
from ingest.errors import EarkivError, logged_of

logger = logging.getLogger(__name__)

_MOST_FORMATS: Final = 12
_WAITING: Final = (Standing.ARRIVING, Standing.UNDER_WAY, Standing.QUEUED, Standing.RETRYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Refusals counted by something: a picture and the table behind it."""

    title: Text
    named: Text
    rows: tuple[tuple[str, int], ...]
    picture: tuple[Row, ...]


def show(visit: Visit) -> Response:
    """Show the overview."""
    desk = visit.desk
    seen = overview(visit.person, desk.ports, desk.stuck_seconds)
    return page(
        visit,
        "overview.html",
        texts,
        seen=seen,
        under_way=_counted(seen, _WAITING),
        held=_counted(seen, (Standing.HELD,)),
        needing=_counted(seen, NEEDS_SOMEBODY),
        crowds=[(standing, crowd) for standing, crowd in seen.crowds.items() if crowd.count],
        over_time=columns([_column(day, visit) for day in seen.days]),
        refused=_refused(seen, visit),
        reads_deliveries=visit.person.may(Deed.READ_DELIVERIES),
        reads_requests=visit.person.may(Deed.READ_REQUESTS),
        requests=_requests(visit),
    )


def _requests(visit: Visit) -> WaitingRequests | None:
    """Give what waits of the public's requests; None for whom they are not, and while their store cannot be read."""
    if not visit.person.may(Deed.READ_REQUESTS):
        return None
    try:
        with visit.desk.requests() as ledger:
            return waiting_requests(visit.person, ledger, visit.desk.now().date())
    except EarkivError as fault:
        logger.warning("requests of the public cannot be read", extra=logged_of(fault))
        return None


def _counted(seen: Overview, standings: Sequence[Standing]) -> int:
    return sum(seen.crowds[standing].count for standing in standings)


def _column(day: Day, visit: Visit) -> Column:
    archived, refused = visit.say(texts.ARCHIVED), visit.say(texts.REFUSED)
    return Column(
        name=day.day.isoformat(),
        parts=(
            ("good", day.archived, f"{day.day}: {archived} {day.archived}"),
            ("bad", day.refused, f"{day.day}: {refused} {day.refused}"),
        ),
    )


def _refused(seen: Overview, visit: Visit) -> tuple[Refused, ...]:
    producers = tuple((name or visit.say(texts.UNKNOWN), count) for name, count in seen.by_producer)
    return (
        _counted_by(texts.BY_RULE, texts.RULE, seen.by_rule),
        _counted_by(texts.BY_PRODUCER, texts.PRODUCER, producers),
    )


def _counted_by(title: Text, named: Text, counted: tuple[tuple[str, int], ...]) -> Refused:
    return Refused(title=title, named=named, rows=counted, picture=rows(counted))


def formats(visit: Visit) -> Response:
    """Show what formats the archive holds."""
    survey = formats_held(visit.person, visit.desk.ports)
    held = sorted(
        (one.held for one in survey.formats if one.held), key=lambda one: (-one.originals - one.copies, one.puid or "")
    )
    unknown = visit.say(texts.UNKNOWN_FORMAT)
    shown = [(f"{one.puid or unknown} {one.name}".strip(), one.originals + one.copies) for one in held[:_MOST_FORMATS]]
    return page(visit, "formats.html", texts, held=held, picture=rows(shown))


ROOMS: Final = (
    Room(method="GET", path="/overview", answer=show, trace=Trace.NONE),
    Room(method="GET", path="/overview/formats", answer=formats, trace=Trace.NONE),
)
