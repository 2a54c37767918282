"""The window between `from` and `until`, both inclusive (OAI-PMH 2.0 §2.7.1, §3.3)."""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from access.reuse.dates import Window
from access.reuse.oai.errors import OaiError, bad_argument

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_LAST_OF_DAY = timedelta(days=1) - timedelta(seconds=1)

_NO_DATE = bad_argument(
    "from och until skrivs YYYY-MM-DD eller YYYY-MM-DDThh:mm:ssZ och ska finnas i kalendern.",
    "from and until are written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ and must exist in the calendar.",
)
_TWO_GRANULARITIES = bad_argument(
    "from och until ska vara lika noga: båda dagar eller båda sekunder.",
    "from and until must be equally precise: both days or both seconds.",
)
_BACKWARDS = bad_argument("from ligger efter until.", "from is later than until.")


class Granularity(StrEnum):
    """How precise a date in a request is; ours is seconds, and days are understood too."""

    DAY = "YYYY-MM-DD"
    SECOND = "YYYY-MM-DDThh:mm:ssZ"


def window(start: str | None, end: str | None) -> Window | OaiError:
    """Read `from` and `until`; a day as `until` lasts to its last second."""
    granularities = {_granularity(text) for text in (start, end) if text is not None}
    if None in granularities:
        return _NO_DATE
    if len(granularities) > 1:
        return _TWO_GRANULARITIES
    try:
        asked = Window(start=_moment(start), end=_last_second(end))
    except (ValueError, OverflowError):
        return _NO_DATE
    if asked.start is not None and asked.end is not None and asked.start > asked.end:
        return _BACKWARDS
    return asked


def _granularity(text: str) -> Granularity | None:
    if _DAY.fullmatch(text):
        return Granularity.DAY
    return Granularity.SECOND if _SECOND.fullmatch(text) else None


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _last_second(text: str | None) -> datetime | None:
    moment = _moment(text)
    if moment is None or text is None or _granularity(text) is Granularity.SECOND:
        return moment
    return moment + _LAST_OF_DAY
