"""An AIP about to be written: everything its METS, PREMIS and ERMS say, as one value (DESIGN §3)."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.packages import DigitalObject
from ingest.domain.provenance import Agent, PreservationEvent
from ingest.domain.submissions import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Aip:
    """One generation of one AIP; the same value always gives the same bytes.

    `id` is the package's UUID (OBJID is `urn:uuid:<id>`), `delivery` the archive's id of the delivery it came from.
    `objects` are in delivered order and hold their places; `archive` preserves it, `software` made it.
    `supersedes` names the package that this one replaces, None when it replaces none.
    """

    id: str
    generation: int
    delivery: str
    created: datetime
    agreement: str
    agreement_version: int
    submission: Submission
    objects: tuple[DigitalObject, ...]
    events: tuple[PreservationEvent, ...]
    archive: Agent
    software: Agent
    supersedes: str | None = None

    @property
    def representations(self) -> tuple[str, ...]:
        """The names of its representations, in delivered order."""
        names = (o.place.representation for o in self.objects if o.place.representation is not None)
        return tuple(dict.fromkeys(names))

    @property
    def objid(self) -> str:
        """METS OBJID of the package (CSIP1)."""
        return f"urn:uuid:{self.id}"
