"""Times as open data writes them, and a stretch of time."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time in UTC; both ends belong to it, None = open."""

    start: datetime | None = None
    end: datetime | None = None


ALWAYS = Window()


def datestamp(moment: datetime) -> str:
    """Write a moment as OAI-PMH, Atom, sitemaps and the public index do: UTC, seconds, Z."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
