"""Lists that go on: the place of the last row stands in the address of what is older."""

from datetime import datetime
from urllib.parse import urlencode

from audit.desk.visits import Visit
from ingest.domain.lookups import Place

_AFTER = ("at", "behind")


def place_in(visit: Visit) -> Place | None:
    """Give where the list goes on; None where the address says nothing of it that can be read."""
    at, behind = (visit.asked(name) for name in _AFTER)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return Place(at=moment, id=behind) if behind and moment.tzinfo else None


def older(visit: Visit, place: Place | None) -> str | None:
    """Give the address of the same list behind a place."""
    if place is None:
        return None
    return _address(visit, {"at": place.at.isoformat(), "behind": place.id})


def newest(visit: Visit) -> str | None:
    """Give the address of the beginning of the list; None for one that is there."""
    return _address(visit, {}) if visit.asked(_AFTER[0]) else None


def _address(visit: Visit, more: dict[str, str]) -> str:
    asked = visit.request.query_params.multi_items()
    kept = [(name, value) for name, value in asked if name not in {*_AFTER, "lang"} and value]
    return f"?{urlencode([*kept, *more.items()])}"
