"""What was carried over to the reading room, and what was taken out again: who did it, and by which decisions."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey
from ingest.domain.people import PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """A unit that is shown from then on, or shown otherwise; `decision` is the id of the one that lets it be."""

    key: UnitKey
    id: str
    level: Level
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A change of what the reading room shows of a package, by whoever published it; ids are public ids."""

    package: str
    generation: int
    by: str
    subject: str
    role: PersonRole
    at: datetime
    shown: tuple[CarriedOver, ...]
    withdrawn: tuple[str, ...]
